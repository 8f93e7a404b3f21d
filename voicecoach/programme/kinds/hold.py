"""The step `hold`: a position, or an easy movement, kept up for a time."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.bounds import Key, Seconds
from voicecoach.programme.checking.problem import Place
from voicecoach.programme.kinds.motion import COUNTED_IN_TIME, TIME_LEFT_GIVEN, SidedStep, time_left
from voicecoach.programme.kinds.step import Saying, explained
from voicecoach.programme.values import Value


class Hold(SidedStep, frozen=True, kw_only=True, tag="hold"):
    """A position, or an easy movement, kept up for a time: `<id>_start` is said before it, `<id>_end` after it.

    With `ready`, that question is put before each side's turn, and again after each interruption; a yes begins it.
    """

    given: ClassVar[Mapping[str, frozenset[str]]] = TIME_LEFT_GIVEN

    seconds: Annotated[float, Meta(ge=5, le=120)]

    ready: Key | None = None
    patience_seconds: Seconds = 12.0
    """How long the person has for that before it is asked again."""

    @property
    def starts(self) -> str:
        """The key of the prompt before the hold."""
        return f"{self.id}_start"

    @property
    def stops(self) -> str:
        """The key of the prompt after the hold."""
        return f"{self.id}_end"

    @property
    def keeping_time(self) -> tuple[str, ...]:
        """The keys of its counts, and of what is said in its middle."""
        return COUNTED_IN_TIME

    def says(self) -> list[str]:
        """Return the keys of what is said before and after the hold."""
        asked = [] if self.ready is None else [f"{self.ready}?"]
        return [*asked, self.starts, self.stops, self.explanation]

    def values(self, key: str, names: set[str]) -> Iterator[Mapping[str, Value]]:
        """Yield the values that its prompts are given: how much of the time may be left."""
        del names
        if key == "time_left":
            yield from time_left(self.seconds)

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: what is held, and how long."""
        yield from explained(say, self.explanation)
        if self.ready is not None:
            yield say(f"{self.ready}?", turns=True)
        yield say(self.starts, turns=True)
        yield f"(held for {self.seconds:g} s{self.sides_written_out()})"
        yield say(self.stops, turns=True)

    def names(self) -> Iterator[tuple[Place, str]]:
        """Yield the ids of the step and of its question, each with its place."""
        yield from super().names()
        if self.ready is not None:
            yield ("ready",), self.ready

    def plain_answers(self) -> dict[str, str]:
        """Return yes, with which anybody goes on."""
        return {} if self.ready is None else {self.ready: "yes"}

    def about_seconds(self) -> float:
        """Return about how long the hold lasts on all its sides, in seconds."""
        return super().about_seconds() + self.seconds * (2 if self.sides == "both" else 1)
