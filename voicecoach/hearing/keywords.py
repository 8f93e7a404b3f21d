"""Keyword spotting: the model writes an utterance freely, and at each of its words every keyword is weighed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

import numpy as np

from voicecoach.hearing.byte_pairs import SPACE
from voicecoach.hearing.network import Beginnings, Floats, Network
from voicecoach.hearing.phrase_tree import END_TOKEN, Node

_PRUNE_BELOW = -5.0
_MOST_TOKENS = 24
_MOST_BRANCHES = 8
_NOT = frozenset({"not", "never", "without", "don't", "doesn't", "didn't", "haven't", "isn't", "aren't"})
_NOT_WITHIN_WORDS = 3
_SPEAKER = frozenset({"i", "my", "me"})
_AT_ONCE_WORDS = 3


@dataclass(frozen=True)
class Spotted:
    """A keyword in an utterance, its corrected log-probability after what the model wrote `before` it."""

    keyword: str
    score: float
    before: str


class KeywordSpotter:
    """Looks for keywords in any place of an utterance (after the keyword-and-filler model of Rohlicek and others 1989).

    The filler is what the model itself would write. `vocabulary` has the id of each of its tokens.
    """

    def __init__(self, network: Network, vocabulary: Mapping[bytes, int]) -> None:
        self._network = network
        self._text = {token: piece for piece, token in vocabulary.items()}

    def spot(self, begun: tuple[Floats, Beginnings], tree: Node, correction: Callable[[str], float]) -> Spotted | None:
        """Return the likeliest keyword of `tree` in the utterance that was `begun`; None where all are unlikely.

        One that is denied, as in "I'm not dizzy", is none.
        """
        following, memory = begun
        written: list[int] = []
        spotted: list[Spotted] = []
        open_keywords: list[tuple[Node, float, int]] = []
        for _ in range(_MOST_TOKENS):
            rows = [(tree, 0.0, len(written)), *open_keywords]
            deeper = []
            for row, (node, so_far, since) in enumerate(rows):
                for child in node.children:
                    total = so_far + float(following[row, child.token])
                    if total + child.correction <= _PRUNE_BELOW:
                        continue
                    deeper.append((total + child.correction, row, child, total, since))
                    if child.ending is not None:
                        score = total + correction(child.ending)
                        spotted.append(Spotted(child.ending, score, self._read(written[:since])))
            likeliest = int(following[0].argmax())
            if likeliest == END_TOKEN:
                break
            written.append(likeliest)
            going_on = nlargest(_MOST_BRANCHES, (each for each in deeper if each[2].children), key=itemgetter(0))
            open_keywords = [(child, total, since) for _, _, child, total, since in going_on]
            before = np.array([0, *(row for _, row, _, _, _ in going_on)], np.int64)
            tokens = np.array([likeliest, *(child.token for _, _, child, _, _ in going_on)], np.int64)
            following, memory = self._network.go_on(memory.rows(before), tokens)
        meant = (each for each in spotted if each.score > _PRUNE_BELOW and _counts(each))
        return max(meant, key=lambda each: each.score, default=None)

    def _read(self, tokens: Iterable[int]) -> str:
        written = b"".join(self._text[token] for token in tokens).decode("utf-8", "replace")
        return written.replace(SPACE, " ").lower()


def _counts(spotted: Spotted) -> bool:
    """Whether a keyword is said of the speaker, or about at once, and not denied; "no, I ..." denies nothing."""
    words = spotted.before.replace(",", " ").replace(".", " ").split()
    about_me = any(word in _SPEAKER or word.startswith("i'") for word in (*words, spotted.keyword.split()[0]))
    if not about_me and len(words) > _AT_ONCE_WORDS:
        return False
    if any(word in _NOT for word in words[-_NOT_WITHIN_WORDS:]):
        return False
    return words[-1:] != ["no"] or spotted.keyword.split()[0] in _SPEAKER
