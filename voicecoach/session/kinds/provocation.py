"""Carries out `Provocation`: a test in which each move lasts until the person says that the feeling is there."""

from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.programme.kinds.provocation import Provocation
from voicecoach.programme.values import Value
from voicecoach.session.check_in import HurtingInTest
from voicecoach.session.getting_ready import in_position
from voicecoach.session.kinds.kind_activity import begin
from voicecoach.session.questions import until_felt
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity, Done, Move, Push, Stage

_LOWERING_SECONDS = 2.0


class Provoking(Activity, frozen=True, tag=True):
    """Tests each side whose turn it is. What is interrupted begins again with the position, on the same side."""

    step: Detail[Provocation]
    turn: Telling[int] = 0
    at: Telling[int] = 0
    """The move of this side that is being made."""
    doing: Literal["position", "move", "lower"] = "position"
    """What the child does."""

    @property
    def is_up(self) -> bool:
        """Whether a foot may be up: while it is moved and lowered."""
        return self.doing in ("move", "lower")

    @property
    def has_position(self) -> bool:
        """Whether the person is in a position that has to be taken again after an interruption: always."""
        return True

    def enter(self, stage: Stage) -> Move:
        """Have the position taken. Raises RuntimeError where the screening is not done."""
        stage.require_screening(self.step.id)
        self._take_turn(stage)
        return Push(replace(self, at=0, doing="position"), in_position(self.step.position, stage))

    def _take_turn(self, stage: Stage) -> None:
        stage.memory.turn = stage.turns(self.step.sides, self.step.first)[self.turn]

    def again(self, stage: Stage) -> Move:
        """Begin this side's turn again, or go on where it was over."""
        if self.doing != "lower":
            return self.enter(stage)
        return Done() if self._is_last(stage) else replace(self, turn=self.turn + 1).enter(stage)

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on from the position to the moves, from the last one to lowering, and from there to the other side."""
        del result
        match self.doing:
            case "position":
                return self._move(0, stage)
            case "move" if self.at + 1 < len(self.step.until_felt):
                return self._move(self.at + 1, stage)
            case "move":
                lower = Speaking((stage.line(self.step.lower),), _LOWERING_SECONDS, can_be_skipped=False)
                return Push(replace(self, doing="lower"), lower)
            case "lower" if self._is_last(stage):
                stage.memory.turn = None
                return Done()
            case "lower":
                other_side = replace(self, turn=self.turn + 1)
                other_side._take_turn(stage)
                return other_side._move(0, stage)
        assert_never(self.doing)

    def _move(self, at: int, stage: Stage) -> Move:
        stage.memory.movements += 1
        return Push(replace(self, at=at, doing="move"), until_felt(self.step.until_felt[at]))

    def _is_last(self, stage: Stage) -> bool:
        return self.turn + 1 == len(stage.turns(self.step.sides, self.step.first))

    def command(self, command: str, stage: Stage) -> Move | None:
        """Have the foot lowered where it hurts, and ask how much."""
        if command != "it_hurts":
            return None
        stage.silence()
        return Push(self, HurtingInTest())


@begin.register
def _(step: Provocation, stage: Stage) -> Provoking:
    del stage
    return Provoking(step)
