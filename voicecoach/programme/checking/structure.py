"""All that is checked of a programme's steps by themselves, without its words and without walking through it."""

from collections.abc import Iterator

from voicecoach.programme.checking.doses import doses
from voicecoach.programme.checking.ids import ids
from voicecoach.programme.checking.jumps import jumps
from voicecoach.programme.checking.movement import movement
from voicecoach.programme.checking.numbers import numbers
from voicecoach.programme.checking.outcomes import branches, endings, unreachable
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.checking.profiles import profiles
from voicecoach.programme.checking.safety import safety
from voicecoach.programme.checking.sides import sides
from voicecoach.programme.steps import Programme

_CHECKS = (
    ids, jumps, endings, unreachable, branches, sides, safety, movement, doses, profiles, numbers,
)  # fmt: skip


def structure(programme: Programme) -> Iterator[Problem]:
    """Yield every problem of a programme's steps."""
    for check in _CHECKS:
        yield from check(programme)
