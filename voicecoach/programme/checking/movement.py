"""A slider moves toes and head together; one swapped word would make it a tensioner, which has to be declared."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Exercise, Programme


def movement(programme: Programme) -> Iterator[Problem]:
    """Yield the phases of sliders that pull the nerve at both ends, and tensioners that do not."""
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Exercise) and step.movement == "slider":
            yield from _slider(at, step)
        if isinstance(step, steps.Exercise) and step.movement == "tensioner":
            yield from _tensioner(at, step)


def _slider(at: int, step: Exercise) -> Iterator[Problem]:
    for number, phase in enumerate(step.phases):
        if phase.toes != phase.head:
            yield Problem(
                ("steps", at, "phases", number, "head"),
                f"toes {phase.toes} with head {phase.head} pulls the nerve at both ends, which a slider never does",
                f'write head = "{phase.toes}", or movement = "tensioner" if that is meant',
            )


def _tensioner(at: int, step: Exercise) -> Iterator[Problem]:
    if all(phase.toes == phase.head for phase in step.phases):
        what = "toes and head move together in every phase, so this is no tensioner"
        yield Problem(("steps", at, "movement"), what, 'write movement = "slider"')
