"""The view of a session on the screen: what there is to see at this moment, gathered from all that the session does."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from voicecoach.blocks import Samples
from voicecoach.meanings import COMMANDS, COUNTINGS
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.steps import Exercise, Programme
from voicecoach.programme.words import Words
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session import actions
from voicecoach.signals import Signal
from voicecoach.watcher import Watcher

_IN_EXERCISE = ("skip", "how_many_left", "slower", "faster", "gone", *COUNTINGS)
_REST_PROMPTS = ("rest", "rest_left")


@dataclass(frozen=True)
class Count:
    """How far a set is; `hold_seconds` counts 1, 2, 3 in a hold, `rest_seconds` is what is left of a rest."""

    set: int
    sets: int
    done: int
    repetitions: int
    hold_seconds: int | None = None
    rest_seconds: int | None = None


@dataclass(frozen=True)
class View:
    """What the screen shows at a moment. `count` is None outside sets and rests."""

    sentence: str = ""
    active: tuple[str, ...] = ()
    count: Count | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that are listened for besides the commands; a session names them first."""
        return tuple(takewhile(lambda meaning: meaning != COMMANDS[0], self.active))

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that lead to something now: those of an exercise where nothing is asked or waited for."""
        nothing = {"resume", *(_IN_EXERCISE if self.answers else ())}
        return tuple(meaning for meaning in self.active if meaning not in {*self.answers} | nothing)


class Following(Watcher):
    """A watcher that keeps the view up to date and tells of every change."""

    def __init__(self, programme: Programme, words: Words, changed: Callable[[], object]) -> None:
        self.view = View()
        self.at = 0
        """The sample that the session has come to."""
        self._words = words
        self._changed = changed
        self._programme = programme
        self._take(programme)
        self._to_come: list[tuple[int, str]] = []
        self._sentence = ""
        self._active: tuple[str, ...] = ()
        self._set = 0
        self._done = 0
        self._in_set = False
        self._hold: tuple[int, int | None] | None = None
        self._rest_ends_at: int | None = None

    def _take(self, programme: Programme) -> None:
        exercises = [step for step in programme.steps if isinstance(step, Exercise)]
        self._by_cue = {
            step.cue(phase, full=full): step for step in exercises for phase in step.phases for full in (False, True)
        }
        self._exercise = next(iter(exercises), None)

    def acted(self, at: int, action: actions.Action) -> None:
        """Change the view by an action of the session."""
        match action:
            case actions.Say():
                self._say(at, action)
            case actions.Tick(begins_at, Signal.HOLD_STARTS | Signal.TIME_STARTS):
                self._hold = (begins_at, None)
            case actions.Tick(ends_at, Signal.HOLD_ENDS | Signal.TIME_ENDS) if self._hold is not None:
                self._hold = (self._hold[0], ends_at)
            case actions.Silence():
                self._to_come = [(begins_at, text) for begins_at, text in self._to_come if begins_at < at]
                self._hold = self._rest_ends_at = None
                self._in_set = False
            case actions.Asking():
                self._rest_ends_at = None
                self._in_set = False
            case actions.RepetitionBegun(number, repetition):
                self._set, self._done, self._in_set = number, repetition - 1, True
            case actions.RepetitionDone(_, repetition):
                self._done = repetition
            case actions.DoseChosen(profile) if profile is not None:
                self._take(with_profile(self._programme, profile))
            case actions.ListenFor(meanings):
                self._active = meanings

    def _say(self, at: int, say: actions.Say) -> None:
        if self._hold is not None and self._hold[1] is None:
            return  # "one", "two", "three": the hold itself is counted
        if not say.lines:
            return
        begins_at = max(at, say.at or 0)
        self._to_come.append((begins_at, " ".join(map(self._words.text, say.lines))))
        last = say.lines[-1]
        self._exercise = self._by_cue.get(last.prompt, self._exercise)
        if last.prompt in _REST_PROMPTS:
            self._rest_ends_at = begins_at + samples(float(last.values["seconds"]))

    def played(self, at: int, block: Samples) -> None:
        """Change the view as time goes on to the end of a block, shape (n,)."""
        self.at = at + block.size
        while self._to_come and self._to_come[0][0] < self.at:
            self._sentence = self._to_come.pop(0)[1]
        view = View(self._sentence, self._active, self._count())
        if view != self.view:
            self.view = view
            self._changed()

    def _count(self) -> Count | None:
        rest = None if self._rest_ends_at is None else -(-(self._rest_ends_at - self.at) // SAMPLES_PER_SECOND)
        if rest is not None and rest <= 0:
            rest = self._rest_ends_at = None
        if self._exercise is None or not (self._in_set or rest):
            return None
        return Count(self._set, self._exercise.sets, self._done, self._exercise.repetitions, self._hold_seconds(), rest)

    def _hold_seconds(self) -> int | None:
        begins_at, ends_at = self._hold or (0, 0)
        if ends_at is None or not begins_at <= self.at < ends_at:
            return None
        return (self.at - begins_at) // SAMPLES_PER_SECOND + 1
