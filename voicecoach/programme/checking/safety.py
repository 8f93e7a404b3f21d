"""Nobody moves before the screening, a pain score and (where one is meant) the side, whatever was answered before."""

from collections.abc import Callable, Iterator
from operator import attrgetter

from voicecoach.programme.checking.flow import possible_without
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Pain, Programme, Screen, Side, Step

_NEEDED: tuple[tuple[type[Step], str, Callable[[Step], bool]], ...] = (
    (Screen, "screening", attrgetter("needs_screening")),
    (Pain, "a pain score", attrgetter("needs_screening")),
    (Side, "the side", attrgetter("needs_side")),
)
"""What has to be over, what it is called, and before which steps."""


def safety(programme: Programme) -> Iterator[Problem]:
    """Yield the steps that would come too early: the first ones on each way."""
    for kind, why, needs in _NEEDED:
        early = possible_without(programme, kind)
        for at in [at for at, step in enumerate(programme.steps) if at in early and needs(step)][:1]:
            step, name = programme.steps[at], kind.__name__.lower()
            what = f'something moves in step "{step.id}"' if step.moves else f'step "{step.id}" begins'
            remedy = f'put a step with kind = "{name}" before it, on every way to it'
            yield Problem(("steps", at, "id"), f"{what} before {why}", remedy)
