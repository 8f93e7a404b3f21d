"""The step `intervals`: rounds of work and rest by time."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.bounds import Key, Rounds
from voicecoach.programme.kinds.motion import (
    COUNTED_IN_TIME,
    PAIN_AFTER,
    REST_GIVEN,
    TIME_LEFT_GIVEN,
    MovingStep,
    in_a_rest,
    time_left,
)
from voicecoach.programme.kinds.step import Saying, explained
from voicecoach.programme.values import Value

_ROUNDS = frozenset({"rounds"})


class Intervals(MovingStep, frozen=True, kw_only=True, tag="intervals"):
    """Rounds of work and rest by time, each begun with the next of the prompts, and a pain score after the last.

    With `ready`, that question is put before they go on after an interruption; a yes begins the round.
    """

    counted: ClassVar[tuple[str, ...]] = ("rounds",)
    common_prompts: ClassVar[tuple[str, ...]] = ("rounds_intro", "round_intro", "rounds_done")
    given: ClassVar[Mapping[str, frozenset[str]]] = {
        **REST_GIVEN,
        **TIME_LEFT_GIVEN,
        **dict.fromkeys(("rounds_intro", "left_rounds", "summary_rounds"), _ROUNDS),
        "round_intro": _ROUNDS | {"number"},
        "stopped_in_round": frozenset({"number"}),
    }

    rounds: Rounds
    work_seconds: Annotated[float, Meta(ge=10, le=300)]
    rest_seconds: Annotated[float, Meta(ge=10, le=300)]
    prompts: Annotated[tuple[Key, ...], Meta(min_length=1)]
    ready: Key | None = None

    @property
    def keeping_time(self) -> tuple[str, ...]:
        """The keys of its counts, and of what is said in its middle."""
        return COUNTED_IN_TIME

    def says(self) -> list[str]:
        """Return the keys of what rounds begin with, and of the question after the last."""
        asked = [] if self.ready is None else [f"{self.ready}?"]
        return [*self.prompts, *asked, self.explanation, PAIN_AFTER]

    def plain_answers(self) -> dict[str, str]:
        """Return yes, with which anybody goes on after an interruption."""
        return {} if self.ready is None else {self.ready: "yes"}

    def values(self, key: str, names: set[str]) -> Iterator[Mapping[str, Value]]:
        """Yield the values that its prompts are given: the rounds, and the seconds of work and rest."""
        match key:
            case "time_left":
                yield from time_left(self.work_seconds)
            case "round_intro":
                yield from ({"number": number, "rounds": self.rounds} for number in range(1, self.rounds + 1))
            case "rounds_intro":
                yield {"rounds": self.rounds}
            case "left_rounds":
                yield from ({"rounds": left} for left in range(1, self.rounds + 1))
            case _ if names == {"seconds"}:
                yield from in_a_rest(self.rest_seconds)

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: how many rounds there are, and what they begin with."""
        yield from explained(say, self.explanation)
        yield f"({self.rounds} rounds of {self.work_seconds:g} s, {self.rest_seconds:g} s rest between them)"
        yield from map(say, self.prompts)
        if self.ready is not None:
            yield f"After an interruption: {say(f'{self.ready}?')}"
        yield say(PAIN_AFTER)

    def about_seconds(self) -> float:
        """Return about how long all rounds last, in seconds."""
        return super().about_seconds() + self.rounds * (self.work_seconds + self.rest_seconds)
