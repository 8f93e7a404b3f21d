"""One transition of a session, as the rules look at it: what happened, what the session did, what it came to."""

from collections.abc import Callable, Sequence, Set

from voicecoach.meanings import CORRECTING, is_answer
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.proving.happenings import Happening
from voicecoach.proving.situations import State
from voicecoach.session import actions

MOVEMENT = {actions.Tick, actions.RepetitionBegun, actions.HoldDone, actions.RepetitionDone, actions.TimeKept}
"""Actions by which somebody is made to move."""


class Transition:
    """What happened to a session in a state, what the session did about it, and the state that it came to."""

    def __init__(
        self, programme: Programme, before: State, happening: Happening, done: Sequence[actions.Action], after: State
    ) -> None:
        self.programme = programme
        self.before = before
        self.happening = happening
        self.done = done
        self.after = after
        self.kinds = set(map(type, done))
        self.lines = [line for action in done if isinstance(action, actions.Say) for line in action.lines]
        """What is said."""
        self.prompts = {line.prompt for line in self.lines}
        """The keys of what is said."""
        self.is_over = before.ending is not None
        self.distress = before.distress
        self.in_distress = self.distress is not None
        self.asked = before.question
        self.corrects = happening.meaning in CORRECTING
        """Whether the person says that something was wrong, which also answers a question about what was said."""
        self.is_answer = happening.meaning != "" and is_answer(happening.meaning)

    def did(self, kinds: Set[type]) -> bool:
        """Whether any action in the transition is of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def stands_still(self) -> bool:
        """Whether all movement ends in the transition: what was to come is dropped, and nothing new begins."""
        silences = [place for place, action in enumerate(self.done) if isinstance(action, actions.Silence)]
        return bool(silences) and not any(type(action) in MOVEMENT for action in self.done[silences[0] :])

    def ends_as(self, outcome: Outcome) -> bool:
        """Whether the session is saying its last words, with this outcome, after the transition."""
        return self.after.ending is outcome

    def says_yes(self) -> bool:
        """Whether a command says yes to the question that asks whether what it tells of is there."""
        return self.asked is not None and self.happening.meaning == self.asked.said_by != ""


Rule = Callable[[Transition], str | None]
