"""What a simulated person says, with pauses inside: "no [0.3] well, sometimes"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples

LONGEST_PAUSE_SECONDS = 30.0
_PAUSE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Piece:
    """Words that are said in one go, after a pause."""

    pause_seconds: float
    words: str


def pieces(said: str) -> tuple[Piece, ...]:
    """Return the words between the pauses; none for silence.

    Raises ValueError, in the words of a problem and its remedy, for a pause or words that can't be said.
    """
    found: list[Piece] = []
    pause_seconds = 0.0
    for at, part in enumerate(_PAUSE.split(said)):
        if at % 2:
            pause_seconds += _pause_seconds(part)
        elif part.strip():
            found.append(Piece(pause_seconds, _words(part)))
            pause_seconds = 0.0
    return tuple(found)


def reworded(said: str, reword: Callable[[str], str]) -> str:
    """Return what is said with the words between its pauses changed. Raises ValueError as `pieces` does."""
    return " ".join(
        (f"[{piece.pause_seconds:g}] " if piece.pause_seconds else "") + reword(piece.words) for piece in pieces(said)
    )


def spoken(said: tuple[Piece, ...], render: Callable[[str], Samples]) -> Samples:
    """Return pieces as sound, shape (n,): each as it is rendered, and exactly the pauses given."""
    parts = [
        part for piece in said for part in (np.zeros(samples(piece.pause_seconds), np.float32), render(piece.words))
    ]
    return np.concatenate(parts)


def _pause_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_PAUSE_SECONDS:
        raise ValueError(f'has no pause "[{text}]"; write seconds up to {LONGEST_PAUSE_SECONDS:g}, such as [0.6]')
    return seconds


def _words(text: str) -> str:
    words = " ".join(text.split())
    if "[" in words or "]" in words:
        raise ValueError("has a bracket without another; write a pause as [0.6]")
    if not words.isprintable() or not any(map(str.isalnum, words)):
        raise ValueError(f"has no words in {words!r}; write what is said")
    return words
