"""What every activity can do, and the moves it can make; the activities themselves have files of their own."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import ClassVar

from msgspec import Struct

from voicecoach.programme.bounds import First, Sides
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.values import Value
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.memory import Memory, Taken
from voicecoach.session.policies import VOLUME_LIMIT_DB, VOLUME_STEP_DB
from voicecoach.signals import Signal


class Push(Struct, frozen=True):
    """Move: put the activity `child` on the stack above `below`, which is told its result when it returns."""

    below: "Activity"
    child: "Activity"


class Become(Struct, frozen=True):
    """Move: replace the activity on top of the stack."""

    activity: "Activity"


class Done(Struct, frozen=True):
    """Move: take the activity off the stack and give its result to the one below."""

    result: Value | None = None


class Again(Struct, frozen=True):
    """Move: take an interruption off the stack and have the activity below begin again where it can.

    `check_in` asks first how things are, if the person is in a test or an exercise.
    """

    check_in: bool = False


class Obey(Struct, frozen=True):
    """Move: take the activity off the stack and tell the one below a command."""

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
    interrupts: ClassVar[bool] = False
    """Whether it comes on top of what is under way whenever something happens, and that goes on after it."""
    stands_alone: ClassVar[bool] = False
    """Whether what it leads to goes by nothing below it."""

    @property
    def is_interruption(self) -> bool:
        """Whether the activity has interrupted the one below it on the stack."""
        return self.interrupts

    @property
    def keeps_count(self) -> bool:
        """Whether what has gone out of the ordinary so far, see `Tally`, tells something while this is under way."""
        return not self.is_interruption

    def also_tells(self, programme: Programme) -> Hashable:
        """Return what tells its situations apart besides the fields that do, see `Telling`."""
        del programme
        return None

    @property
    def left_alone(self) -> Hashable:
        """What alone says how it goes on as long as nothing is heard; None: all that is known does."""
        return None

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
