"""Every step and every question has an id of its own."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.steps import Programme


def ids(programme: Programme) -> Iterator[Problem]:
    """Yield the ids that are taken already."""
    taken: set[str] = set()
    named: list[tuple[Place, str]] = [(("steps", at, "id"), step.id) for at, step in enumerate(programme.steps)]
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Screen):
            named += [(("steps", at, "questions", n, "id"), question.id) for n, question in enumerate(step.questions)]
    for place, name in named:
        if name in taken:
            yield Problem(place, f'another step or question has the id "{name}"', "give each its own")
        taken.add(name)
