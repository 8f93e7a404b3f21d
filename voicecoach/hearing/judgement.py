"""What the scores of one utterance come to: taken or not, sure or not; no sound and no engine."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from voicecoach.hearing.contract import Phrase, Verdict
from voicecoach.hearing.phrase_tree import PRUNE_BELOW
from voicecoach.hearing.writing import RIVALS

SURE_MARGIN = 2.0
LEAST_MARGIN = 0.5
DOUBT_REACHES_BELOW = 1.5
HOPELESS_MARGIN = -4.0
LIKELY_WITHIN = 6.0
MOST_LIKELY = 8
NOTHING = Verdict(None, "", -math.inf, math.inf, False)

Look = Mapping[str, float]
"""The corrected log-probability of each spelling in one rendering of the utterance; one left out is unlikely."""


def judge(scores: Sequence[Look], phrases: Sequence[Phrase]) -> Verdict:
    """Return the verdict on one or more looks; the score of a meaning is its mean over them.

    A meaning is taken that reaches its threshold, is clear of the other meanings and not outdone by a rival word.
    """
    ranked = sorted(((_score(scores, phrase.spellings), i) for i, phrase in enumerate(phrases)), reverse=True)
    best, index = ranked[0]
    phrase = phrases[index]
    if best <= PRUNE_BELOW:
        return NOTHING
    active = {spelling for phrase in phrases for spelling in phrase.spellings}
    rival = max((_score(scores, (word,)) for word in RIVALS if word not in active), default=PRUNE_BELOW)
    second = ranked[1][0] if len(ranked) > 1 else -math.inf
    margin = best - max(second, rival)
    taken = best >= phrase.accept_above and best - second >= LEAST_MARGIN and best >= rival
    sure = taken and best >= phrase.sure_above and margin >= SURE_MARGIN
    words = max(phrase.spellings, key=lambda spelling: _score(scores, (spelling,)))
    return Verdict(phrase.meaning if taken else None, words, min(best, 0.0), margin, sure)


def is_doubtful(verdict: Verdict, phrases: Sequence[Phrase]) -> bool:
    """Say whether a second look might change `verdict`."""
    threshold = next((phrase.accept_above for phrase in phrases if verdict.words in phrase.spellings), 0.0)
    return not verdict.sure and verdict.score > threshold - DOUBT_REACHES_BELOW and verdict.margin > HOPELESS_MARGIN


def likely_spellings(look: Look) -> list[str]:
    """Return the spellings, rivals among them, that are worth another look."""
    least = max(look.values(), default=0.0) - LIKELY_WITHIN
    likely = sorted((spelling for spelling, score in look.items() if score >= least), key=look.__getitem__)
    return likely[-MOST_LIKELY:]


def _score(scores: Sequence[Look], spellings: Sequence[str]) -> float:
    each = [float(np.logaddexp.reduce([look.get(spelling, -math.inf) for spelling in spellings])) for look in scores]
    return sum(max(total, PRUNE_BELOW) for total in each) / len(each)
