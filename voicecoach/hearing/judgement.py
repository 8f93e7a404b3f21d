"""From an utterance's scores to a verdict, with a confidence that means the same for all engines."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from voicecoach.hearing.keyword_spotting import Spotted
from voicecoach.hearing.phrase_tree import PRUNE_BELOW
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.transcription import RIVALS

CONFIDENCE_FILE = Path(__file__).with_name("confidence.toml")
CLEAREST = 4.0
"""A greater margin says no more."""


class Fitted(msgspec.Struct, frozen=True):
    """A logistic regression of "this was said" on an engine's score and margin; scripts/calibrate fits it."""

    bias: float
    score: float
    margin: float

    def confidence(self, score: float, margin: float) -> float:
        """Return the probability, 0 to 1, that a phrase with this score and this margin was said."""
        logit = self.bias + self.score * score + self.margin * max(-CLEAREST, min(margin, CLEAREST))
        return 1 / (1 + math.exp(-logit))

    def verdict(self, phrase: Phrase, words: str, score: float, margin: float, *, unrivalled: bool = True) -> Verdict:
        """Return the verdict on `phrase`, said in these words: taken or not, sure or not; never taken if rivalled."""
        confidence = self.confidence(score, margin)
        taken = unrivalled and confidence >= phrase.accept_above
        sure = taken and confidence >= phrase.sure_above and words not in phrase.never_sure
        return Verdict(phrase.meaning if taken else None, words, score, margin, confidence, sure)


FITTED = msgspec.convert(tomllib.loads(CONFIDENCE_FILE.read_text(encoding="utf-8")), dict[str, Fitted])


def lowered(confidence: float, by: float) -> float:
    """Return a confidence, between 0 and 1, with its log-odds lowered `by` so much."""
    return 1 / (1 + math.exp(by) * (1 - confidence) / confidence)


LEAST_MARGIN = 0.5
LIKELY_WITHIN = 6.0
MOST_LIKELY = 8
DOUBT = 0.03, 0.96
"""A second look is worth it where the first one's confidence lies between these."""
NOTHING = Verdict(None, "", -math.inf, math.inf, 0.0, False)

Look = Mapping[str, float]
"""The corrected log-probability of each spelling in one rendering of the utterance; one left out is unlikely."""


def judge(scores: Sequence[Look], phrases: Sequence[Phrase]) -> Verdict:
    """Return the verdict on one or more looks at an utterance; the score of a meaning is its mean over them.

    The likeliest meaning is taken where the confidence in it reaches its threshold and no other is about as likely. An
    urgent one, which is acted on at once, may not be outdone by a rival word either.
    """
    ranked = sorted(((_score(scores, phrase.spellings), i) for i, phrase in enumerate(phrases)), reverse=True)
    best, index = ranked[0]
    phrase = phrases[index]
    if best <= PRUNE_BELOW:
        return NOTHING
    active = {spelling for phrase in phrases for spelling in phrase.spellings}
    rival = max((_score(scores, (word,)) for word in RIVALS if word not in active), default=PRUNE_BELOW)
    second = ranked[1][0] if len(ranked) > 1 else PRUNE_BELOW
    words = max(phrase.spellings, key=lambda spelling: _score(scores, (spelling,)))
    margin = best - max(second, rival)
    unrivalled = best - second >= LEAST_MARGIN and (best >= rival or not phrase.urgent)
    return FITTED["moonshine"].verdict(phrase, words, min(best, 0.0), margin, unrivalled=unrivalled)


def judge_keyword(spotted: Spotted, phrases: Sequence[Phrase], otherwise: Verdict) -> Verdict:
    """Return the verdict that a keyword's meaning was said, never surely; `otherwise` where it is not likely enough."""
    phrase = next(phrase for phrase in phrases if spotted.keyword in phrase.keywords)
    if otherwise.meaning == phrase.meaning:
        return otherwise
    verdict = FITTED["moonshine"].verdict(phrase, spotted.keyword, min(spotted.score, 0.0), 0.0)
    return otherwise if verdict.meaning is None else replace(verdict, sure=False, among_others=True)


def is_doubtful(verdict: Verdict) -> bool:
    """Whether a second look at the utterance might change `verdict`."""
    least, most = DOUBT
    return least < verdict.confidence < most


def likely_spellings(look: Look) -> list[str]:
    """Return the spellings, rivals among them, that are worth another look at the utterance."""
    least = max(look.values(), default=0.0) - LIKELY_WITHIN
    likely = sorted((spelling for spelling, score in look.items() if score >= least), key=look.__getitem__)
    return likely[-MOST_LIKELY:]


def _score(scores: Sequence[Look], spellings: Sequence[str]) -> float:
    each = [float(np.logaddexp.reduce([look.get(spelling, -math.inf) for spelling in spellings])) for look in scores]
    return sum(max(total, PRUNE_BELOW) for total in each) / len(each)
