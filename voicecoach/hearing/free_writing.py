"""Free writing: the likeliest texts of an utterance, whatever was said, by the model's own decoder (beam search)."""

from collections.abc import Callable, Iterable, Mapping
from heapq import nlargest
from typing import NamedTuple

import numpy as np

from voicecoach.hearing.moonshine_network import Beginnings, Floats, Network, detokeniser
from voicecoach.hearing.phrase_tree import END_TOKEN

_WIDTH = 6
"""So many beginnings are followed at once."""
_MOST_TOKENS = 24
_MOST_WORDS = 10
"""Where the likeliest beginning is longer, somebody talks, and nothing is written."""
_LEAST = -5.0
"""Where even the likeliest beginning is less likely, it is no speech that the model knows, and nothing is written."""
_WITHIN = 4.0
"""A beginning that much less likely than a whole text, or than another beginning, is given up."""


class _Begun(NamedTuple):
    score: float
    row: int
    tokens: tuple[int, ...]


class FreeWriter:
    """Writes what it hears in plain words. `vocabulary` has the id of each token, `plain` makes a text plain."""

    def __init__(self, network: Network, vocabulary: Mapping[bytes, int], plain: Callable[[str], str]) -> None:
        self._network = network
        self._text = detokeniser(vocabulary)
        self._plain = plain

    def write(self, begun: tuple[Floats, Beginnings]) -> dict[str, float]:
        """Return the likeliest texts in plain words of the utterance that was `begun`, with their log-probabilities.

        Texts that differ in punctuation alone are one; none of more than ten words.
        """
        following, memory = begun
        live = [_Begun(0.0, 0, ())]
        whole: dict[str, float] = {}
        for _ in range(_MOST_TOKENS):
            for row, each in enumerate(live):
                text = self._read(each.tokens)
                whole[text] = float(np.logaddexp(whole.get(text, -np.inf), each.score + following[row, END_TOKEN]))
            longer = self._longer(live, following, max(whole.values()) - _WITHIN)
            if not longer:
                break
            if longer[0].score < _LEAST > max(whole.values()) or self._read(longer[0].tokens).count(" ") >= _MOST_WORDS:
                return {}
            rows = np.array([each.row for each in longer], np.int64)
            following, memory = self._network.go_on(memory.rows(rows), np.array([each.tokens[-1] for each in longer]))
            live = longer
        return dict(nlargest(_WIDTH, whole.items(), key=lambda item: item[1]))

    def _longer(self, live: Iterable[_Begun], following: Floats, least: float) -> list[_Begun]:
        """Return the likeliest beginnings with one more token, those that say the same only once."""
        likely = []
        for row, each in enumerate(live):
            scores = each.score + following[row]
            best = np.argpartition(scores, -2 * _WIDTH)[-2 * _WIDTH :]
            likely += [
                _Begun(float(scores[token]), row, (*each.tokens, int(token)))
                for token in best
                if token != END_TOKEN and scores[token] > least
            ]
        distinct: dict[str, _Begun] = {}
        likely.sort(reverse=True)
        for each in likely:
            if len(distinct) == _WIDTH or each.score < likely[0].score - _WITHIN:
                break
            distinct.setdefault(self._read(each.tokens), each)
        return list(distinct.values())

    def _read(self, tokens: Iterable[int]) -> str:
        return self._plain(self._text(tokens))
