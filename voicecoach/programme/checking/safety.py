"""Nobody moves before the screening, a pain score and (where one is meant) the side, whatever was answered before."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.flow import possible_without
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme, Step, moves

_NEEDED = ((steps.Screen, "screening"), (steps.Pain, "a pain score"), (steps.Side, "the side"))
"""The side only where one is meant."""


def safety(programme: Programme) -> Iterator[Problem]:
    """Yield the steps in which somebody would move too early: the first ones on each way."""
    for kind, why in _NEEDED:
        early = possible_without(programme, kind)
        moving = [at for at, step in enumerate(programme.steps) if at in early and _needs(step, kind)]
        for at in moving[:1]:
            name = kind.__name__.lower()
            what = f'something moves in step "{programme.steps[at].id}" before {why}'
            yield Problem(("steps", at, "id"), what, f'put a step with kind = "{name}" before it, on every way to it')


def _needs(step: Step, kind: type) -> bool:
    """Whether a step needs one of this kind before it."""
    if kind is steps.Side and step.part != "test" and getattr(step, "sides", "none") == "none":
        return False
    return moves(step)
