"""The base of all activities, the moves that they make on the stack, and the stage on which they answer an event."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import ClassVar

from msgspec import Struct

from voicecoach.meanings import Worse, other_side
from voicecoach.programme.bounds import First, Sides
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.values import Value
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.memory import Memory, Taken
from voicecoach.session.policies import CLINICIAN_FIRST, VOLUME_LIMIT_DB, VOLUME_STEP_DB
from voicecoach.signals import Signal


class Push(Struct, frozen=True):
    """Move: put the activity `child` on the stack above `below`, which is told its result when it returns."""

    below: "Activity"
    child: "Activity"


class Become(Struct, frozen=True):
    """Move: put this activity in the place of the innermost one on the stack."""

    activity: "Activity"


class Done(Struct, frozen=True):
    """Move: take the innermost activity off the stack and give its result to the one below."""

    result: Value | None = None


class Again(Struct, frozen=True):
    """Move: take an interruption off the stack and have the activity below begin again where it can.

    `check_in` asks first how things are, if the person is in a test or an exercise.
    """

    check_in: bool = False


class Obey(Struct, frozen=True):
    """Move: take the innermost activity off the stack, and have the innermost one below that can obey this command."""

    command: str


class TakeBack(Struct, frozen=True):
    """Move: take an answer back and ask about it or, where it `is_wrong`, anew; or put `meaning`, in `words`, there."""

    taken: Taken
    meaning: str = ""
    words: str = ""
    is_wrong: bool = False


class Anew(Struct, frozen=True):
    """Move: begin the session again from its first step, and forget what was answered and done in it."""


class Finish(Struct, frozen=True):
    """Move: end the session with this outcome, after these prompts.

    What was done and a goodbye follow them where it `closes`: not where they send the person for help.
    """

    outcome: Outcome
    prompts: tuple[str, ...]
    closes: bool = True


class Activity(Struct, frozen=True, tag=True):
    """Something under way in the session. It waits for one thing at a time: its speech to end, or a moment.

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
    leaves_position: ClassVar[bool] = False
    """Whether the person has left the position of what goes on after it."""

    @property
    def is_up(self) -> bool:
        """Whether a foot, or what else the exercise moves, may be up while it is under way."""
        return False

    @property
    def asks_for_a_move(self) -> bool:
        """Whether it asks for a move at the person's own pace, so that a foot may be up while it waits."""
        return False

    @property
    def has_position(self) -> bool:
        """Whether it is done in a position, which `again` has taken once more after an interruption."""
        return False

    @property
    def is_interruption(self) -> bool:
        """Whether the activity has interrupted the one below it on the stack."""
        return self.interrupts

    @property
    def keeps_count(self) -> bool:
        """Whether the tallies of the whole stack tell situations apart while this activity is in it."""
        return not self.is_interruption

    def also_tells(self, programme: Programme) -> Hashable:
        """Return what tells the activity's situations apart besides its `Telling` fields; None: nothing."""
        del programme
        return None

    @property
    def left_alone(self) -> Hashable:
        """The value that alone decides how the activity goes on while nothing is heard; None: all its fields decide."""
        return None

    @property
    def yields(self) -> bool:
        """Whether the coach ducks (falls almost silent) while somebody speaks."""
        return True

    def enter(self, stage: "Stage") -> "Move":
        """Begin the activity; return its next state or another move."""
        raise NotImplementedError

    def again(self, stage: "Stage") -> "Move":
        """Begin the activity again after an interruption; return its next state or another move."""
        return self.enter(stage)

    def spoken(self, stage: "Stage") -> "Move":
        """Go on, as the activity's speech has ended; return its next state or another move."""
        del stage
        return self

    def reached(self, stage: "Stage") -> "Move":
        """Go on, as the moment that the activity waited for has come; return its next state or another move."""
        del stage
        return self

    def heard(self, event: events.Heard, stage: "Stage") -> "Move":
        """Take one of the answers listened for; return the activity's next state or another move."""
        del event, stage
        return self

    def not_understood(self, event: events.NotUnderstood | events.Heard, stage: "Stage") -> "Move":
        """Take note of an utterance that means nothing now; return the activity's next state or another move."""
        del event, stage
        return self

    def returned(self, result: Value | None, stage: "Stage") -> "Move":
        """Take the result of the child activity that was pushed; return this one's next state or another move."""
        raise NotImplementedError

    def command(self, command: str, stage: "Stage") -> "Move | None":
        """Obey a command; None leaves it to the activity below on the stack, and at last to `common_command`."""
        del command, stage
        return None


Leap = TakeBack | Anew | Finish
"""Moves that leave all that is under way."""
Move = Activity | Push | Become | Done | Again | Obey | Leap


