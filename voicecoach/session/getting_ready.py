"""Waiting until the person is ready, or in a position."""

from msgspec.structs import replace

from voicecoach.meanings import RESUME, YES_NO
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.kinds.step import Outcome
from voicecoach.programme.values import Value
from voicecoach.session.dialogue import Question
from voicecoach.session.situation_fields import Detail, Tally, Telling
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity, Done, Finish, Move, Push, Stage


class GettingReady(Activity, frozen=True, tag=True):
    """Waits for a yes, or "go on"; a no gives the person time, and the third no ends the session."""

    step: Detail[Ready]
    noes: Tally = 0
    pausing: Telling[bool] = False
    in_short: Detail[bool] = False
    """Whether the question has been answered before, so that it is asked in short."""

    def enter(self, stage: Stage) -> Move:
        """Ask whether the person is ready."""
        del stage
        question = Question(
            self.step.id, YES_NO, "please_yes",
            part="short" if self.in_short else "whole", window_seconds=self.step.patience_seconds,
            said_by=RESUME,
        )  # fmt: skip
        return Push(replace(self, pausing=False), question)

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


def in_position(question: str, stage: Stage) -> GettingReady:
    """Return the activity that has a position taken, in short where it has been taken before."""
    return GettingReady(Ready(id=question), in_short=stage.answers().get(question) is not None)
