"""Every way through a programme ends, and every step is on one."""

from collections.abc import Iterator

from voicecoach.programme.checking.flow import reachable
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def endings(programme: Programme) -> Iterator[Problem]:
    """Yield a way that comes to no end: the last step has to end the session."""
    last = len(programme.steps) - 1
    if not programme.steps[last].ends:
        remedy = 'add a last step with kind = "summary"'
        yield Problem(("steps", last, "kind"), "after this last step the session has no outcome", remedy)


def unreachable(programme: Programme) -> Iterator[Problem]:
    """Yield the steps that no answers lead to; of several in a row the first."""
    reached = reachable(programme)
    for at, step in enumerate(programme.steps):
        if at not in reached and at - 1 in reached:
            what = f'no answers lead to the step "{step.id}"'
            yield Problem(("steps", at, "id"), what, f'write go = "{step.id}" where they should, or remove it')
