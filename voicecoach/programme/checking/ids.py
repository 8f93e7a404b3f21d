"""Every step and every question has an id of its own."""

from collections.abc import Iterator

from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def ids(programme: Programme) -> Iterator[Problem]:
    """Yield the ids that are taken already."""
    taken: set[str] = set()
    named = [(("steps", at, *place), name) for at, step in enumerate(programme.steps) for place, name in step.names()]
    for place, name in sorted(named, key=lambda one: len(one[0])):  # a question gives way to a step
        if name in taken:
            yield Problem(place, f'another step or question has the id "{name}"', "give each its own")
        taken.add(name)
