"""The step `side`: which side hurts."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.step import AnyStep, AskingStep, Then
from voicecoach.programme.values import Value

BOTH = "both"


class Side(AskingStep, frozen=True, kw_only=True, tag="side"):
    """Which side hurts. Both sides is a reason not to start."""

    has_other_answers: ClassVar[bool] = True

    both: Then

    @property
    def possible_answers(self) -> tuple[str, ...]:
        """The sides, as answers."""
        return ("left", "right", BOTH)

    def ways(self) -> dict[str, Then]:
        """Return what follows pain on both sides."""
        return {"both": self.both}

    def after(self, answer: Value | None) -> Then:
        """Return what follows both sides; after one side, the next step."""
        return self.both if answer == BOTH else Then()

    def problems(self, place: Place, before: Sequence[AnyStep]) -> Iterator[Problem]:
        """Yield the problem that somebody with pain on both sides would exercise."""
        del before
        if self.both.finish is None:
            what = "pain on both sides is a reason not to start"
            yield Problem((*place, "both"), what, 'write finish = "warning_sign"')

    def plain_answers(self) -> dict[str, str]:
        """Return the left side."""
        return {self.id: "left"}