class Stage:
    """One event being answered: what the session knows, and the actions collected so far."""

    def __init__(
        self,
        doses: Callable[[str | None], Programme],
        memory: Memory,
        now: int,
        moving: bool,
        save: Callable[[], bytes],
        is_up: bool = False,
    ) -> None:
        self.doses = doses
        self.save = save
        """Returns the session as it was before this event."""
        self.programme = doses(memory.profile)
        self.memory = memory
        self.now = now
        self.moving = moving
        """Whether the person is in a test or an exercise."""
        self.is_up = is_up
        """Whether a foot, or what else the exercise moves, may be up."""
        self.sure = True
        """Whether what was said was surely understood."""
        self.actions: list[actions.Action] = []

    def line(self, prompt: str, values: Mapping[str, Value] | None = None) -> Line:
        """Return a prompt's line, with the values given and the sides and the country known so far put in."""
        memory = self.memory
        side = memory.turn or memory.side
        known: dict[str, Value] = {"side": side, "other_side": other_side(side)} if side else {}
        if memory.country is not None:
            known["emergency_number"] = memory.country
        elif memory.opening.country_guess is not None and not memory.country_asked:
            known["country"] = memory.opening.country_guess
        return Line(prompt, known | dict(values or {}))

    def down(self, prompt: str) -> str:
        """Return the prompt that has the foot lowered or, where it is down, the one that does not speak of it."""
        return prompt if self.is_up else f"{prompt}_still"

    def say(self, *lines: Line | str, at: int | None = None) -> int:
        """Speak these lines and wait for their end; return the speech's token."""
        token = self.speak(*lines, at=at)
        self._wait(awaited=token)
        return token

    def speak(self, *lines: Line | str, at: int | None = None) -> int:
        """Speak these lines while something else is waited for; return the speech's token."""
        self.memory.token += 1
        spoken = tuple(self.line(line) if isinstance(line, str) else line for line in lines)
        self.actions.append(actions.Say(self.memory.token, spoken, at))
        if any(line.prompt in CLINICIAN_FIRST for line in spoken):
            self.note(actions.ClinicianAdvised())
        return self.memory.token

    def foresee(self, lines: Iterable[Line]) -> None:
        """Have these lines got ready, as they may be said soon."""
        self.actions.append(actions.Foresee(tuple(lines)))

    def wait_until(self, at: int, *, patient: bool = False) -> None:
        """Wait until this sample. A patient wait does not run out while somebody is speaking."""
        self._wait(wake_at=at, patient=patient)

    def wait_seconds(self, seconds: float, *, patient: bool = False) -> None:
        """Wait this long from now. A patient wait does not run out while somebody is speaking."""
        self.wait_until(self.now + samples(seconds), patient=patient)

    def _wait(self, awaited: int | None = None, wake_at: int | None = None, *, patient: bool = False) -> None:
        memory = self.memory
        memory.awaited, memory.wake_at, memory.patient, memory.suspended = awaited, wake_at, patient, None
        self.actions.append(actions.WakeAt(wake_at))

    def silence(self) -> None:
        """Stop speaking, drop all that was to be said or ticked, and wait for nothing."""
        self.actions.append(actions.Silence())
        self._wait()

    def listen_for(self, answers: tuple[str, ...], worse: Worse = "higher") -> None:
        """Listen for these answers, besides the commands, from now on; of two numbers the `worse` one counts."""
        self.memory.listening, self.memory.worse = answers, worse

    def note(self, note: actions.Note) -> None:
        """Note what happened, for the journal, the transcript and whoever else follows the session."""
        self.actions.append(note)

    def tick(self, at: int, signal: Signal) -> None:
        """Play a short sound at this sample."""
        self.actions.append(actions.Tick(at, signal))

    def change_volume(self, steps: int) -> None:
        """Make the coach this many steps louder (or, below zero, quieter), within limits."""
        wanted = self.memory.gain_db + steps * VOLUME_STEP_DB
        self.memory.gain_db = max(-VOLUME_LIMIT_DB, min(VOLUME_LIMIT_DB, wanted))
        self.actions.append(actions.SetVolume(self.memory.gain_db))

    def speak_louder_by(self, gain_db: float) -> None:
        """Speak so many dB louder than the person has chosen, until the volume is set again."""
        self.actions.append(actions.SetVolume(self.memory.gain_db + gain_db))

    def change_voice(self) -> None:
        """Speak in another of the coach's voices from now on."""
        self.actions.append(actions.ChangeVoice())

    def choose_dose(self, profile: str | None) -> None:
        """Go on in another dose of the programme, by its profile; None is the full one. No exercise may have begun."""
        self.memory.profile = profile
        self.programme = self.doses(profile)

    def answers(self) -> dict[str, str | int | None]:
        """Return the latest answer to each question by its id; None where it was put without one."""
        return {record.id: record.answer for record in self.memory.questions}

    def require_screening(self, step_id: str) -> None:
        """Raise RuntimeError where something would move before the screening is over."""
        if not self.memory.screened:
            raise RuntimeError(f"{step_id} was reached without screening")

    def turns(self, sides: Sides, first: First) -> tuple[str | None, ...]:
        """Return the sides that an exercise is done on, in order; (None,) where no side is meant in particular."""
        sore = self.memory.side
        if sides == "none" or sore is None:
            return (None,)
        if sides == "sore":
            return (sore,)
        return (other_side(sore), sore) if first == "other" else (sore, other_side(sore))
