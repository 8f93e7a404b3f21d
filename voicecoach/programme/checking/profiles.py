"""A profile gives other doses to exercises that there are, and of what they have."""

import difflib
from collections.abc import Iterator

import msgspec

from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.steps import Programme


def profiles(programme: Programme) -> Iterator[Problem]:
    """Yield the doses of no exercise, and those that the exercise has no use for."""
    counted = {step.id: step.counted for step in programme.steps if step.counted}
    for profile, doses in programme.profiles.items():
        for step_id, dose in doses.items():
            place: Place = ("profiles", profile, step_id)
            if step_id not in counted:
                near = difflib.get_close_matches(step_id, counted, 1)
                remedy = f"write `{near[0]}`" if near else "leave it out"
                yield Problem(place, f'there is no exercise "{step_id}"', remedy, at_key=True)
                continue
            for name, value in msgspec.structs.asdict(dose).items():
                if value is not None and name not in counted[step_id]:
                    what = f'"{step_id}" has no {name}'
                    yield Problem((*place, name), what, f"write {' or '.join(counted[step_id])}", at_key=True)
