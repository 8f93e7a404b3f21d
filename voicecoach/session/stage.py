"""What every activity can do and remember; the activities themselves have files of their own."""

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from msgspec import Struct, field

from voicecoach.programme.bounds import First, Sides
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Line, Value
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.policies import UNSURE, VOLUME_LIMIT_DB, VOLUME_STEP_DB, YES_NO, Counting
from voicecoach.signals import Signal


class QuestionRecord(Struct):
    """One question, how often it was asked, and what came of it."""

    id: str
    asked: int = 0
    answer: str | int | None = None
    heard: str | None = None


class Previous(Struct, frozen=True):
    """What is known of the last session. `outcome` is None where it broke off, `side` where none was meant."""

    outcome: Outcome | None = Outcome.COMPLETE
    side: str | None = None
    pain_first: int | None = None
    pain_last: int | None = None
    """The last score after some of the exercise; None where there was none."""
    adverse: bool = False
    """Whether something happened in it that a clinician should read about."""


class Opening(Struct, frozen=True):
    """What a session is told before it begins: from which set on the first exercise is done, and the last session.

    `suggests` lets it suggest a dose once the pain is known; `keeps_audio` is said aloud.
    """

    from_set: int = 1
    previous: Previous | None = None
    profile: str | None = None
    """The dose of the programme that was asked for; None: the full one."""
    suggests: bool = False
    keeps_audio: bool = False
    counting: Counting = "full"
    country_guess: str | None = None
    """The country, as ISO 3166 has it, that the person seems to be in, and is asked about."""


class Taken(Struct, frozen=True):
    """The answer taken last, and the session as it was before; `token` is that of the coach's speech until then."""

    question: str
    key: str
    """Of the question's words."""
    answers: tuple[str, ...]
    """Those that it could have had."""
    answer: str | int
    heard: str
    reassuring: str
    """The answer, "yes" or "no", that would have been the reassuring one; empty where none is."""
    before: bytes
    at: int
    token: int
    level_db: float | None
    next_token: int = 0
    """Of the speech that asked the next question; 0 where none has been asked yet."""
    confirmed: bool = False
    """Whether the person has said yes to it, so that what means nothing does not take it back."""

    def worries(self, meaning: str) -> bool:
        """Whether this answer would have been the worrying one, or a doubt."""
        return self.reassuring != "" and meaning in (*YES_NO, UNSURE) and meaning != self.reassuring


class Memory(Struct):
    """All that a session remembers besides the activities under way. Times are samples."""

    opening: Opening = Opening()
    at: int = 0
    """The step that it has come to."""
    country_asked: bool = False
    country: str | None = None
    """The country that the person has confirmed to be in."""
    side: str | None = None
    turn: str | None = None
    """The side being worked on, where both take turns."""
    screened: bool = False
    exercise: str | None = None
    """The exercise begun last."""
    set: int = 0
    """The set of it begun last."""
    round: int = 0
    """The round begun last."""
    rounds: int = 0
    """Rounds kept up to their ends."""
    pain_checks: int = 0
    questions: list[QuestionRecord] = field(default_factory=list)
    taken: Taken | None = None
    levels_db: tuple[float, ...] = ()
    """How loud the latest answers were."""
    unclear_at: int | None = None
    """When something unclear and loud was said in movement."""
    cried_in: tuple[str, int, int, str] | None = None
    """The exercise, set, step and side in which that has been asked about."""
    pain_start: int | None = None
    """The first pain score."""
    pain_last: int | None = None
    """The latest one; None where there has been no other than the first."""
    repetitions: list[int] = field(default_factory=list)
    holds: int = 0
    extra_move_seconds: float = 0.0
    counting: Counting = "full"
    gain_db: float = 0.0
    token: int = 0
    awaited: int | None = None
    wake_at: int | None = None
    patient: bool = False
    suspended: int | None = None
    listening: tuple[str, ...] = ()
    ended: Outcome | None = None
    profile: str | None = None
    """The dose that is done; None: the full one."""


