"""Holds, repetitions and sets keep to the limits that the programme declares."""

from collections.abc import Iterator

import msgspec

from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def doses(programme: Programme) -> Iterator[Problem]:
    """Yield what lies outside the declared limits, and limits that nothing can keep to."""
    for name, span in msgspec.structs.asdict(programme.limits).items():
        if span is None:
            continue
        least, most = span
        if least > most:
            what = f"no {name} is both {least:g} or more and {most:g} or less"
            yield Problem(("limits", name), what, f"write [{most:g}, {least:g}]")
            continue
        for at, step in enumerate(programme.steps):
            value = getattr(step, name, None)
            if value is not None and not least <= value <= most:
                what = f"{name} is {value:g}, outside the limits of this programme"
                yield Problem(("steps", at, name), what, f"write {least:g} to {most:g}, or change [limits]")
