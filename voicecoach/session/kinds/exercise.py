"""Carries out `Exercise`: sets of repetitions, rests between them, and a pain score after each set."""

from typing import Literal, assert_never

from msgspec.structs import replace

from voicecoach.meanings import CANT_DO, YES_NO
from voicecoach.programme.kinds.exercise import Exercise
from voicecoach.programme.line import Line
from voicecoach.programme.steps import first_exercise
from voicecoach.programme.values import Value
from voicecoach.session.check_in import pain_after_set
from voicecoach.session.kinds.kind_activity import begin, left
from voicecoach.session.questions import yes_no
from voicecoach.session.repetitions import Repeating, left_in_set
from voicecoach.session.rest import Resting
from voicecoach.session.situation_fields import Detail, Telling
from voicecoach.session.speech import Speaking, leaving_out
from voicecoach.session.stage import Activity, Done, Move, Push, Stage

_ONLY_TICKS = "only_ticks"
"""The question, put once, whether ticks are enough."""


class Exercising(Activity, frozen=True, tag=True):
    """Carries out all sets, each on every side whose turn it is. Refuses to begin where the screening is not done."""

    moves = True
    step: Detail[Exercise]
    set: Telling[int] = 1
    turn: Telling[int] = 0
    doing: Literal["intro", "set", "pain", "counting", "rest"] = "intro"
    """What the child does."""
    announced: Telling[bool] = False

    def enter(self, stage: Stage) -> Move:
        """Announce the set that is next."""
        stage.require_screening(self.step.id)
        memory = stage.memory
        memory.exercise, memory.set, memory.in_set = self.step.id, self.set, True
        memory.turn = stage.turns(self.step.sides, self.step.first)[self.turn]
        memory.repetitions.append(0)
        lines = [] if self.announced else [self._dose(stage)]
        if self.step.sets > 1:
            lines.append(stage.line("set_intro", {"number": self.set, "sets": self.step.sets}))
        lines += map(stage.line, self.step.start_now(eased=memory.eased))
        return Push(replace(self, doing="intro", announced=True), Speaking(tuple(lines)))

    def _dose(self, stage: Stage) -> Line:
        return stage.line(self.step.dose, {"sets": self.step.sets, "repetitions": self.step.repetitions})

    def returned(self, result: Value | None, stage: Stage) -> Move:
        """Go on after a set: to the other side's turn, the pain score, the rest, the next set."""
        match self.doing:
            case "intro":
                return Push(replace(self, doing="set"), Repeating(self.step, self.set))
            case "set" if self.turn + 1 < len(stage.turns(self.step.sides, self.step.first)):
                return replace(self, turn=self.turn + 1).enter(stage)
            case "set":
                stage.memory.turn = None
                return Push(replace(self, doing="pain"), pain_after_set(stage))
            case "pain" if self.set == self.step.sets:
                return Done()
            case "pain" if self._may_only_tick(stage):
                return Push(replace(self, doing="counting"), replace(yes_no(_ONLY_TICKS, trusted=YES_NO), once=True))
            case "counting" if result == "yes":
                stage.memory.counting = "ticks"
                return self._rest()
            case "pain" | "counting":
                return self._rest()
            case "rest":
                return replace(self, set=self.set + 1, turn=0).enter(stage)
        assert_never(self.doing)

    def command(self, command: str, stage: Stage) -> Move | None:
        """Leave the rest of the exercise out where the person can't do it; after a begun set comes a pain score."""
        if command != CANT_DO:
            return None
        stage.silence()
        memory, last_turn = stage.memory, len(stage.turns(self.step.sides, self.step.first)) - 1
        memory.set, memory.in_set, memory.turn = self.step.sets, False, None
        doing: Literal["set", "pain"] = "set" if self.doing == "set" else "pain"
        return Push(replace(self, set=self.step.sets, turn=last_turn, doing=doing), leaving_out(stage))

    def _rest(self) -> Move:
        return Push(replace(self, doing="rest"), Resting(self.step.rest_seconds))

    def _may_only_tick(self, stage: Stage) -> bool:
        """Whether all seconds of its holds have been counted so far, and nobody has been asked about that."""
        holds = any(self.step.hold_of(phase) >= 2 for phase in self.step.phases)
        return holds and stage.memory.counting == "full" and _ONLY_TICKS not in stage.answers()


@begin.register
def _(step: Exercise, stage: Stage) -> Exercising:
    wanted = stage.memory.opening.from_set if step is first_exercise(stage.programme) else 1
    return Exercising(step, set=wanted, announced=wanted > 1)


@left.register
def _(step: Exercise, stage: Stage, *, begun: bool) -> Line | None:
    number = stage.memory.set
    if not begun:
        return stage.line("left_before", {"sets": step.sets, "repetitions": step.repetitions})
    if stage.memory.in_set:
        return left_in_set(step, number, stage.memory.repetitions[-1] + 1, stage)
    if number < step.sets:
        return stage.line("left_sets", {"sets": step.sets - number, "repetitions": step.repetitions})
    return None