class Push(Struct, frozen=True):
    """Do `child` first; `below` is told when it returns."""

    below: "Activity"
    child: "Activity"


class Become(Struct, frozen=True):
    """Do something else in this one's place."""

    activity: "Activity"


class Done(Struct, frozen=True):
    """The activity is over; the one below is given the result."""

    result: Value | None = None


class Again(Struct, frozen=True):
    """The interlude is over; the one below begins again where it can.

    `check_in` asks first how things are, if the person is in a test or an exercise.
    """

    check_in: bool = False


class Obey(Struct, frozen=True):
    """The activity is over, and the one below is told this command."""

    command: str


class TakeBack(Struct, frozen=True):
    """An answer is taken back, and asked about again or, with `meaning` in these `words`, answered by that."""

    taken: Taken
    meaning: str = ""
    words: str = ""


class Anew(Struct, frozen=True):
    """The session begins from its first step, and forgets what was answered and done in it."""


class Finish(Struct, frozen=True):
    """The session ends, after these prompts."""

    outcome: Outcome
    prompts: tuple[str, ...]


class Activity(Struct, frozen=True, tag=True):
    """Something under way. It waits for one thing at a time: its speech to end, or a moment.

    Each handler returns the activity's next state or another move.
    """

    ignores_commands: ClassVar[bool] = False
    cannot_be_skipped: ClassVar[bool] = False
    """Whether "skip" is refused here, and so reaches nothing below."""
    moves: ClassVar[bool] = False
    """Whether the person moves in it."""

    @property
    def yields(self) -> bool:
        """Whether the coach falls almost silent while somebody speaks."""
        return True

    def enter(self, stage: "Stage") -> "Move":
        """Begin."""
        raise NotImplementedError

    def again(self, stage: "Stage") -> "Move":
        """Begin again after an interruption."""
        return self.enter(stage)

    def spoken(self, stage: "Stage") -> "Move":
        """What was to be said has been said."""
        del stage
        return self

    def reached(self, stage: "Stage") -> "Move":
        """The moment waited for has come."""
        del stage
        return self

    def heard(self, event: events.Heard, stage: "Stage") -> "Move":
        """One of the answers listened for was said."""
        del event, stage
        return self

    def not_understood(self, event: events.NotUnderstood | events.Heard, stage: "Stage") -> "Move":
        """Something was said that means nothing now."""
        del event, stage
        return self

    def returned(self, result: Value | None, stage: "Stage") -> "Move":
        """The child that was pushed is done."""
        raise NotImplementedError

    def command(self, command: str, stage: "Stage") -> "Move | None":
        """A command was said; None leaves it to the activity below, and at last to the session."""
        del command, stage
        return None


Leap = TakeBack | Anew | Finish
"""Moves that leave all that is under way."""
Move = Activity | Push | Become | Done | Again | Obey | Leap


