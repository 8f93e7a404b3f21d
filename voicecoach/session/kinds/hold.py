"""Carries out `Hold`: a position kept up for a time on each side whose turn it is."""

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO
from voicecoach.programme.kinds.hold import Hold
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.values import Value
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import leaving_out
from voicecoach.session.stage import Activity, Done, Move, Push, Stage
from voicecoach.session.timed_hold import ASKED_FOR_AGAIN, Keeping


class Holding(Activity, frozen=True, tag=True):
    """Has a position held on every side whose turn it is. Refuses to begin where the screening is not done."""

    moves = True
    step: Detail[Hold]
    turn: Telling[int] = 0
    asking: Telling[bool] = False
    """Whether the child asks if the person is ready."""

    def enter(self, stage: Stage) -> Move:
        """Ask whether the person is ready for the side whose turn it is, where that is asked, else begin the hold."""
        stage.require_screening(self.step.id)
        stage.memory.turn = stage.turns(self.step.sides, self.step.first)[self.turn]
        if self.step.ready is not None:
            ready = Ready(id=self.step.ready, patience_seconds=self.step.patience_seconds)
            return Push(replace(self, asking=True), GettingReady(ready))
        return self._hold(stage)

    def _hold(self, stage: Stage) -> Move:
        starts, stops = stage.line(self.step.starts), stage.line(self.step.stops)
        asks = self.step.ready is not None
        keeping = Keeping(self.step.id, self.step.seconds, (starts,), (stops,), is_asked_for=asks)
        return Push(replace(self, asking=False), keeping)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Begin the hold once the person is ready; after it change sides, or go on where both have had their turn."""
        if self.asking:
            return self._hold(stage)
        if result == ASKED_FOR_AGAIN:
            return self.enter(stage)
        if self.turn + 1 < len(stage.turns(self.step.sides, self.step.first)):
            return replace(self, turn=self.turn + 1).enter(stage)
        stage.memory.turn = None
        return Done()

    def command(self, command: str, stage: Stage) -> Move | None:
        """Leave the hold out, on the other side too, where the person can't do it."""
        if command != CANT_DO:
            return None
        stage.silence()
        last = len(stage.turns(self.step.sides, self.step.first)) - 1
        return Push(replace(self, turn=last, asking=False), leaving_out(stage))


@begin.register
def _(step: Hold, stage: Stage) -> Holding:
    del stage
    return Holding(step)
