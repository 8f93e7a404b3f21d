"""What a session can be told before it begins, and where it counts: nothing else in a session goes by it."""

from voicecoach.programme import steps
from voicecoach.programme.steps import Programme, Step, first_exercise
from voicecoach.session.stage import Opening, Previous


def openings(programme: Programme, step: Step) -> tuple[Opening, ...]:
    """Return the openings, besides the usual one, with which a session would do something else from this step on."""
    if isinstance(step, steps.Settled):
        return (Opening(previous=Previous()),)
    if isinstance(step, steps.Exercise) and step is first_exercise(programme) and step.sets > 1:
        return (Opening(from_set=step.sets),)
    return ()