class Stage:
    """One event being answered: what is known, and the actions collected so far."""

    def __init__(
        self,
        doses: Callable[[str | None], Programme],
        memory: Memory,
        now: int,
        moving: bool,
        save: Callable[[], bytes],
    ) -> None:
        self.doses = doses
        self.save = save
        """Returns the session as it was before this event."""
        self.programme = doses(memory.profile)
        self.memory = memory
        self.now = now
        self.moving = moving
        """Whether the person is in a test or an exercise."""
        self.sure = True
        """Whether what was said was surely understood."""
        self.actions: list[actions.Action] = []

    def line(self, prompt: str, values: Mapping[str, Value] | None = None) -> Line:
        """Return a line with the sides and the country known so far put in."""
        known: dict[str, Value] = {}
        memory = self.memory
        side = memory.turn or memory.side
        if side:
            known = {"side": side, "other_side": other(side)}
        if memory.country is not None:
            known["emergency_number"] = memory.country
        elif memory.opening.country_guess is not None and not memory.country_asked:
            known["country"] = memory.opening.country_guess
        return Line(prompt, known | dict(values or {}))

    def say(self, *lines: Line | str, at: int | None = None) -> int:
        """Speak and wait for the end of it; return the speech's token."""
        token = self.speak(*lines, at=at)
        self._wait(awaited=token)
        return token

    def speak(self, *lines: Line | str, at: int | None = None) -> int:
        """Speak while something else is waited for; return the speech's token."""
        self.memory.token += 1
        spoken = tuple(self.line(line) if isinstance(line, str) else line for line in lines)
        self.actions.append(actions.Say(self.memory.token, spoken, at))
        return self.memory.token

    def foresee(self, lines: Iterable[Line]) -> None:
        """Say that these may be spoken soon."""
        self.actions.append(actions.Foresee(tuple(lines)))

    def wait_until(self, at: int, *, patient: bool = False) -> None:
        """Wait for a moment. A patient wait is put off while somebody is speaking."""
        self._wait(wake_at=at, patient=patient)

    def wait_seconds(self, seconds: float, *, patient: bool = False) -> None:
        """Wait this long from now."""
        self.wait_until(self.now + samples(seconds), patient=patient)

    def _wait(self, awaited: int | None = None, wake_at: int | None = None, *, patient: bool = False) -> None:
        memory = self.memory
        memory.awaited, memory.wake_at, memory.patient, memory.suspended = awaited, wake_at, patient, None
        self.actions.append(actions.WakeAt(wake_at))

    def silence(self) -> None:
        """Stop speaking, drop all that was to come, and wait for nothing."""
        self.actions.append(actions.Silence())
        self._wait()

    def listen_for(self, answers: tuple[str, ...]) -> None:
        """Make these answers understood, besides the commands."""
        self.memory.listening = answers

    def note(self, note: actions.Note) -> None:
        """Keep what happened."""
        self.actions.append(note)

    def tick(self, at: int, signal: Signal) -> None:
        """Play a short sound at a sample."""
        self.actions.append(actions.Tick(at, signal))

    def change_volume(self, steps: int) -> None:
        """Speak louder (or, below zero, quieter), within limits."""
        wanted = self.memory.gain_db + steps * VOLUME_STEP_DB
        self.memory.gain_db = max(-VOLUME_LIMIT_DB, min(VOLUME_LIMIT_DB, wanted))
        self.actions.append(actions.SetVolume(self.memory.gain_db))

    def speak_louder_by(self, gain_db: float) -> None:
        """Speak so much louder than the person wants it, for now."""
        self.actions.append(actions.SetVolume(self.memory.gain_db + gain_db))

    def change_voice(self) -> None:
        """Speak in another voice."""
        self.actions.append(actions.ChangeVoice())

    def choose_dose(self, profile: str | None) -> None:
        """Go on in another dose of the programme; None is the full one. Nothing of it may have been begun."""
        self.memory.profile = profile
        self.programme = self.doses(profile)

    def answers(self) -> dict[str, str | int | None]:
        """Return the latest answer to each question; None where it was put without one."""
        return {record.id: record.answer for record in self.memory.questions}

    def require_screening(self, step_id: str) -> None:
        """Raise RuntimeError where something would move before the screening is over."""
        if not self.memory.screened:
            raise RuntimeError(f"{step_id} was reached without screening")

    def turns(self, sides: Sides, first: First) -> tuple[str | None, ...]:
        """Return the sides that take turns, in their order; None where no side is meant in particular."""
        sore = self.memory.side
        if sides == "none" or sore is None:
            return (None,)
        if sides == "sore":
            return (sore,)
        return (other(sore), sore) if first == "other" else (sore, other(sore))


def other(side: str) -> str:
    """Return the other side."""
    return "left" if side == "right" else "right"
