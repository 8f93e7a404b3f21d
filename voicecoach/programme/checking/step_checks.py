"""Checks of a programme's steps: ids, jumps, ends, doses, and that nobody moves before the screening."""

import difflib
from collections.abc import Callable, Iterator
from operator import attrgetter

import msgspec

from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.steps import Pain, Programme, Screen, Side, Step


def answer_place(at: int, answer: str) -> Place:
    """Return where in a file stands what follows an answer, by its name in a step's `ways`, such as `rules.2`."""
    return ("steps", at, *(int(part) if part.isdigit() else part for part in answer.split(".")))


def ways_on(programme: Programme, at: int) -> Iterator[int]:
    """Yield the indices of the steps that can follow a step; a way to a step that does not exist is none."""
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


def ids(programme: Programme) -> Iterator[Problem]:
    """Yield the problem of each id that is taken already."""
    taken: set[str] = set()
    named = [(("steps", at, *place), name) for at, step in enumerate(programme.steps) for place, name in step.names()]
    for place, name in sorted(named, key=lambda one: len(one[0])):  # a question gives way to a step
        if name in taken:
            yield Problem(place, f'another step or question has the id "{name}"', "give each its own")
        taken.add(name)


def jumps(programme: Programme) -> Iterator[Problem]:
    """Yield the problems of jumps that lead nowhere or back, and of answers that both go on and end."""
    known = [step.id for step in programme.steps]
    for at, step in enumerate(programme.steps):
        for name, then in step.ways().items():
            place = answer_place(at, name)
            if then.profile is not None and then.profile not in programme.profiles:
                what = f'there is no profile "{then.profile}"'
                yield Problem((*place, "profile"), what, f"write [profiles.{then.profile}], or leave it out")
            if then.go is None:
                continue
            if then.finish is not None:
                yield Problem(place, "`go` goes on and `finish` ends the session", "leave one of them out")
            if then.go in known[at + 1 :]:
                continue
            near = difflib.get_close_matches(then.go, known[at + 1 :], 1)
            if then.go in known:
                what = f'go = "{then.go}" goes back, and could do so for ever'
                yield Problem((*place, "go"), what, "name a later step")
            else:
                remedy = f'write go = "{near[0]}"' if near else "name a later step"
                yield Problem((*place, "go"), f'there is no step "{then.go}"', remedy)


def endings(programme: Programme) -> Iterator[Problem]:
    """Yield the problem of a way that comes to no end: the last step has to end the session."""
    last = len(programme.steps) - 1
    if not programme.steps[last].ends:
        remedy = 'add a last step with kind = "summary"'
        yield Problem(("steps", last, "kind"), "after this last step the session has no outcome", remedy)


def unreachable(programme: Programme) -> Iterator[Problem]:
    """Yield the problem of steps that no answers lead to; of several in a row the first."""
    reached = reachable(programme)
    for at, step in enumerate(programme.steps):
        if at not in reached and at - 1 in reached:
            what = f'no answers lead to the step "{step.id}"'
            yield Problem(("steps", at, "id"), what, f'write go = "{step.id}" where they should, or remove it')


def profiles(programme: Programme) -> Iterator[Problem]:
    """Yield the problems of a profile's doses: those of no exercise, and those that the exercise has no use for."""
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


def doses(programme: Programme) -> Iterator[Problem]:
    """Yield the problems of doses outside the declared limits, and of limits that nothing can keep to."""
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
    """Yield all values of `name` that the steps and the profiles ask for, and where."""
    for at, step in enumerate(programme.steps):
        yield from ((("steps", at, *place), value) for place, value in step.asked_for(name))
    known = {step.id for step in programme.steps if name in step.counted}
    for profile, asked in programme.profiles.items():
        for step_id, dose in asked.items():
            value = getattr(dose, name, None) if step_id in known else None
            if value is not None:
                yield ("profiles", profile, step_id, name), value


_NEEDED: tuple[tuple[type[Step], str, Callable[[Step], bool]], ...] = (
    (Screen, "screening", attrgetter("needs_screening")),
    (Pain, "a pain score", attrgetter("needs_screening")),
    (Side, "the side", attrgetter("needs_side")),
)
"""What has to be over, what it is called, and before which steps."""


def safety(programme: Programme) -> Iterator[Problem]:
    """Yield a problem for each step in which somebody would move before screening, pain score and side are known."""
    for kind, why, needs in _NEEDED:
        early = possible_without(programme, kind)
        for at in [at for at, step in enumerate(programme.steps) if at in early and needs(step)][:1]:
            step, name = programme.steps[at], kind.__name__.lower()
            what = f'something moves in step "{step.id}"' if step.moves else f'step "{step.id}" begins'
            remedy = f'put a step with kind = "{name}" before it, on every way to it'
            yield Problem(("steps", at, "id"), f"{what} before {why}", remedy)


_CHECKS = (ids, jumps, endings, unreachable, safety, doses, profiles)


def structure(programme: Programme) -> Iterator[Problem]:
    """Yield every problem of a programme's steps."""
    for check in _CHECKS:
        yield from check(programme)
    for at, step in enumerate(programme.steps):
        yield from step.problems(("steps", at), programme.steps[:at])
