"""The step `choose`: a question with answers of the programme's own."""

from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.bounds import Key
from voicecoach.programme.kinds.step import AskingStep, Then
from voicecoach.programme.values import Value


class Choose(AskingStep, frozen=True, kw_only=True, tag="choose"):
    """A question with named answers. How each is said stands under its name in a file of words, under `meanings`."""

    goes_on: ClassVar[bool] = False
    has_other_answers: ClassVar[bool] = True

    answers: Annotated[dict[Key, Then], Meta(min_length=2, max_length=6)]

    @property
    def own_answers(self) -> tuple[str, ...]:
        """The answers to choose from, whose words stand in the programme's own file."""
        return tuple(self.answers)

    @property
    def possible_answers(self) -> tuple[str, ...]:
        """The answers to choose from."""
        return self.own_answers

    def ways(self) -> dict[str, Then]:
        """Return what follows each answer, by the answer."""
        return {f"answers.{name}": then for name, then in self.answers.items()}

    def after(self, answer: Value | None) -> Then:
        """Return what follows the answer."""
        return self.answers[str(answer)]

    def plain_answers(self) -> dict[str, str]:
        """Return the first answer, with which anybody goes on."""
        return {self.id: next(iter(self.answers))}
