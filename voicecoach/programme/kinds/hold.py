"""The step `hold`: a position, or an easy movement, kept up for a time."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.kinds.motion import TIME_LEFT_GIVEN, SidedStep, time_left
from voicecoach.programme.kinds.step import Saying, explained
from voicecoach.programme.values import Value


class Hold(SidedStep, frozen=True, kw_only=True, tag="hold"):
    """A position, or an easy movement, kept up for a time: `<id>_start` is said before it, `<id>_end` after it."""

    given: ClassVar[Mapping[str, frozenset[str]]] = TIME_LEFT_GIVEN

    seconds: Annotated[float, Meta(ge=5, le=120)]

    @property
    def starts(self) -> str:
        """The key of the prompt before the hold."""
        return f"{self.id}_start"

    @property
    def stops(self) -> str:
        """The key of the prompt after the hold."""
        return f"{self.id}_end"

    def says(self) -> list[str]:
        """Return the keys of what is said before and after the hold."""
        return [self.starts, self.stops, self.explanation]

    def values(self, key: str, names: set[str]) -> Iterator[Mapping[str, Value]]:
        """Yield the values that its prompts are given: how much of the time may be left."""
        del names
        if key == "time_left":
            yield from time_left(self.seconds)

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: what is held, and how long."""
        yield from explained(say, self.explanation)
        yield say(self.starts, turns=True)
        yield f"(held for {self.seconds:g} s{self.sides_written_out()})"
        yield say(self.stops, turns=True)

    def about_seconds(self) -> float:
        """Return about how long the hold lasts on all its sides, in seconds."""
        return super().about_seconds() + self.seconds * (2 if self.sides == "both" else 1)
