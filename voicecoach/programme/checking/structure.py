"""All that is checked of a programme's steps by themselves, without its words and without walking through it."""

from collections.abc import Iterator

from voicecoach.programme.checking.doses import doses
from voicecoach.programme.checking.ids import ids
from voicecoach.programme.checking.jumps import jumps
from voicecoach.programme.checking.outcomes import endings, unreachable
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.checking.profiles import profiles
from voicecoach.programme.checking.safety import safety
from voicecoach.programme.steps import Programme

_CHECKS = (ids, jumps, endings, unreachable, safety, doses, profiles)


def structure(programme: Programme) -> Iterator[Problem]:
    """Yield every problem of a programme's steps."""
    for check in _CHECKS:
        yield from check(programme)
    for at, step in enumerate(programme.steps):
        yield from step.problems(("steps", at), programme.steps[:at])
