"""Asking about the clinician whom the person was told to see before this session, before anything else goes on."""

from voicecoach.programme import steps
from voicecoach.programme.steps import Outcome, Step
from voicecoach.programme.values import Value
from voicecoach.session.question_ids import SEEN_CLINICIAN
from voicecoach.session.questions import yes_no
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage


def is_due(step: Step, stage: Stage) -> bool:
    """Whether it is asked before this step: the screening, after a session that ended with that advice."""
    previous = stage.memory.opening.previous
    if previous is None or not previous.clinician_first or not isinstance(step, steps.Screen):
        return False
    return stage.answers().get(SEEN_CLINICIAN) != "yes"


class AskingForClinician(Activity, frozen=True, tag=True):
    """Asks whether a clinician has been seen; after a no, and after a doubt, nothing is begun."""

    cannot_be_skipped = True

    def enter(self, stage: Stage) -> Move:
        """Ask whether the person has seen a clinician since."""
        del stage
        return Push(self, yes_no(SEEN_CLINICIAN, reassuring="yes"))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on at a yes, else end the session."""
        del stage
        return Done() if result == "yes" else Finish(Outcome.WARNING_SIGN, ("clinician_still_first",))
