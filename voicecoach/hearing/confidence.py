"""From an engine's scores to a probability that means the same for every engine; no sound here."""

import math
import tomllib
from pathlib import Path

import msgspec

from voicecoach.hearing.contract import Phrase, Verdict

CONFIDENCE_FILE = Path(__file__).with_name("confidence.toml")
CLEAREST = 4.0
"""A greater margin says no more."""


class Fitted(msgspec.Struct, frozen=True):
    """A logistic regression of "this was said" on an engine's score and margin; scripts/calibrate fits it."""

    bias: float
    score: float
    margin: float

    def confidence(self, score: float, margin: float) -> float:
        """Return the probability, 0 to 1, that what got this score and this margin was said."""
        logit = self.bias + self.score * score + self.margin * max(-CLEAREST, min(margin, CLEAREST))
        return 1 / (1 + math.exp(-logit))

    def verdict(self, phrase: Phrase, words: str, score: float, margin: float, *, unrivalled: bool = True) -> Verdict:
        """Return whether `phrase`, said in these words, is taken, and surely; without `unrivalled` it is not."""
        confidence = self.confidence(score, margin)
        taken = unrivalled and confidence >= phrase.accept_above
        sure = taken and confidence >= phrase.sure_above and words not in phrase.never_sure
        return Verdict(phrase.meaning if taken else None, words, score, margin, confidence, sure)


FITTED = msgspec.convert(tomllib.loads(CONFIDENCE_FILE.read_text(encoding="utf-8")), dict[str, Fitted])


def lowered(confidence: float, by: float) -> float:
    """Return a confidence, between 0 and 1, with its logarithmic odds lower `by` so much."""
    return 1 / (1 + math.exp(by) * (1 - confidence) / confidence)
