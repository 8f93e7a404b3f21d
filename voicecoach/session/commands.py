"""What each command does unless an activity has its own way with it, and the check of a hardly heard command."""

from voicecoach.meanings import ADVERSE, CANT_DO, DISTRESS, YES_NO
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome
from voicecoach.programme.values import Value
from voicecoach.session import actions
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.asides import answer_in_passing
from voicecoach.session.check_in import Hurting, MoreThanBefore, is_there_already
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.policies import UNCLEAR
from voicecoach.session.question_ids import Asked, Role
from voicecoach.session.remaining import left_outside_sets
from voicecoach.session.situation_fields import Telling
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity, Again, Become, Finish, Move, Obey, Push, Stage
from voicecoach.session.waiting import Waiting


class CheckingCommand(Activity, frozen=True, tag=True):
    """Asks once whether a hardly heard command was said; without a yes the interrupted activity begins again."""

    interrupts = True
    command_heard: Telling[str]

    def enter(self, stage: Stage) -> Move:
        """Ask whether the command was said."""
        stage.silence()
        check = Question(
            Asked("command", Role.CHECK).id, YES_NO, "please_yes_no", wording="did_you_say",
            candidate=self.command_heard, is_check=True, once=True,
        )  # fmt: skip
        return Push(self, check)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Obey the command where the person says it again."""
        del stage
        return Obey(command) if command == self.command_heard else None

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Obey the command at a yes; ask after whoever may be in distress and does not answer."""
        if result is None and self.command_heard in DISTRESS:
            return Become(Distress(UNCLEAR, sure=False, foot_is_up=stage.is_up))
        return Obey(self.command_heard) if result == "yes" else Again()


def common_command(command: str, top: Activity, stage: Stage) -> Move:
    """Return the move for a command that no activity has its own way with; it interrupts the one at the top."""
    stage.silence()
    match command:
        case "stop" | "pause":
            return Push(top, Waiting(command))
        case _ if command == CANT_DO:
            if not stage.is_up:
                stage.speak("command_cant_do")
            return Push(top, Waiting("stop"))
        case _ if command in DISTRESS:
            return Push(top, Distress(command, stage.sure, stage.is_up))
        case "it_hurts":
            return Push(top, Hurting())
        case _ if isinstance(top, Question) and command == top.said_by:
            return top.say_yes(command, stage)
        case _ if is_there_already(command, stage):
            return Push(top, MoreThanBefore(command))
        case _ if command in ADVERSE:
            stage.note(actions.Adverse(AdverseKind(command)))
            return Finish(Outcome.ADVERSE, (stage.down("adverse"),))
        case "repeat" | "resume":
            return top.again(stage)
    return Push(top, Speaking((_remark(command, stage),), interlude=True))


def _remark(command: str, stage: Stage) -> Line:
    match command:
        case "how_many_left":
            return left_outside_sets(stage)
        case "skip":
            return stage.line("command_skip_no")
        case "louder" | "quieter":
            stage.change_volume(1 if command == "louder" else -1)
    return answer_in_passing(command, stage) or stage.line(f"command_{command}")
