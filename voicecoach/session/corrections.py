"""Corrections: "that's wrong" and "I meant left" take an answer back; one that was moved on is asked about first."""

from collections.abc import Callable, Sequence
from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.meanings import CORRECTIONS, OTHER_SIDE, SIDES, YES_NO
from voicecoach.programme.line import Line
from voicecoach.programme.values import Value
from voicecoach.session import events
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import in_motion
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds.hold import Holding
from voicecoach.session.kinds.provocation import Provoking
from voicecoach.session.memory import Memory, Taken
from voicecoach.session.question_ids import SCREENING_ALL_NO, WHICH_QUESTION, Role, read_id
from voicecoach.session.questions import yes_no
from voicecoach.session.repetitions import Repeating
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity, Again, Become, Move, Push, Stage, TakeBack
from voicecoach.session.waiting import Waiting

AskedBy = Callable[[Taken], Sequence[Activity]]
"""Returns the stack on which a question was asked."""


class Correcting(Activity, frozen=True, tag=True):
    """Has the movement ended that was built on an answer, says what that was, and asks whether to go back to it.

    Nobody is asked where the new answer worries more, nor where the question is put again with the position anyway.
    """

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True

    taken: Detail[Taken]
    meant: Detail[str] = ""
    """The answer that was meant, where it was surely said."""
    words: Detail[str] = ""
    then: Literal["ask", "take", "position"] = "ask"
    """What follows once nobody moves; "position": what was interrupted puts the question again."""
    is_asking: Telling[bool] = False

    def enter(self, stage: Stage) -> Move:
        """Have the foot lowered, and say what had been understood."""
        lower = (stage.line("distress_lower"),) if stage.is_up else ()
        understood = _understood(self.taken, stage)
        return Push(replace(self, is_asking=False), Speaking((*lower, understood), can_be_skipped=False))

    def again(self, stage: Stage) -> Move:
        """Go on from where nobody moves any more, after an interruption."""
        return replace(self, is_asking=False).returned(None, stage)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go back to the question where the person wants to, or need not be asked; else go on with what there was."""
        del stage
        take_back = TakeBack(self.taken, _instead(self.taken, self.meant), self.words, is_wrong=True)
        if self.is_asking:
            return take_back if result == "yes" else Again()
        match self.then:
            case "ask":
                return Push(replace(self, is_asking=True), yes_no("go_back"))
            case "take":
                return take_back
            case "position":
                return Again()
        assert_never(self.then)


def corrected(said: events.Heard, stack: list[Activity], asked_by: AskedBy, stage: Stage) -> Move:
    """Return the move that follows from a correction; the stack loses what that makes pointless.

    It may answer what is being asked. Else it is the last answer that is taken back, or the last to a question that the
    new answer would fit: at once or, where somebody has moved on it, by `Correcting`.
    """
    top, named = stack[-1], CORRECTIONS.get(said.meaning, "")
    answers_this = _answers(said, named, top, stack, stage) if isinstance(top, Question) else None
    if answers_this is not None:
        return answers_this
    taken = _meant(said.meaning, named, stage.memory)
    if taken is None:
        return _remark(stage.line("correct_nothing"), top, stage)
    meant = named if said.sure and named in taken.answers else ""
    at = next((depth for depth, one in enumerate(stack) if isinstance(one, Correcting)), None)
    if at is not None:
        del stack[at + 1 :]
        stage.silence()
        return Become(_correcting(taken, meant, said.words, stack, asked_by)) if meant else stack[at].again(stage)
    if not _is_in_reach(asked_by(taken), stack, keeps_pauses=stage.moving and not taken.worries(meant)):
        return _remark(stage.line("correct_later"), top, stage)
    if meant == str(taken.answer):
        return top if in_motion(top) else _remark(_understood(taken, stage), top, stage)
    if taken.movements != stage.memory.movements:
        stage.silence()
        return Push(top, _correcting(taken, meant, said.words, stack, asked_by))
    is_ready = isinstance(asked_by(taken)[-2], GettingReady)
    return TakeBack(taken, "" if is_ready else _instead(taken, meant), said.words, is_wrong=said.sure)


def asked_anew(question: Question, taken: Taken) -> Question:
    """Return a question as it is put again after its answer has been called wrong: it says first what that was."""
    recalling = replace(question, candidate=str(taken.answer), recalls=f"{taken.key}?heard")
    return replace(recalling, attempt=0, is_unclear_now=False)


def _answers(said: events.Heard, named: str, asked: Question, stack: list[Activity], stage: Stage) -> Move | None:
    """Return the move where a correction is about what is being asked; None where it is about an answer before.

    "That's wrong" is a no to what the coach has understood, and never makes an answer less of a worry.
    """
    below, role = stack[-2], read_id(asked.id).role
    if asked.is_check and isinstance(below, Question) and named in below.answers:
        if named == asked.candidate and below.answers != YES_NO:
            return asked.heard(replace(said, meaning=named), stage)
        if named not in (asked.candidate, below.reassuring):
            stack.pop()
            return below.heard(replace(said, meaning=named), stage)
    if role is Role.CONFIRMATION:
        return asked.heard(replace(said, meaning="yes" if named == "yes" else "no"), stage)
    if asked.id in (SCREENING_ALL_NO, WHICH_QUESTION) and named == "no":
        stage.silence()
        return asked.again(stage)
    if asked.is_check or asked.id in (SCREENING_ALL_NO, WHICH_QUESTION):
        return asked.heard(replace(said, meaning="no"), stage)
    before = next((one for one in reversed(stage.memory.given) if named in one.answers), None)
    is_new = before is None or before.movements != stage.memory.movements
    if named in asked.answers and (asked.attempt or asked.doubts or is_new):
        return asked.heard(replace(said, meaning=named, sure=False), stage)
    return None


def _meant(correction: str, named: str, memory: Memory) -> Taken | None:
    """Return the answer that a correction is about; None where there is none."""
    of_its_kind = (
        one for one in reversed(memory.given)
        if named in one.answers or (correction == OTHER_SIDE and one.answers == SIDES)
    )  # fmt: skip
    return next(of_its_kind, memory.given[-1] if memory.given else None)


def _correcting(taken: Taken, meant: str, words: str, stack: Sequence[Activity], asked_by: AskedBy) -> Correcting:
    if _is_position(asked_by(taken), stack):
        return Correcting(taken, meant, words, "position")
    return Correcting(taken, meant, words, "take" if meant and taken.is_stricter(meant) else "ask")


def _is_position(asked_by: Sequence[Activity], stack: Sequence[Activity]) -> bool:
    """Whether what asked was the position of something that is still under way, which asks again by itself."""
    *_, asker, _ = asked_by
    at = len(asked_by) - 3
    if not isinstance(asker, GettingReady) or at >= len(stack) or stack[0] != asked_by[0]:
        return False
    return isinstance(asked_by[at], Repeating | Provoking | Holding) and type(stack[at]) is type(asked_by[at])


def _instead(taken: Taken, meant: str) -> str:
    """Return the answer that takes the place of the other at once; empty where the question is asked again."""
    return meant if meant and taken.can_become(meant) else ""


def _is_in_reach(asked_by: Sequence[Activity], stack: Sequence[Activity], *, keeps_pauses: bool) -> bool:
    """Whether nothing is asked for safety's sake that going back would lead past, and no pause that has to be ended."""
    held = [depth for depth, one in enumerate(stack) if one.leaves_position and (keeps_pauses or not _is_rest(one))]
    if not held:
        return True
    at = held[-1]
    return len(asked_by) > at and tuple(asked_by[:at]) == tuple(stack[:at]) and type(asked_by[at]) is type(stack[at])


def _is_rest(activity: Activity) -> bool:
    return isinstance(activity, Waiting) and activity.policy != "device"


def _understood(taken: Taken, stage: Stage) -> Line:
    return stage.line(f"{taken.key}?heard", {"answer": str(taken.answer)})


def _remark(line: Line, top: Activity, stage: Stage) -> Move:
    stage.silence()
    return Push(top, Speaking((line,), interlude=True))
