"""What steps in which somebody moves have in common: an explanation, sides that take turns, rests and time left."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from voicecoach.programme.bounds import First, Sides
from voicecoach.programme.kinds.step import AnyStep
from voicecoach.programme.values import SIDES, Value

REST_MARKS_SECONDS = (30, 10)
"""How much of a rest is left when that is said."""
_SECONDS = SIDES | {"seconds"}
REST_GIVEN = {"rest": _SECONDS, "rest_left": _SECONDS}
COUNTED_IN_TIME = ("count_1", "count_2", "count_3", "halfway_through", "nearly_there")
"""Prompts of a timed hold that are said at their moments."""
TIME_LEFT_GIVEN = {"time_left": _SECONDS}
PAIN_AFTER = "pain_set?"
"""The question for the pain score after a set, or after the last round."""


class MovingStep(AnyStep, frozen=True, kw_only=True):
    """A step in which somebody moves, explained by `<id>_explain`."""

    moving: ClassVar[bool] = True

    @property
    def explanation(self) -> str:
        """The key of the prompt that says what the movement is good for."""
        return f"{self.id}_explain"


class SidedStep(MovingStep, frozen=True, kw_only=True):
    """A step in which somebody moves on one side, or on one after the other."""

    sides: Sides = "sore"
    first: First = "other"

    @property
    def of_no_side(self) -> bool:
        """Whether the step is done with the whole body, so that no side is meant."""
        return self.sides == "none"

    @property
    def needs_side(self) -> bool:
        """Whether the side has to be known before the step: a side is meant, or a test is done."""
        return self.part == "test" or not self.of_no_side

    def sides_written_out(self) -> str:
        """Return which sides take part, in words."""
        return {"sore": ", sore side", "both": f", both sides, {self.first} side first", "none": ""}[self.sides]


def in_a_rest(rest_seconds: float) -> Iterator[Mapping[str, Value]]:
    """Yield the values that the prompts of a rest are given: its seconds left."""
    yield from ({"seconds": seconds} for seconds in (round(rest_seconds), *REST_MARKS_SECONDS))


def time_left(seconds: float) -> Iterator[Mapping[str, Value]]:
    """Yield the seconds that may be left of something kept up so long, rounded to the next five."""
    yield from ({"seconds": left} for left in range(5, int(seconds) + 5, 5))
