"""The step `provocation`: a test that looks for a familiar feeling, at the pace of the person."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from voicecoach.meanings import THERE
from voicecoach.programme.bounds import Key
from voicecoach.programme.kinds.motion import SidedStep
from voicecoach.programme.kinds.step import Saying, explained, question_written_out


class Provocation(SidedStep, frozen=True, kw_only=True, tag="provocation"):
    """A position; then on each side moves that last until the person says that the feeling is there, and lowering.

    Both sides are told the same words, so that what is felt can be compared.
    """

    part: Literal["talk", "test"] = "test"
    position: Key
    """The question to which somebody in position says yes."""
    until_felt: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=4)]
    """Questions that each ask for a move, to which somebody says "there" once it is made."""
    lower: Key
    """The prompt after the last move of a side."""

    def says(self) -> list[str]:
        """Return the keys of the questions, and of the prompts beside them."""
        return [*(f"{question}?" for question in self.plain_answers()), self.lower, self.explanation]

    def plain_answers(self) -> dict[str, str]:
        """Return yes to the position, and "there" to each move."""
        return {self.position: "yes", **dict.fromkeys(self.until_felt, THERE)}

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: the position, then what is done on a side."""
        yield from explained(say, self.explanation)
        yield from question_written_out(self.position, say)
        yield f"(at the person's own pace{self.sides_written_out()})"
        for question in self.until_felt:
            yield f"  {say(f'{question}?', turns=True)}"
        yield f"  {say(self.lower, turns=True)}"

    def about_seconds(self) -> float:
        """Return about how long the test lasts on all its sides, in seconds."""
        sides = 2 if self.sides == "both" else 1
        return super().about_seconds() + 12 * sides * len(self.until_felt)
