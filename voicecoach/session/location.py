"""Asking once whether the person is where they seem to be: only a yes makes the coach name an emergency number."""

from msgspec.structs import replace

from voicecoach.meanings import YES_NO
from voicecoach.programme import steps
from voicecoach.programme.steps import Step
from voicecoach.programme.values import Value
from voicecoach.session.dialogue import Question
from voicecoach.session.situation_fields import Tally
from voicecoach.session.stage import Activity, Done, Move, Push, Stage


def is_due(step: Step, stage: Stage) -> bool:
    """Whether the country is asked about after this step: the hearing check before the screening."""
    memory = stage.memory
    if memory.country_asked or memory.opening.country_guess is None:
        return False
    first = next((one for one in stage.programme.steps if isinstance(one, steps.Ready | steps.Screen)), None)
    return step is first and isinstance(step, steps.Ready)


class Locating(Activity, frozen=True, tag=True):
    """Asks whether the person is in the country that was guessed, in other words once more, and goes on in any case."""

    attempt: Tally = 0

    def enter(self, stage: Stage) -> Move:
        """Ask whether the person is in the country that was guessed."""
        del stage
        return Push(self, Question("country", YES_NO, "please_yes_no", once=True, attempt=self.attempt))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Take a yes. A no, and no answer to the second wording, leave the country open for good."""
        if result is None and self.attempt == 0:
            return replace(self, attempt=1).enter(stage)
        stage.memory.country_asked = True
        stage.memory.country = stage.memory.opening.country_guess if result == "yes" else None
        return Done()

    def command(self, command: str, stage: Stage) -> Move | None:
        """Leave the country open where the person skips the question."""
        if command != "skip":
            return None
        stage.silence()
        return replace(self, attempt=1).returned(None, stage)
