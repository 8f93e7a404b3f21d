"""Questions to be answered yes or no."""

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
        """The step that a no leads to."""
        return self.no.go

    def ways(self) -> dict[str, Then]:
        """Return both ways."""
        return {"yes": self.yes, "no": self.no}

    def after(self, answer: Value | None) -> Then:
        """Return the way of the answer."""
        return self.yes if answer == "yes" else self.no
