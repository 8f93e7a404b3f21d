"""Walking through a programme's steps: each is carried out as its kind has it, and leads to the next one."""

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.steps import Outcome, Then
from voicecoach.programme.values import Value
from voicecoach.session import actions, clinician_question, location
from voicecoach.session.check_in import HurtingInTest
from voicecoach.session.clinician_question import AskingForClinician
from voicecoach.session.dose_suggestion import Suggesting, foreseen, is_due
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds import begin, over
from voicecoach.session.location import Locating
from voicecoach.session.situation_fields import Telling
from voicecoach.session.speech import leaving_out, speaking
from voicecoach.session.stage import Activity, Again, Finish, Move, Push, Stage


class Walking(Activity, frozen=True, tag=True):
    """Stands at one step of the programme; `goal` is where to go once what follows an answer has been said."""

    at: Telling[int] = 0
    goal: Telling[int | None] = None

    def enter(self, stage: Stage) -> Move:
        """Carry out the step that it stands at."""
        step = stage.programme.steps[self.at]
        stage.memory.at = self.at
        if clinician_question.is_due(step, stage):
            return Push(replace(self, goal=self.at), AskingForClinician())
        begun = begin(step, stage)
        return self._follow(begun, stage) if isinstance(begun, Then) else Push(self, begun)

    def again(self, stage: Stage) -> Move:
        """Carry out the interrupted step again."""
        return replace(self, goal=None).enter(stage)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go to the step that follows the result of the last one."""
        if self.goal is not None:
            return Walking(self.goal).enter(stage)
        step = stage.programme.steps[self.at]
        then = over(step, result, stage)
        if location.is_due(step, stage):
            return Push(replace(self, goal=self.at + 1), Locating())
        if is_due(step, stage):
            return Push(replace(self, goal=self.at + 1), Suggesting())
        return self._follow(then, stage)

    def _follow(self, then: Then, stage: Stage) -> Move:
        if then.profile is not None:
            stage.choose_dose(then.profile)
            stage.note(actions.DoseChosen(then.profile))
        if then.finish is not None:
            return Finish(Outcome(then.finish), then.say)
        goal = self.at + 1 if then.go is None else stage.programme.index(then.go)
        if then.say:
            return Push(replace(self, goal=goal), speaking(stage, *then.say))
        return Walking(goal).enter(stage)

    def command(self, command: str, stage: Stage) -> Move | None:
        """In a test, answer "it hurts" by having the leg lowered and asking whether to go on; skip an offered step."""
        step = stage.programme.steps[self.at]
        if command == "it_hurts" and step.part == "test":
            stage.silence()
            return Push(self, HurtingInTest())
        if command == "skip" and step.skips_to is not None:
            stage.silence()
            return Walking(stage.programme.index(step.skips_to)).enter(stage)
        if command == CANT_DO and step.skips_to is not None:
            stage.silence()
            return Push(replace(self, goal=stage.programme.index(step.skips_to)), leaving_out(stage))
        return None


def begun(stage: Stage) -> Move:
    """Begin with the programme's first step, after what has to be said before it."""
    lines = tuple(foreseen(stage))
    if lines:
        stage.foresee(lines)
    if stage.memory.opening.keeps_audio:
        return Push(Walking(goal=0), speaking(stage, "audio_kept", can_be_skipped=False))
    return Walking().enter(stage)


class ComingBack(Activity, frozen=True, tag=True):
    """Asks whether the person is ready, before an exercise goes on that was held up for long."""

    cannot_be_skipped = True
    interrupts = True
    leaves_position = True
    checks_in: Telling[bool] = False
    """Whether it asks then what is new and how strong the pain is."""

    def enter(self, stage: Stage) -> Move:
        """Ask whether the person is ready."""
        del stage
        return Push(self, GettingReady(Ready(id="ready_again")))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Begin again the exercise that was held up."""
        del result, stage
        return Again(check_in=self.checks_in)
