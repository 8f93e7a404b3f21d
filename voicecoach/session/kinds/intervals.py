"""Carries out `Intervals`: rounds of work and rest by time."""

from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO
from voicecoach.programme.kinds.intervals import Intervals
from voicecoach.programme.kinds.ready import Ready
from voicecoach.programme.line import Line
from voicecoach.programme.values import Value
from voicecoach.session.check_in import pain_after_set
from voicecoach.session.getting_ready import GettingReady
from voicecoach.session.kinds.kind_activity import begin, left
from voicecoach.session.rest import Resting
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import leaving_out
from voicecoach.session.stage import Activity, Done, Move, Push, Stage
from voicecoach.session.timed_hold import ASKED_FOR_AGAIN, Keeping


class InRounds(Activity, frozen=True, tag=True):
    """Goes through rounds of work and rest, then asks for the pain score. Refuses where the screening is not done."""

    moves = True
    step: Detail[Intervals]
    round: Telling[int] = 1
    doing: Literal["ready", "work", "rest", "pain"] = "work"
    """What the child does; "ready" asks for that after an interruption."""

    @property
    def has_position(self) -> bool:
        """Whether an interruption leads back here: of a rest, after which the person is asked to be ready."""
        return self.step.ready is not None and self.doing == "rest"

    def enter(self, stage: Stage) -> Move:
        """Begin the work of a round."""
        step = self.step
        stage.require_screening(step.id)
        stage.memory.exercise, stage.memory.round = step.id, self.round
        lines = [stage.line("round_intro", {"number": self.round, "rounds": step.rounds})]
        lines.append(stage.line(step.prompts[(self.round - 1) % len(step.prompts)]))
        if self.round == 1:
            lines.insert(0, stage.line("rounds_intro", {"rounds": step.rounds}))
        ends = (stage.line("rounds_done"),) if self.round == step.rounds else ()
        asks = step.ready is not None
        keeping = Keeping(step.id, step.work_seconds, tuple(lines), ends, is_asked_for=asks)
        return Push(replace(self, doing="work"), keeping)

    def again(self, stage: Stage) -> Move:
        """End the interrupted rest, and begin the next round once the person is ready."""
        if self.step.ready is None or self.doing != "rest":
            return self.enter(stage)
        return replace(self, round=self.round + 1)._once(self.step.ready)

    def _once(self, ready: str) -> Move:
        return Push(replace(self, doing="ready"), GettingReady(Ready(id=ready)))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on from work to rest, from rest to the next round, and from the last round to the pain score."""
        match self.doing:
            case "ready":
                return self.enter(stage)
            case "work" if result == ASKED_FOR_AGAIN and self.step.ready is not None:
                return self._once(self.step.ready)
            case "work":
                stage.memory.rounds += result == "kept"
                if self.round < self.step.rounds:
                    return Push(replace(self, doing="rest"), Resting(self.step.rest_seconds))
                return Push(replace(self, doing="pain"), pain_after_set(stage))
            case "rest":
                return replace(self, round=self.round + 1).enter(stage)
            case "pain":
                return Done()
        assert_never(self.doing)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Leave the rounds that are to come out where the person can't do them; the pain score follows."""
        if command != CANT_DO:
            return None
        stage.silence()
        stage.memory.round = self.step.rounds
        return Push(replace(self, round=self.step.rounds, doing="work"), leaving_out(stage))


@begin.register
def _(step: Intervals, stage: Stage) -> InRounds:
    del stage
    return InRounds(step)


@left.register
def _(step: Intervals, stage: Stage, *, begun: bool) -> Line | None:
    kept = stage.memory.round if begun else 0
    return stage.line("left_rounds", {"rounds": step.rounds - kept}) if kept < step.rounds else None
