"""The screening: nothing moves before every question has been answered no, and the noes confirmed."""

from msgspec.structs import replace

from voicecoach.programme.steps import Outcome, ScreenQuestion
from voicecoach.programme.words import Value
from voicecoach.session import actions
from voicecoach.session.dialogue import yes_no
from voicecoach.session.speaking import speaking
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage

_CONTRADICTIONS_TAKEN = 2


class Screening(Activity, frozen=True, tag=True):
    """Asks each question; a yes is confirmed at once and ends the session, the noes are confirmed once at the end."""

    cannot_be_skipped = True

    questions: tuple[ScreenQuestion, ...]
    at: int = 0
    doing: str = "ask"
    contradictions: int = 0

    def enter(self, stage: Stage) -> Move:
        """Ask the question it has come to. An unsure yes needs no check of its own: a yes is confirmed anyway."""
        del stage
        return Push(replace(self, doing="ask"), yes_no(self.questions[self.at].id, trusted=("yes",)))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on with the next question, a confirmation, or an end."""
        match self.doing, result:
            case "ask", "yes":
                confirm = yes_no(f"{self.questions[self.at].id}_confirm", wording="confirm_yes")
                return Push(replace(self, doing="confirm"), confirm)
            case "ask", _ if self.at + 1 < len(self.questions):
                return replace(self, at=self.at + 1).enter(stage)
            case "ask", _:
                return Push(replace(self, doing="confirm_all"), yes_no("screening_all_no"))
            case "confirm", "yes":
                question = self.questions[self.at]
                stage.note(actions.Adverse(f"screening: {question.id}"))
                return Finish(Outcome.WARNING_SIGN, (question.action,))
            case "confirm_all", "yes":
                stage.memory.screened = True
                return Done()
            case "redo", _:
                return replace(self, at=0).enter(stage)
        return self._contradicted(stage)

    def _contradicted(self, stage: Stage) -> Move:
        if self.contradictions + 1 == _CONTRADICTIONS_TAKEN:
            return Finish(Outcome.WARNING_SIGN, ("screening_unsure",))
        once_more = replace(self, contradictions=self.contradictions + 1)
        if self.doing == "confirm":
            return once_more.enter(stage)
        return Push(replace(once_more, doing="redo"), speaking(stage, "screening_redo", can_be_skipped=False))
