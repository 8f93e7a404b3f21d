"""The step `summary`: what was done in the session, which ends with it."""

from collections.abc import Iterator
from typing import ClassVar

from voicecoach.programme.kinds.mentions import MentioningStep
from voicecoach.programme.kinds.step import Saying, Then
from voicecoach.programme.values import Value


class Summary(MentioningStep, frozen=True, kw_only=True, tag="summary"):
    """Says what was done and how the pain changed, then ends the session as complete.

    `markers` and `remarks` name questions that are mentioned, as in a branch.
    """

    goes_on: ClassVar[bool] = False
    ends: ClassVar[bool] = True

    def after(self, answer: Value | None) -> Then:
        """Return the end of the session as complete."""
        del answer
        return Then(say=("settle",), finish="complete")

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: what is told, and what is mentioned."""
        yield "(what was done, and the pain before and after)"
        yield from self.mentions_written_out(say)
