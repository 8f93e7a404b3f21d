"""Every way through a programme ends, every step is on one, and every branch tells two apart."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.flow import reachable
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme, Then


def endings(programme: Programme) -> Iterator[Problem]:
    """Yield a way that comes to no end: the last step has to end the session."""
    last = len(programme.steps) - 1
    if not isinstance(programme.steps[last], steps.Summary):
        remedy = 'add a last step with kind = "summary"'
        yield Problem(("steps", last, "kind"), "after this last step the session has no outcome", remedy)


def unreachable(programme: Programme) -> Iterator[Problem]:
    """Yield the steps that no answers lead to; of several in a row the first."""
    reached = reachable(programme)
    for at, step in enumerate(programme.steps):
        if at not in reached and at - 1 in reached:
            what = f'no answers lead to the step "{step.id}"'
            yield Problem(("steps", at, "id"), what, f'write go = "{step.id}" where they should, or remove it')


def branches(programme: Programme) -> Iterator[Problem]:
    """Yield what a branch or a summary cannot go by, and branches whose two ways are one."""
    asked: set[str] = set()
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Ask):
            asked.add(step.id)
        if not isinstance(step, steps.Branch | steps.Summary):
            continue
        for key in ("all_yes", "markers", "remarks"):
            for number, question in enumerate(getattr(step, key, ())):
                if question not in asked:
                    what = f'"{question}" is no yes/no question asked before'
                    yield Problem(("steps", at, key, number), what, "name an earlier step of the kind ask")
        if isinstance(step, steps.Branch) and _way(step.match) == _way(step.otherwise):
            what = "both ways of this branch lead to the same place"
            yield Problem(("steps", at, "otherwise"), what, "write `go` or `finish` in one of them")


def _way(then: Then) -> tuple[str | None, str | None]:
    return then.go, then.finish
