"""The step `ask`: a question to be answered yes or no."""

from typing import ClassVar

from voicecoach.programme.kinds.step import AskingStep, Then
from voicecoach.programme.values import Value


class Ask(AskingStep, frozen=True, kw_only=True, tag="ask"):
    """A yes/no question."""

    goes_on: ClassVar[bool] = False

    yes: Then = Then()
    no: Then = Then()

    @property
    def skips_to(self) -> str | None:
        """The id of the step that a no leads to, if "skip" may do the same."""
        return self.no.go

    def ways(self) -> dict[str, Then]:
        """Return what follows a yes and what follows a no."""
        return {"yes": self.yes, "no": self.no}

    def after(self, answer: Value | None) -> Then:
        """Return what follows the answer."""
        return self.yes if answer == "yes" else self.no
