"""A command that changes the course is checked where the ear is not sure of it."""

from voicecoach.meanings import DISTRESS, YES_NO
from voicecoach.programme.values import Value
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import Distress
from voicecoach.session.policies import UNCLEAR
from voicecoach.session.question_ids import Asked, Role
from voicecoach.session.stage import Activity, Again, Become, Move, Obey, Push, Stage
from voicecoach.session.telling import Telling


class CheckingCommand(Activity, frozen=True, tag=True):
    """Asks once whether a command was said; without a yes what was interrupted begins again."""

    interrupts = True
    command_heard: Telling[str]

    def enter(self, stage: Stage) -> Move:
        """Ask."""
        stage.silence()
        check = Question(
            Asked("command", Role.CHECK).id, YES_NO, "please_yes_no", wording="did_you_say",
            candidate=self.command_heard, is_check=True, once=True,
        )  # fmt: skip
        return Push(self, check)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Obey it where it is said again."""
        del stage
        return Obey(command) if command == self.command_heard else None

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Obey it at a yes. Who may be in distress, and does not answer, is asked after."""
        if result is None and self.command_heard in DISTRESS:
            return Become(Distress(UNCLEAR, sure=False, foot_is_up=stage.moving))
        return Obey(self.command_heard) if result == "yes" else Again()
