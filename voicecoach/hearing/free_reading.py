"""Free reading: what an utterance means that no phrase explains, from the texts that a recogniser writes for it."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from voicecoach.grammar import Reader
from voicecoach.hearing.judgement import CLEAREST
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.meanings import DISTRESS

_TAKEN_SHARE = 0.4
_SURE_SHARE = 0.6
"""How much of the probability of all texts that were written those must have that mean it."""
_OUTDONE = 4.0
"""So much likelier it must be than any other meaning."""
_ALARM = 0.7
"""The confidence in a word of distress that was written among others: enough to ask whether it was said."""
_LEAST_PROBABILITY = math.exp(-5.0)
"""Of those texts together; less is no speech that the engine knows."""


def weighed(verdict: Verdict, phrases: Sequence[Phrase], reader: Reader) -> Verdict:
    """Return the verdict on an utterance together with what a reader makes of its texts, if they were written.

    A meaning that was not sure is surely meant where the texts say the same in other words, and has to be checked where
    they say something else. A phrase that was listened for is no surer for being written. The confidence is the texts'
    share of the probability of all. A word of distress among others is never read over.
    """
    if not verdict.written:
        return verdict
    active = frozenset(phrase.meaning for phrase in phrases)
    alarmed = _alarm(verdict, active, reader)
    if alarmed is not None:
        return alarmed
    chances: dict[str | None, float] = defaultdict(float)
    best_words: dict[str, str] = {}
    worse = phrases[0].worse
    for text in verdict.written:
        meaning = reader.read(text.words, active, worse) or reader.read(text.mended, active, worse)
        chances[meaning] += text.probability
        if meaning is not None:
            best_words.setdefault(meaning, text.words)
    meaning = max(best_words, key=chances.__getitem__, default=None)
    if meaning is None:
        return verdict
    chance, other = chances[meaning], max((chances[m] for m in best_words if m != meaning), default=0.0)
    share = chance / sum(chances.values())
    if share < _TAKEN_SHARE or chance < max(_LEAST_PROBABILITY, _OUTDONE * other):
        return verdict
    listened_for = {spelling for phrase in phrases for spelling in phrase.spellings}
    if best_words[meaning] in listened_for:
        return verdict
    sure = share >= _SURE_SHARE and verdict.meaning in (None, meaning)
    margin = min(math.log(chance / other), CLEAREST) if other else CLEAREST
    return replace(
        verdict, meaning=meaning, words=best_words[meaning], score=math.log(chance), margin=margin, confidence=share,
        sure=sure, among_others=False,
    )  # fmt: skip


def _alarm(verdict: Verdict, active: frozenset[str], reader: Reader) -> Verdict | None:
    """Return the verdict, never sure, on a word of distress that is among what was written; None: there is none."""
    if verdict.meaning in DISTRESS:
        return None
    alarms = [(reader.alarm(text.words, active), text) for text in verdict.written]
    likely = max((one for one in alarms if one[0] is not None), key=lambda one: one[1].probability, default=None)
    if likely is None:
        return None
    meaning, text = likely
    chance = sum(one.probability for said, one in alarms if said == meaning)
    if chance < max(_LEAST_PROBABILITY, _TAKEN_SHARE * sum(one.probability for _, one in alarms)):
        return None
    return replace(
        verdict, meaning=meaning, words=text.words, score=math.log(chance), margin=0.0, confidence=_ALARM, sure=False,
        among_others=True,
    )  # fmt: skip
