"""Keyword spotting: the model writes an utterance freely, and at each of its words every keyword is weighed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

import numpy as np

from voicecoach.hearing.moonshine_network import Beginnings, Floats, Network, detokeniser
from voicecoach.hearing.phrase_tree import CREDIT_PER_TOKEN, END_TOKEN, Node

_PRUNE_BELOW = -4.0
_MOST_TOKENS = 16
_MOST_BRANCHES = 4
_NOT = frozenset({"not", "never", "without", "don't", "doesn't", "didn't", "haven't", "isn't", "aren't"})
_NOT_WITHIN_WORDS = 3
_SPEAKER = frozenset({"i", "my", "me"})
_AT_ONCE_WORDS = 4


@dataclass(frozen=True)
class Spotted:
    """A keyword found in an utterance, its corrected log-probability, and what the model wrote `before` it."""

    keyword: str
    score: float
    before: str


class _Open(NamedTuple):
    """A keyword begun at a decoder's `row`; the model had written `since` tokens before it."""

    row: int
    node: Node
    score: float
    since: int
    depth: int = 0


def _go_on(rows: Sequence[_Open], following: Floats) -> Iterator[_Open]:
    """Yield the begun keywords, each a token longer, that are still likely enough."""
    for row, (_, node, so_far, since, depth) in enumerate(rows):
        for child in node.children:
            score = so_far + float(following[row, child.token])
            if score + min(child.correction, CREDIT_PER_TOKEN * (depth + 1)) > _PRUNE_BELOW:
                yield _Open(row, child, score, since, depth + 1)


class KeywordSpotter:
    """Looks for keywords in any place of an utterance (after the keyword-and-filler model of Rohlicek and others 1989).

    The filler is what the model itself would write. `vocabulary` has the id of each of its tokens.
    """

    def __init__(self, network: Network, vocabulary: Mapping[bytes, int]) -> None:
        self._network = network
        self._text = detokeniser(vocabulary)

    def spot(self, begun: tuple[Floats, Beginnings], tree: Node, correction: Callable[[str], float]) -> Spotted | None:
        """Return the likeliest keyword of `tree` in the utterance that was `begun`; None where all are unlikely.

        One that is denied, as in "I'm not dizzy", is none.
        """
        following, memory = begun
        written: list[int] = []
        spotted: list[Spotted] = []
        open_keywords: list[_Open] = []
        for _ in range(_MOST_TOKENS):
            rows = [_Open(0, tree, 0.0, len(written)), *open_keywords]
            likely = list(_go_on(rows, following))
            spotted += (
                Spotted(each.node.ending, each.score + correction(each.node.ending), self._read(written[: each.since]))
                for each in likely
                if each.node.ending is not None
            )
            likeliest = int(following[0].argmax())
            if likeliest == END_TOKEN:
                break
            written.append(likeliest)
            unfinished = (each for each in likely if each.node.children)
            open_keywords = nlargest(_MOST_BRANCHES, unfinished, key=lambda each: each.score + each.node.correction)
            if not open_keywords and not _is_worth_reading(self._read(written).split()):
                break
            before = np.array([0, *(each.row for each in open_keywords)], np.int64)
            tokens = np.array([likeliest, *(each.node.token for each in open_keywords)], np.int64)
            following, memory = self._network.go_on(memory.rows(before), tokens)
        meant = (each for each in spotted if each.score > _PRUNE_BELOW and _counts(each))
        return max(meant, key=lambda each: each.score, default=None)

    def _read(self, tokens: Iterable[int]) -> str:
        return self._text(tokens).lower()


def _is_worth_reading(words: Sequence[str]) -> bool:
    """Whether a sentence that begins with these words may be about the speaker: it is short, or says I or my."""
    return len(words) <= _AT_ONCE_WORDS or any(word in _SPEAKER or word.startswith("i'") for word in words)


def _counts(spotted: Spotted) -> bool:
    """Whether a keyword is said of the speaker, and not denied; "no, I ..." denies nothing."""
    words = spotted.before.replace(",", " ").replace(".", " ").split()
    if len(words) > _AT_ONCE_WORDS and not _is_worth_reading((*words, spotted.keyword.split()[0])):
        return False
    if any(word in _NOT for word in words[-_NOT_WITHIN_WORDS:]):
        return False
    return words[-1:] != ["no"] or spotted.keyword.split()[0] in _SPEAKER
