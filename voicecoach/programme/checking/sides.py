"""What is said and done about the sides of the body."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def sides(programme: Programme) -> Iterator[Problem]:
    """Yield the `side` steps after which pain on both sides is exercised with, and turns that nobody announces."""
    for at, step in enumerate(programme.steps):
        if isinstance(step, steps.Side) and step.both.finish is None:
            what = "pain on both sides is a reason not to start"
            yield Problem(("steps", at, "both"), what, 'write finish = "warning_sign"')
        if isinstance(step, steps.Exercise) and step.sides == "both" and not step.start:
            what = "the sides take turns, and nobody is told whose turn it is"
            yield Problem(("steps", at, "sides"), what, "add `start`, a prompt that says it")
