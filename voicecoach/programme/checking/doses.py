"""Holds, repetitions and sets keep to the limits that the programme declares, in its profiles too."""

from collections.abc import Iterator

import msgspec

from voicecoach.programme.checking.problem import Place, Problem
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
        for place, value in _asked(programme, name):
            if not least <= value <= most:
                what = f"{name} is {value:g}, outside the limits of this programme"
                yield Problem(place, what, f"write {least:g} to {most:g}, or change [limits]")


def _asked(programme: Programme, name: str) -> Iterator[tuple[Place, float]]:
    """Yield all that the steps and the profiles ask for of `name`, and where."""
    for at, step in enumerate(programme.steps):
        yield from ((("steps", at, *place), value) for place, value in step.asked_for(name))
    known = {step.id for step in programme.steps if name in step.counted}
    for profile, asked in programme.profiles.items():
        for step_id, dose in asked.items():
            value = getattr(dose, name, None) if step_id in known else None
            if value is not None:
                yield ("profiles", profile, step_id, name), value
