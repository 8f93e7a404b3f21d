"""Carries out `Intervals`: rounds of work and rest by time."""

from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO
from voicecoach.programme.kinds.intervals import Intervals
from voicecoach.programme.line import Line
from voicecoach.programme.values import Value
from voicecoach.session.check_in import pain_after_set
from voicecoach.session.kinds.kind_activity import begin, left
from voicecoach.session.rest import Resting
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import leaving_out
from voicecoach.session.stage import Activity, Done, Move, Push, Stage
from voicecoach.session.timed_hold import Keeping


class InRounds(Activity, frozen=True, tag=True):
    """Goes through rounds of work and rest, then asks for the pain score. Refuses where the screening is not done."""

    moves = True
    step: Detail[Intervals]
    round: Telling[int] = 1
    doing: Literal["work", "rest", "pain"] = "work"
    """What the child does."""

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
        return Push(replace(self, doing="work"), Keeping(step.id, step.work_seconds, tuple(lines), ends))

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on from work to rest, from rest to the next round, and from the last round to the pain score."""
        match self.doing:
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
