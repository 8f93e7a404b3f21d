"""Where a session stands: what it remembers, and the stack of activities under way; both can be saved and restored."""

from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import takewhile

import msgspec
from msgspec.structs import replace

from voicecoach.meanings import COMMANDS, CORRECTIONS, OTHER_SIDE, OW, SIDES
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.steps import Programme
from voicecoach.session import actions
from voicecoach.session.afterthoughts import AskingWhich
from voicecoach.session.check_in import CheckingIn, Hurting, HurtingInTest, MoreThanBefore, PainCheck
from voicecoach.session.clinician_question import AskingForClinician
from voicecoach.session.commands import CheckingCommand
from voicecoach.session.corrections import Correcting
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.dose_suggestion import Suggesting
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds import KindActivity
from voicecoach.session.location import Locating
from voicecoach.session.memory import Memory, Opening, Taken
from voicecoach.session.programme_walk import ComingBack, Walking
from voicecoach.session.repetitions import Repeating
from voicecoach.session.rest import Resting
from voicecoach.session.resumption import Resuming, can_go_on
from voicecoach.session.speech import Ending, Speaking
from voicecoach.session.stage import Activity, Move, Stage
from voicecoach.session.timed_hold import Keeping
from voicecoach.session.waiting import Waiting

AnyActivity = (
    Walking | KindActivity | Speaking | Question | Repeating | Resting | PainCheck | Keeping | ComingBack | Hurting
    | HurtingInTest | CheckingIn | Waiting | Ending | Resuming | Suggesting | AskingWhich | CheckingCommand | Locating
    | Distress | MoreThanBefore | AskingForClinician | GettingReady | Correcting
)  # fmt: skip


class _Saved(msgspec.Struct):
    programme: str
    memory: Memory
    stack: list[AnyActivity]


