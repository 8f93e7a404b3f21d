"""The step `ask`: a question to be answered yes or no."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.step import AnyStep, AskingStep, Then
from voicecoach.programme.values import Value


class Ask(AskingStep, frozen=True, kw_only=True, tag="ask"):
    """A yes/no question.

    With `worrying`, yes is the worrying answer, and a doubt that stays counts as one. With `already`, a yes says that
    what this command tells of is there before the exercise: later it leads to the question whether it is more.
    """

    goes_on: ClassVar[bool] = False

    yes: Then = Then()
    no: Then = Then()
    worrying: bool = False
    already: Literal["pins_and_needles"] | None = None

    @property
    def skips_to(self) -> str | None:
        """The id of the step that a no leads to, if "skip" may do the same."""
        return None if self.worrying else self.no.go

    @property
    def safety_questions(self) -> tuple[str, ...]:
        """The question itself, where a yes to it is the worrying answer."""
        return (self.id,) if self.worrying else ()

    def ways(self) -> dict[str, Then]:
        """Return what follows a yes and what follows a no."""
        return {"yes": self.yes, "no": self.no}

    def after(self, answer: Value | None) -> Then:
        """Return what follows the answer."""
        if self.worrying:
            return self.no if answer == "no" else self.yes
        return self.yes if answer == "yes" else self.no

    def plain_answers(self) -> dict[str, str]:
        """Return the answer with which anybody goes on."""
        return {self.id: "no" if self.worrying else "yes"}

    def problems(self, place: Place, before: Sequence[AnyStep]) -> Iterator[Problem]:
        """Yield the problem of a question about the time before the exercise that comes after movement."""
        if self.already is not None and any(step.moves for step in before):
            what = "it asks what was there before, and somebody has moved already"
            yield Problem((*place, "already"), what, "ask it before the first step in which somebody moves")
