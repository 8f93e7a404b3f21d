"""A question for a number has numbers to choose from, and rules that one of them reaches."""

from collections.abc import Iterator

from voicecoach.programme import steps
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.steps import Programme


def numbers(programme: Programme) -> Iterator[Problem]:
    """Yield the spans without numbers, and the rules outside their span."""
    for at, step in enumerate(programme.steps):
        if not isinstance(step, steps.Number):
            continue
        if step.lowest >= step.highest:
            what = f"lowest is {step.lowest} and highest is {step.highest}"
            yield Problem(("steps", at, "lowest"), what, "write the smaller number as lowest")
            continue
        for number, rule in enumerate(step.rules):
            if not step.lowest <= rule.at_least <= step.highest:
                what = f"nobody can answer {rule.at_least} here"
                remedy = f"write {step.lowest} to {step.highest}"
                yield Problem(("steps", at, "rules", number, "from"), what, remedy)