class SessionState:
    """All that a session knows: its memory, and its stack of activities."""

    def __init__(self, programme: Programme, opening: Opening) -> None:
        self._full = self._dosed = programme
        self._dose: str | None = None
        self.memory = Memory(opening, counting=opening.counting, profile=opening.profile)
        self.memory.take_manner(opening)
        self._named: tuple[tuple[Taken, ...], tuple[str, ...], tuple[str, ...]] = (), (), ()
        """What has been given and is being asked for, and the corrections that name some of it."""
        self.stack: list[Activity] = []
        """What is under way, the innermost last."""

    def in_dose(self, profile: str | None) -> Programme:
        """Return the programme in the dose of a profile; None is the full one."""
        if profile != self._dose:
            self._dosed = self._full if profile is None else with_profile(self._full, profile)
            self._dose = profile
        return self._dosed

    def save(self) -> bytes:
        """Return the session's memory and stack as JSON in UTF-8."""
        return msgspec.json.encode({"programme": self._full.id, "memory": self.memory, "stack": self.stack})

    def load(self, saved: bytes) -> None:
        """Take over a saved memory and stack. Raises msgspec.DecodeError where that was no session."""
        state = self._read(saved)
        self.memory, self.stack = state.memory, list(state.stack)

    def copy(self) -> "SessionState":
        """Return the same once more; what changes in either is not seen in the other."""
        other = copy(self)
        other.memory, other.stack = self.memory.copy(), [*self.stack]
        return other

    @staticmethod
    def _read(saved: bytes) -> _Saved:
        try:
            return msgspec.json.decode(saved, type=_Saved)
        except UnicodeDecodeError as error:
            raise msgspec.DecodeError(str(error)) from None

    @property
    def top(self) -> Activity:
        """The innermost activity of the stack: what is under way right now."""
        return self.stack[-1]

    @property
    def moving(self) -> bool:
        """Whether the person is in a test or an exercise."""
        return self.in_test or any(activity.moves for activity in self.stack)

    @property
    def is_up(self) -> bool:
        """Whether a foot, or what else the exercise moves, may be up."""
        told = next((one for one in reversed(self.stack) if one.is_up or one.leaves_position), None)
        return told.is_up if told is not None else self.in_test and isinstance(self.top, Speaking)

    @property
    def in_test(self) -> bool:
        """Whether the step under way belongs to a test."""
        walking = self.stack[0] if self.stack else None
        return isinstance(walking, Walking) and self._full.steps[walking.at].part == "test"

    @property
    def still(self) -> bool:
        """Whether the person is not moving, or is being asked; a command is checked in the middle of a movement."""
        asked = isinstance(self.top, Question) and not isinstance(self.stack[-2], CheckingCommand)
        return asked or not self.moving

    @property
    def distress(self) -> int | None:
        """Where in the stack the activity is that asks after somebody in distress; None where there is none."""
        return next((depth for depth, activity in enumerate(self.stack) if isinstance(activity, Distress)), None)

    @property
    def can_go_on(self) -> bool:
        """Whether a session that broke off here could go on from here."""
        return can_go_on(self.stack, self.memory)

    @property
    def meanings(self) -> tuple[str, ...]:
        """The meanings, answers and commands, that the person can say now."""
        if not self.stack or self.top.ignores_commands:
            return ()
        moving = self.top.asks_for_a_move or not self.still
        return _with_commands(self.memory.listening, moving) + self._corrections()

    def _corrections(self) -> tuple[str, ...]:
        """Return what is listened for that names an answer: one that has been given, or that is being asked for."""
        given, listening, known = self._named
        if given is not self.memory.given or listening is not self.memory.listening:
            given, listening = self.memory.given, self.memory.listening
            known = _corrections_to((*(taken.answers for taken in given), listening))
            self._named = given, listening, known
        return known

    def asked_by(self, taken: Taken) -> Sequence[Activity]:
        """Return the stack on which a question was being asked: itself, and what asked it."""
        return self._read(taken.before).stack

    def go_back(self, taken: Taken, stage: Stage, *, is_wrong: bool = False) -> Question:
        """Go back to where a question was being asked, and return it; how the coach speaks, and any worry, stay.

        With an answer that `is_wrong` those after it go too, but where somebody has moved on it: what was done stays.
        """
        now = self.memory
        self.load(taken.before)
        has_moved = taken.movements != now.movements
        self.memory = stage.memory = replace(
            self.memory,
            token=now.token,
            worry=now.worry,
            gain_db=now.gain_db,
            counting=now.counting,
            pace=now.pace,
            answer_window_seconds=now.answer_window_seconds,
            extra_move_seconds=now.extra_move_seconds,
            given=tuple(takewhile(lambda one: one.before != taken.before, now.given)),
            movements=now.movements,
            holds=now.holds,
            hurt_in_test=now.hurt_in_test,
            eased=self.memory.eased or (has_moved and now.eased),
        )
        stage.choose_dose(self.memory.profile)
        stage.silence()
        since = now.questions[len(self.memory.questions) :] if is_wrong and not has_moved else ()
        for record in reversed(since):
            if record.answer is not None:
                stage.note(actions.TakenBack(record.id, record.answer, is_wrong=True))
        stage.note(actions.TakenBack(taken.question, taken.answer, is_wrong=is_wrong))
        question = self.top
        if not isinstance(question, Question):
            raise TypeError(f"{taken.question} was taken where nothing was asked")
        return question

    def begin_again(self, left_position: bool, stage: Stage) -> Move:
        """Begin again the activity at the top or, where the person has left its position, the one that has that."""
        for depth in range(len(self.stack) - 1, -1, -1) if left_position else ():
            if self.stack[depth].has_position:
                del self.stack[depth + 1 :]
            if self.stack[depth].has_position or self.stack[depth].is_interruption:
                break
        return self.top.again(stage)

    def begin_anew(self, stage: Stage) -> None:
        """Go back to the programme's first step, and forget what was answered and done."""
        before = self.memory
        self.memory = stage.memory = Memory(
            before.opening,
            token=before.token,
            gain_db=before.gain_db,
            counting=before.counting,
            pace=before.pace,
            answer_window_seconds=before.answer_window_seconds,
            profile=before.opening.profile,
            country_asked=before.country_asked,
            country=before.country,
            levels_db=before.levels_db,
        )
        stage.choose_dose(self.memory.profile)
        self.stack = [Walking()]


@cache
def _corrections_to(answers: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Return the corrections that name one of the answers to some questions."""
    given = {answer for some in answers for answer in some}
    named = (correction for correction, answer in CORRECTIONS.items() if answer in given)
    return (*named, OTHER_SIDE) if given.issuperset(SIDES) else tuple(named)


@cache
def _with_commands(answers: tuple[str, ...], moving: bool) -> tuple[str, ...]:
    """Return the answers listened for with the commands; a cry sounds much like a no, and counts in movement alone."""
    return tuple(said for said in dict.fromkeys(answers + COMMANDS) if moving or said != OW)
