"""The walk through every situation of a programme and everything that can happen in it, with the real session core."""

import gc
from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from voicecoach.meanings import COMMANDS, SCORES
from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme, ScreenQuestion
from voicecoach.proving.happenings import (
    Happening,
    always_possible,
    happenings,
    is_not_understood,
    other_memories,
    time_passes,
)
from voicecoach.proving.rules import RULES
from voicecoach.proving.situations import BEGINNING, Situations, State, exactly
from voicecoach.proving.transition import Transition
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening

YES = "yes"
_LONG = 5000
"""More events than any session has that is left alone from its beginning."""

Pair = tuple[int, str, str]
"""A step, what is being done in it, and what happens."""


@dataclass
class Walk:
    """What a walk through a programme has shown: what was tried, and what was broken."""

    programme: Programme
    problems: list[Problem] = field(default_factory=list)
    covered: set[Pair] = field(default_factory=set)
    possible: set[Pair] = field(default_factory=set)
    ways: dict[int, set[int | str]] = field(default_factory=dict)
    """By step: the steps that were come to next, and the outcomes."""
    active: dict[str, set[str]] = field(default_factory=dict)
    """By prompt: what meant something while it was said."""
    told: int = 0
    situations: int = 0

    def paths(self) -> int:
        """Return the number of ways from the first step to an outcome."""
        counts: dict[int, int] = {}
        for at in sorted(self.ways, reverse=True):
            counts[at] = sum(counts.get(way, 0) if isinstance(way, int) else 1 for way in self.ways[at])
        return counts.get(0, 0)


