"""The step `number`: a question for a number."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from voicecoach.meanings import SCORES, Worse
from voicecoach.programme.bounds import Score
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.step import AnyStep, AskingStep, Saying, Then
from voicecoach.programme.values import PLAIN_SCORE, Value


class NumberRule(Then, frozen=True, kw_only=True, rename={"at_least": "from"}):
    """What follows a number of at least so much."""

    at_least: Score


class Number(AskingStep, frozen=True, kw_only=True, tag="number"):
    """A question for a small number, kept under the step's id. Of the rules, the highest one reached is followed."""

    has_other_answers: ClassVar[bool] = True

    lowest: Score = 0
    highest: Score = 10
    worse: Worse = "higher"
    """Which numbers are the worse ones: of "four or five" the worse one is taken."""
    rules: tuple[NumberRule, ...] = ()

    @property
    def possible_answers(self) -> tuple[str, ...]:
        """The numbers from its least to its greatest, as answers."""
        return SCORES

    def ways(self) -> dict[str, Then]:
        """Return what follows each rule, by the rule's place."""
        return {f"rules.{at}": rule for at, rule in enumerate(self.rules)}

    def after(self, answer: Value | None) -> Then:
        """Return what follows the highest rule that the number reaches."""
        reached = [rule for rule in self.rules if int(answer or 0) >= rule.at_least]
        return max(reached, key=lambda rule: rule.at_least, default=Then())

    def problems(self, place: Place, before: Sequence[AnyStep]) -> Iterator[Problem]:
        """Yield the problems of a span without numbers, and of rules outside of it, which no number reaches."""
        del before
        if self.lowest >= self.highest:
            what = f"lowest is {self.lowest} and highest is {self.highest}"
            yield Problem((*place, "lowest"), what, "write the smaller number as lowest")
            return
        for at, rule in enumerate(self.rules):
            if not self.lowest <= rule.at_least <= self.highest:
                what = f"nobody can answer {rule.at_least} here"
                yield Problem((*place, "rules", at, "from"), what, f"write {self.lowest} to {self.highest}")

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: the question, and which numbers are the worse ones where it is the lower."""
        yield from super().written_out(say)
        if self.worse == "lower":
            yield "  the lower number is the worse one"

    def plain_answers(self) -> dict[str, str]:
        """Return the usual pain score, or the number that is nearest to it."""
        return {self.id: str(min(max(PLAIN_SCORE, self.lowest), self.highest))}
