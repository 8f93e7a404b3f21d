"""Text to the token ids of Moonshine's vocabulary; no sound and no engine."""

from itertools import pairwise
from pathlib import Path

SPACE = "\u2581"


def read_vocabulary(path: Path) -> dict[bytes, int]:
    """Return the id of each token of a `tokenizer.bin`: its length, one byte or from 128 two, then its bytes."""
    data, at, vocabulary, count = path.read_bytes(), 0, dict[bytes, int](), 0
    while at < len(data):
        length, at = data[at], at + 1
        if length >= 128:
            length, at = data[at] * 128 + length - 128, at + 1
        vocabulary[data[at : at + length]] = count
        at, count = at + length, count + 1
    return vocabulary


class BytePairs:
    """Tokenises as the model was trained: the neighbours whose merged piece has the lowest id merge first."""

    def __init__(self, vocabulary: dict[bytes, int]) -> None:
        self._vocabulary = vocabulary

    def tokenise(self, text: str) -> tuple[int, ...]:
        """Return the token ids of `text`; KeyError for a character that the vocabulary does not hold."""
        ids = self._vocabulary
        pieces = [character.encode() for character in SPACE + text.replace(" ", SPACE)]
        while True:
            merges = [(ids[a + b], i) for i, (a, b) in enumerate(pairwise(pieces)) if a + b in ids]
            if not merges:
                return tuple(ids[piece] for piece in pieces)
            _, i = min(merges)
            pieces[i : i + 2] = [pieces[i] + pieces[i + 1]]
