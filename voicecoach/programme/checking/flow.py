"""Where a programme goes from each step, and which steps it can come to; no check lives here."""

from collections.abc import Iterator

from voicecoach.programme.checking.problem import Place
from voicecoach.programme.steps import Programme


def answer_place(at: int, answer: str) -> Place:
    """Return the place of what follows an answer, by its name from a step's `ways`, such as `yes` or `rules.2`."""
    return ("steps", at, *(int(part) if part.isdigit() else part for part in answer.split(".")))


def ways_on(programme: Programme, at: int) -> Iterator[int]:
    """Yield the steps that can follow a step; a way to a step that does not exist is none."""
    step = programme.steps[at]
    places = {known.id: place for place, known in enumerate(programme.steps)}
    follows = step.ways().values()
    for then in follows:
        if then.go in places:
            yield places[then.go]
    falls_through = step.goes_on or any(then.go is None and then.finish is None for then in follows)
    if falls_through and at + 1 < len(programme.steps):
        yield at + 1


def reachable(programme: Programme, without: type | None = None) -> frozenset[int]:
    """Return the steps that a session can come to, where it need not go through a step of the kind `without`."""
    reached: set[int] = set()
    waiting = [0]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            if without is None or not isinstance(programme.steps[at], without):
                waiting += ways_on(programme, at)
    return frozenset(reached)


def possible_without(programme: Programme, kind: type) -> frozenset[int]:
    """Return the steps that a session can come to before any step of this kind is over."""
    return reachable(programme, without=kind)
