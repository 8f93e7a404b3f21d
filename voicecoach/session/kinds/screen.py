"""Carries out `Screen`: nothing moves before every screening question has been answered no, and the noes confirmed."""

from typing import Literal

from msgspec.structs import replace

from voicecoach.meanings import UNSURE, YES_NO
from voicecoach.programme.kinds.screen import Screen, ScreenQuestion
from voicecoach.programme.kinds.step import Outcome
from voicecoach.programme.values import Value
from voicecoach.session import actions, events
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.dialogue import could_be_grasped
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.memory import Worry
from voicecoach.session.question_ids import SCREENING_ALL_NO
from voicecoach.session.questions import confirmation, safety_question, yes_no
from voicecoach.session.situation_fields import Detail, Serial, Tally, Telling
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage

_CONTRADICTIONS_TAKEN = 2
_AFTER_A_NAME_SECONDS = 1.5
_AFTER_THE_LAST_NAME_SECONDS = 4.0


class Screening(Activity, frozen=True, tag=True):
    """Asks each screening question; confirms a yes at once and ends the session, and the noes once at the end.

    A doubt that stays counts as a yes. Where one of the noes was wrong, the questions are named, and the one at which
    the person says yes is asked again.
    """

    cannot_be_skipped = True

    questions: Detail[tuple[ScreenQuestion, ...]]
    at: Telling[int] = 0
    doing: Literal["ask", "confirm", "confirm_all", "name", "ask_again"] = "ask"
    contradictions: Tally = 0

    def enter(self, stage: Stage) -> Move:
        """Ask the screening question that is next; an unsure yes needs no check, as every yes is confirmed."""
        del stage
        return self._ask("ask")

    def _ask(self, doing: Literal["ask", "ask_again"]) -> Move:
        question = self.questions[self.at]
        worry = Worry(Outcome.WARNING_SIGN, question.action, AdverseKind.SCREENING, question.id)
        return Push(replace(self, doing=doing), safety_question(question.id, worry))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on from an answer to the next screening question, to a confirmation, or to the session's end."""
        question = self.questions[self.at]
        match self.doing, result:
            case "ask" | "ask_again", "yes":
                confirm = confirmation(question.id)
                return Push(replace(self, doing="confirm"), confirm)
            case "ask" | "ask_again", "unsure":
                return self._warn("unsure_ends", stage)
            case "ask" | "ask_again" | "confirm", None:
                return self._end()
            case "ask", "no" if self.at + 1 < len(self.questions):
                return replace(self, at=self.at + 1)._ask("ask")
            case "ask" | "ask_again", "no":
                return Push(replace(self, doing="confirm_all"), yes_no(SCREENING_ALL_NO, reassuring="yes"))
            case "confirm", "yes" | "unsure":
                return self._warn(question.action, stage)
            case "confirm_all", "yes":
                stage.memory.screened = True
                return Done()
            case "name", int():
                return replace(self, at=result)._ask("ask_again")
            case "name", _:
                return self._end()
        return self._contradicted()

    def _warn(self, prompt: str, stage: Stage) -> Move:
        stage.note(actions.Adverse(AdverseKind.SCREENING, self.questions[self.at].id))
        return Finish(Outcome.WARNING_SIGN, (prompt,), closes=False)

    def _end(self) -> Move:
        return Finish(Outcome.WARNING_SIGN, ("screening_unsure",), closes=False)

    def _contradicted(self) -> Move:
        if self.contradictions + 1 == _CONTRADICTIONS_TAKEN:
            return self._end()
        once_more = replace(self, contradictions=self.contradictions + 1)
        if self.doing == "confirm":
            return once_more._ask("ask")
        names = tuple(f"{question.id}?name" for question in self.questions)
        return Push(replace(once_more, doing="name"), Naming(names))


class Naming(Activity, frozen=True, tag=True):
    """Names the screening questions one by one, and returns the index from 0 of the one to which somebody says yes."""

    cannot_be_skipped = True

    names: Detail[tuple[str, ...]]
    at: Telling[int] = 0
    token: Serial = 0
    """Of the speech that names it."""

    def enter(self, stage: Stage) -> Move:
        """Tell the person to say yes when the right question is named, and name the first."""
        stage.listen_for((*YES_NO, UNSURE))
        return self._name(stage, "name_them")

    def again(self, stage: Stage) -> Move:
        """Begin again with the first name, after an interruption."""
        return replace(self, at=0).enter(stage)

    def _name(self, stage: Stage, *before: str) -> Move:
        return replace(self, token=stage.say(*before, self.names[self.at]))

    @property
    def _is_last(self) -> bool:
        return self.at + 1 == len(self.names)

    def spoken(self, stage: Stage) -> Move:
        """Leave time for a yes after a name."""
        stage.wait_seconds(_AFTER_THE_LAST_NAME_SECONDS if self._is_last else _AFTER_A_NAME_SECONDS, patient=True)
        return self

    def reached(self, stage: Stage) -> Move:
        """Go on to the next name; after the last one return that it was none."""
        return Done() if self._is_last else replace(self, at=self.at + 1)._name(stage)

    def heard(self, event: events.Heard, stage: Stage) -> Move:
        """Take the question named last at a yes, as far as it could be grasped; a no to it changes nothing."""
        if event.meaning == "no":
            return self
        stage.silence()
        behind = event.behind
        is_before = behind is not None and (behind.token < self.token or not could_be_grasped(behind))
        return Done(max(0, self.at - is_before))


@begin.register
def _(step: Screen, stage: Stage) -> Screening:
    del stage
    return Screening(step.questions)
