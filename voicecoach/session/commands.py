"""What a command does wherever nothing under way has its own way with it."""

from voicecoach.meanings import ADVERSE, DISTRESS
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.checking_in import Hurting
from voicecoach.session.distress import Distress
from voicecoach.session.passing import answer_in_passing
from voicecoach.session.remaining import left_outside_sets
from voicecoach.session.speaking import Speaking
from voicecoach.session.stage import Activity, Finish, Move, Push, Stage
from voicecoach.session.waiting import Waiting


def common_command(command: str, top: Activity, stage: Stage) -> Move:
    """Interrupt what is under way at the top, and return what follows."""
    stage.silence()
    match command:
        case "stop" | "pause":
            return Push(top, Waiting(command))
        case _ if command in DISTRESS:
            return Push(top, Distress(command, stage.sure, stage.moving))
        case "it_hurts":
            return Push(top, Hurting())
        case _ if command in ADVERSE:
            stage.note(actions.Adverse(AdverseKind(command)))
            return Finish(Outcome.ADVERSE, ("adverse",))
        case "repeat" | "resume":
            return top.again(stage)
        case "louder" | "quieter":
            stage.change_volume(1 if command == "louder" else -1)
    return Push(top, Speaking((_remark(command, stage),), interlude=True))


def _remark(command: str, stage: Stage) -> Line:
    match command:
        case "how_many_left":
            return left_outside_sets(stage)
        case "skip":
            return stage.line("command_skip_no")
    return answer_in_passing(command, stage) or stage.line(f"command_{command}")
