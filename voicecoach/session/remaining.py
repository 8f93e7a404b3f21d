"""What is left of an exercise, said where no set and no round is under way."""

from voicecoach.programme.steps import Exercise, Intervals
from voicecoach.programme.words import Line
from voicecoach.session.stage import Stage


def left_outside_sets(stage: Stage) -> Line:
    """Return how much is left of the exercise that is under way or comes next."""
    memory = stage.memory
    coming = stage.programme.steps[memory.at :]
    step = next((step for step in coming if isinstance(step, Exercise | Intervals)), None)
    begun = step is not None and memory.exercise == step.id
    match step:
        case Exercise() if not begun:
            return stage.line("left_before", {"sets": step.sets, "repetitions": step.repetitions})
        case Exercise() if memory.set < step.sets:
            return stage.line("left_sets", {"sets": step.sets - memory.set, "repetitions": step.repetitions})
        case Intervals() if not begun or memory.round < step.rounds:
            return stage.line("left_rounds", {"rounds": step.rounds - (memory.round if begun else 0)})
    return stage.line("left_after")
