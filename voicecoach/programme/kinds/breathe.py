"""The step `breathe`: breathing in time."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.bounds import Rounds
from voicecoach.programme.kinds.step import AnyStep, Saying, explained
from voicecoach.programme.values import Value

_ROUNDS = frozenset({"rounds"})
BreathSeconds = Annotated[float, Meta(ge=2, le=12)]


class Breathe(AnyStep, frozen=True, kw_only=True, tag="breathe"):
    """So many breaths, in and out for so many seconds each, said and ticked. Nobody moves; it follows the screening."""

    common_prompts: ClassVar[tuple[str, ...]] = ("breathe_intro", "breathe_in", "breathe_out", "breathe_done")
    given: ClassVar[Mapping[str, frozenset[str]]] = dict.fromkeys(("breathe_intro", "breathe_left"), _ROUNDS)

    in_seconds: BreathSeconds
    out_seconds: BreathSeconds
    rounds: Rounds

    @property
    def needs_screening(self) -> bool:
        """Whether the screening has to be over before it: always, as before an exercise."""
        return True

    @property
    def explanation(self) -> str:
        """The prompt that says what the breathing is good for."""
        return "breathe_explain"

    @property
    def keeping_time(self) -> tuple[str, ...]:
        """The keys of what is said at the beginning of each breath in and out."""
        return ("breathe_in", "breathe_out")

    def values(self, key: str, names: set[str]) -> Iterator[Mapping[str, Value]]:
        """Yield the values that its prompts are given: how many breaths there are, and how many may be left."""
        del names
        if key in self.given:
            yield from ({"rounds": left} for left in range(1, self.rounds + 1))

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: how long the breaths are, and what is said."""
        yield from explained(say, self.explanation)
        yield f"({self.rounds} x {self.in_seconds:g} s in, {self.out_seconds:g} s out)"
        yield from map(say, self.common_prompts[1:])

    def about_seconds(self) -> float:
        """Return about how long all breaths last, in seconds."""
        return super().about_seconds() + self.rounds * (self.in_seconds + self.out_seconds)
