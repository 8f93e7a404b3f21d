"""The step `say`: prompts, and where they lead."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.bounds import Key
from voicecoach.programme.kinds.step import AnyStep, Saying, Then
from voicecoach.programme.values import Value


class Say(AnyStep, frozen=True, kw_only=True, tag="say"):
    """Prompts read one after the other, then a pause; `then` can lead elsewhere than to the next step."""

    goes_on: ClassVar[bool] = False

    prompts: Annotated[tuple[Key, ...], Meta(min_length=1)]
    eased: tuple[Key, ...] = ()
    """What is read instead, if anything, once the pain has had the coach ease off."""
    pause_seconds: Annotated[float, Meta(ge=0, le=120)] = 0.0
    then: Then = Then()

    def ways(self) -> dict[str, Then]:
        """Return where the step leads, by name."""
        return {"then": self.then}

    def after(self, answer: Value | None) -> Then:
        """Return where the step leads."""
        del answer
        return self.then

    def says(self) -> list[str]:
        """Return the keys of its prompts."""
        return [*self.prompts, *self.eased]

    def prompts_now(self, *, eased: bool) -> tuple[str, ...]:
        """Return the keys of the prompts that are read, where the coach has eased off or has not."""
        return self.eased if eased and self.eased else self.prompts

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: the prompts and the pause."""
        yield from map(say, self.prompts)
        yield from (f"  eased off: {say(key)}" for key in self.eased if key not in self.prompts)
        if self.pause_seconds:
            yield f"(pause of {self.pause_seconds:g} s)"
