"""The step `pain`: a pain score from 0 to 10."""

from typing import ClassVar

from voicecoach.meanings import SCORES
from voicecoach.programme.kinds.step import AskingStep
from voicecoach.programme.values import PLAIN_SCORE


class Pain(AskingStep, frozen=True, kw_only=True, tag="pain"):
    """A pain score from 0 to 10. The first of a programme is the start that later ones are compared with."""

    has_other_answers: ClassVar[bool] = True

    @property
    def possible_answers(self) -> tuple[str, ...]:
        """The pain scores, as answers."""
        return SCORES

    def plain_answers(self) -> dict[str, str]:
        """Return the usual pain score."""
        return {self.id: str(PLAIN_SCORE)}
