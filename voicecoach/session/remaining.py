"""What "how many left" is answered with between sets and rounds."""

from voicecoach.programme.line import Line
from voicecoach.session.kinds import left
from voicecoach.session.stage import Stage


def left_outside_sets(stage: Stage) -> Line:
    """Return the line that says how much is left of the exercise that is under way or comes next."""
    memory = stage.memory
    step = next((step for step in stage.programme.steps[memory.at :] if step.counted), None)
    told = None if step is None else left(step, stage, begun=memory.exercise == step.id)
    return told or stage.line("left_after")
