"""Carries out `Ready`: waits until the person says that they are ready."""

from msgspec.structs import replace

from voicecoach.meanings import YES_NO
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.kinds.step import Outcome
from voicecoach.programme.values import Value
from voicecoach.session.dialogue import Question
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.situation_fields import Detail, Tally, Telling
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage


class GettingReady(Activity, frozen=True, tag=True):
    """Waits for a yes; a no gives the person time, and the third no ends the session."""

    step: Detail[Ready]
    noes: Tally = 0
    pausing: Telling[bool] = False

    def enter(self, stage: Stage) -> Move:
        """Ask whether the person is ready."""
        del stage
        return Push(replace(self, pausing=False), Question(self.step.id, YES_NO, "please_yes"))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on at a yes; wait and ask again after a no."""
        if result == "yes":
            return Done()
        if self.pausing:
            return self.enter(stage)
        if self.noes == 2:
            return Finish(Outcome.STOPPED, ("finish_stopped",))
        time = Speaking((stage.line("not_ready"),), self.step.wait_seconds)
        return Push(replace(self, noes=self.noes + 1, pausing=True), time)


@begin.register
def _(step: Ready, stage: Stage) -> GettingReady:
    del stage
    return GettingReady(step)
