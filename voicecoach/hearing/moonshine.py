"""The embedded English recogniser: Moonshine tiny says how likely each phrase is that means something now."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from voicecoach.hearing import looks
from voicecoach.hearing.byte_pairs import BytePairs, read_vocabulary
from voicecoach.hearing.contract import SAMPLES_PER_SECOND, Phrase, Samples, Verdict
from voicecoach.hearing.model_files import check_files, installed_folder, read_model
from voicecoach.hearing.network import Network
from voicecoach.hearing.phrase_tree import PRUNE_BELOW, Node, build_tree, score_spellings
from voicecoach.hearing.writing import written_forms

NAME = "moonshine-tiny-en"
SURE_MARGIN = 2.0
DOUBT_REACHES_BELOW = 3.0
LONGEST_SAMPLES = 8 * SAMPLES_PER_SECOND
QUIETEST_LEVEL = 0.0005
NOTHING = Verdict(None, "", -math.inf, math.inf, False)


class Moonshine:
    """A Recogniser that scores the active phrases instead of writing freely.

    Loads the model from `folder`, or from the installed wheel; raises VoicecoachError where a file of it is missing or
    damaged. One thread; a doubtful utterance is looked at four times.
    """

    name = NAME

    def __init__(self, folder: Path | None = None) -> None:
        model = read_model(NAME)
        place = folder if folder is not None else installed_folder(model)
        check_files(model, place)
        self._network = Network(place)
        self._tokenise = BytePairs(read_vocabulary(place / "tokenizer.bin")).tokenise
        self._trees: dict[tuple[str, ...], Node] = {}

    def decide(self, samples: Samples, phrases: Sequence[Phrase]) -> Verdict:
        """Return which of `phrases` the whole of `samples`, shape (n,), is; meaning None for silence or other words.

        Only the first eight seconds are listened to.
        """
        sound = np.ascontiguousarray(samples[:LONGEST_SAMPLES], np.float32)
        if not phrases or looks.level(sound) < QUIETEST_LEVEL:
            return NOTHING
        tree = self._tree(phrases)
        renderings = looks.renderings(sound)
        scores = [score_spellings(self._network, next(renderings), tree)]
        verdict = judge(scores, phrases)
        if _doubtful(verdict, phrases):
            scores += [score_spellings(self._network, rendering, tree) for rendering in renderings]
            verdict = judge(scores, phrases)
        return verdict

    def _tree(self, phrases: Sequence[Phrase]) -> Node:
        spellings = tuple(dict.fromkeys(spelling for phrase in phrases for spelling in phrase.spellings))
        if spellings not in self._trees:
            self._trees[spellings] = build_tree(spellings, written_forms, self._tokenise)
        return self._trees[spellings]


def judge(scores: Sequence[dict[str, float]], phrases: Sequence[Phrase]) -> Verdict:
    """Return the verdict on one or more looks' log-probabilities by spelling: each meaning has its mean over looks."""
    means = sorted(((_mean(scores, phrase), i) for i, phrase in enumerate(phrases)), reverse=True)
    best, index = means[0]
    phrase = phrases[index]
    if best <= PRUNE_BELOW:
        return NOTHING
    margin = best - means[1][0] if len(means) > 1 else math.inf
    words = max(phrase.spellings, key=lambda spelling: sum(look.get(spelling, PRUNE_BELOW) for look in scores))
    taken = best >= phrase.accept_above
    sure = taken and best >= phrase.sure_above and margin >= SURE_MARGIN
    return Verdict(phrase.meaning if taken else None, words, best, margin, sure)


def _mean(scores: Sequence[dict[str, float]], phrase: Phrase) -> float:
    each = [np.logaddexp.reduce([look.get(s, -math.inf) for s in phrase.spellings]) for look in scores]
    return sum(max(float(total), PRUNE_BELOW) for total in each) / len(each)


def _doubtful(verdict: Verdict, phrases: Sequence[Phrase]) -> bool:
    lowest = min(phrase.accept_above for phrase in phrases)
    return not verdict.sure and verdict.score > lowest - DOUBT_REACHES_BELOW