class _Explorer:
    """Explores a programme with the first, the second and the last question of its screening; the others are like them.

    Each of those is then asked once in the whole programme, and told all that can happen to it and to its confirmation.
    """

    def __init__(self, programme: Programme) -> None:
        self.walk = Walk(programme)
        self._programme = _with_short_screening(programme)
        self._situations = Situations(programme)
        self._seen: set[Hashable] = set()
        self._left_alone: set[Hashable] = set()
        self._waiting: deque[State] = deque()
        self._endless = False
        self._ended_in: set[int] = set()
        self._mumbled_at: set[tuple[int, str]] = set()
        self._broken: set[tuple[int, str]] = set()
        self._scored: set[tuple[int, str, str]] = set()

    def explore(self) -> Iterator[Walk]:
        """Explore all situations; yield what has been found after each of them."""
        for opening in (Opening(), Opening(keeps_audio=True)):
            session = Session(self._programme, opening)
            done = session.handle(events.Begun(BEGINNING))
            first = State(session, BEGINNING)
            self._hear(done, session)
            self._meet(first)
        while self._waiting:
            state = self._waiting.popleft()
            for happening, after in self._tell_all(state):
                self._meet(after)
                self._tell_with_other_memories(state, happening, after)
                self._tell_after_other_pain(state, happening)
            self._leave_alone(state)
            self._never_understand(state)
            yield self.walk
        self._ask_the_whole_screening()
        self._expect_every_step()
        yield self.walk

    def _tell_all(self, state: State) -> Iterator[tuple[Happening, State]]:
        """Tell a session all that can happen in a state; yield what changed it, and the state that followed."""
        for happening in happenings(state.memory, state.now, resumable=state.resumable):
            self.walk.possible.add((state.at, state.doing, happening.name))
            after = self._tell(state, happening)
            if after is not None and after is not state:
                yield happening, after

    def _ask_the_whole_screening(self) -> None:
        explored = {question.id for question in _screening(self._programme)}
        self._programme = self.walk.programme
        session = Session(self._programme)
        session.handle(events.Begun(BEGINNING))
        state = State(session, BEGINNING)
        for question in _screening(self._programme):
            if question.id in explored:
                continue
            state = self._come_to(question.id, state)
            followed = {happening.name: after for happening, after in self._tell_all(state)}
            if YES in followed:
                deque(self._tell_all(followed[YES]), maxlen=0)

    def _come_to(self, question: str, state: State) -> State:
        """Return the state in which a screening question is put, after a no to those before it."""
        while (asked := state.question) is None or asked.id != question:
            happening = time_passes(state.memory, state.now)
            if asked is not None and state.memory.awaited is None:
                answer = "no" if asked.reassuring == "no" else YES
                happening = Happening(answer, (events.Heard(state.now + 1, answer, answer),), answer)
            after = self._tell(state, happening) if happening else None
            if after is None or after is state or after.ended:
                raise LookupError(f"the screening never comes to {question}")
            state = after
        return state

    def _meet(self, state: State) -> None:
        if state.ended:
            return
        aspects = self._situations.of(state)
        if not self._seen.issuperset(aspects):
            self._seen.update(aspects)
            self._waiting.append(state)
            self.walk.situations += 1

    def _tell_with_other_memories(self, state: State, happening: Happening, after: State) -> None:
        """Tell the happening to sessions that remember something else too, at the steps that depend on that."""
        for step in self._programme.steps[state.at + 1 : after.memory.at + 1]:
            for remembered in other_memories(self._programme, step, state.memory):
                other = self._tell(state.changed(**remembered), happening)
                if other is not None:
                    self._meet(other)

    def _tell_after_other_pain(self, state: State, happening: Happening) -> None:
        """Tell each first score of a question to sessions that began with another pain too."""
        asked = (state.at, state.question.id if state.question else "", happening.meaning)
        if happening.name not in SCORES or state.memory.pain_start is None or asked in self._scored:
            return
        self._scored.add(asked)
        for start in range(self._programme.pain.stop_from):
            after = self._tell(state.changed(pain_start=start), happening)
            if after is not None and after.question is not None and after.question.is_check:
                self._tell(after, Happening(YES, (events.Heard(after.now + 1, YES, YES),), YES))

    def _tell(self, state: State, happening: Happening) -> State | None:
        """Return the state that follows a happening; None where the session breaks off."""
        session = state.session()
        done: list[actions.Action] = []
        try:
            for event in happening.events:
                new = session.handle(event)
                self._hear(new, session)
                done += new
        except Exception as error:
            self._broke(state.at, happening, f"the session breaks off ({error})")
            return None
        after = State.following(state, session, happening.events[-1].at)
        self.walk.told += 1
        self.walk.covered.add((state.at, state.doing, happening.name))
        if after.ending is not None:
            self.walk.ways.setdefault(state.at, set()).add(after.ending)
            self._ended_in.add(after.memory.at)
        elif after.at != state.at:
            self.walk.ways.setdefault(state.at, set()).add(after.at)
        transition = Transition(self._programme, state, happening, done, after)
        for rule in RULES:
            broken = rule(transition)
            if broken is not None:
                self._broke(state.at, happening, broken)
        return after

    def _leave_alone(self, state: State) -> None:
        """Let time pass until the session ends or stands where it has stood before."""
        met: set[Hashable] = set()
        while not state.ended and not self._endless:
            now = exactly(state)
            self._endless = now in met or len(met) > _LONG
            if self._endless:
                self._broke(state.at, None, "left alone, the session never ends")
            if now in self._left_alone:
                break
            met.add(now)
            passing = time_passes(state.memory, state.now)
            if passing is None:
                break
            self.walk.possible.add((state.at, state.doing, passing.name))
            after = self._tell(state, passing)
            if after is None:
                break
            self._meet(after)
            state = after
        self._left_alone |= met

    def _never_understand(self, state: State) -> None:
        """Answer a question with what is not understood, whenever it waits for an answer, until it rests or goes by."""
        asked = state.question
        if asked is None or (state.at, asked.id) in self._mumbled_at:
            return
        self._mumbled_at.add((state.at, asked.id))
        while state.question is not None and state.question.id == asked.id:
            speaks = state.memory.awaited is not None
            happening = time_passes(state.memory, state.now) if speaks else is_not_understood(state.now)
            after = self._tell(state, happening) if happening else None
            if after is None or after is state:
                break
            self._meet(after)
            state = after

    def _hear(self, done: list[actions.Action], session: Session) -> None:
        said = [line.prompt for action in done if isinstance(action, actions.Say) for line in action.lines]
        meant = (*session.memory.listening, *COMMANDS) if said and session.ending is None else ()
        for prompt in said:
            self.walk.active.setdefault(prompt, set()).update(meant)

    def _broke(self, at: int, happening: Happening | None, what: str) -> None:
        if (at, what) not in self._broken:
            self._broken.add((at, what))
            after = f'after "{happening.name}" ' if happening else ""
            step = self._programme.steps[at].id
            remedy = "change this step, or report it as an error of voicecoach"
            self.walk.problems.append(Problem(("steps", at, "id"), f'in step "{step}", {after}{what}', remedy))

    def _expect_every_step(self) -> None:
        """Count the pairs of a step and an event that never happened because no session reached the step."""
        come_to = {at for at, _, _ in self.walk.covered} | self._ended_in
        for at, step in enumerate(self._programme.steps):
            if at not in come_to and not isinstance(step, steps.Branch):
                self.walk.possible |= {(at, "", name) for name in always_possible()}
                what = f'no session ever comes to the step "{step.id}"'
                self.walk.problems.append(Problem(("steps", at, "id"), what, "change the answers that lead to it"))


def _screening(programme: Programme) -> tuple[ScreenQuestion, ...]:
    return next((step.questions for step in programme.steps if isinstance(step, steps.Screen)), ())


def _with_short_screening(programme: Programme) -> Programme:
    shorter = (
        replace(step, questions=tuple(dict.fromkeys((*step.questions[:2], *step.questions[-1:]))))
        if isinstance(step, steps.Screen)
        else step
        for step in programme.steps
    )
    return replace(programme, steps=tuple(shorter))


def walking_through(programme: Programme) -> Iterator[Walk]:
    """Yield what a walk through a programme has shown so far, again and again; the last is all of it."""
    return _Explorer(programme).explore()


def walk_through(programme: Programme) -> Walk:
    """Return what a walk through a programme shows; the programme's structure has no problems."""
    collecting = gc.isenabled()
    gc.disable()  # what is made here has no cycles, and a fifth of the time would go into looking for them
    try:
        (walk,) = deque(walking_through(programme), maxlen=1)
        return walk
    finally:
        if collecting:
            gc.enable()
