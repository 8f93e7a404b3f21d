"""Carries out `Hold`: a position kept up for a time on each side whose turn it is."""

from msgspec.structs import replace

from voicecoach.programme.kinds.hold import Hold
from voicecoach.programme.values import Value
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.stage import Activity, Done, Move, Push, Stage
from voicecoach.session.timed_hold import Keeping


class Holding(Activity, frozen=True, tag=True):
    """Has a position held on every side whose turn it is. Refuses to begin where the screening is not done."""

    moves = True
    step: Detail[Hold]
    turn: Telling[int] = 0

    def enter(self, stage: Stage) -> Move:
        """Begin the hold on the side whose turn it is."""
        stage.require_screening(self.step.id)
        stage.memory.turn = stage.turns(self.step.sides, self.step.first)[self.turn]
        starts, stops = stage.line(self.step.starts), stage.line(self.step.stops)
        return Push(self, Keeping(self.step.id, self.step.seconds, (starts,), (stops,)))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Change sides after a hold, or go on where both have had their turn."""
        del result
        if self.turn + 1 < len(stage.turns(self.step.sides, self.step.first)):
            return replace(self, turn=self.turn + 1).enter(stage)
        stage.memory.turn = None
        return Done()


@begin.register
def _(step: Hold, stage: Stage) -> Holding:
    del stage
    return Holding(step)
