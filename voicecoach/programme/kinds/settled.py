"""The step `settled`: whether all had settled since the last session."""

from voicecoach.programme.kinds.step import AskingStep, Then
from voicecoach.programme.values import Value


class Settled(AskingStep, frozen=True, kw_only=True, tag="settled"):
    """A yes/no question about the time after the last session, put only where there was one."""

    yes: Then = Then()
    no: Then = Then()

    def ways(self) -> dict[str, Then]:
        """Return what follows a yes and what follows a no."""
        return {"yes": self.yes, "no": self.no}

    def after(self, answer: Value | None) -> Then:
        """Return what follows the answer."""
        return self.yes if answer == "yes" else self.no
