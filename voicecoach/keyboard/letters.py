"""Large letters out of block characters, in as many sizes as a terminal has room for."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.bool_]

_FONT = "clb8x8"
_GAP_PIXELS = 1
_SPACE_PIXELS = 4
_SPACES = " \N{NO-BREAK SPACE}"
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_ASCII_BLOCK = "#"


@dataclass(frozen=True)
class Size:
    """How large a pixel of a letter is, in halves of a character cell."""

    half_columns: int
    half_rows: int


SIZES = (Size(16, 8), Size(12, 6), Size(8, 4), Size(4, 2), Size(2, 1), Size(1, 1))
"""From the largest to the smallest; a letter has eight pixels each way."""


@dataclass(frozen=True)
class Blocks:
    """Which block characters a terminal can show."""

    unicode: bool = True
    quarters: bool = True
    """Quarters of a cell, which the fonts of a bare console lack."""

    def allow(self, size: Size) -> bool:
        """Say whether letters of this size can be made of them."""
        whole = size.half_columns % 2 == 0 and size.half_rows % 2 == 0
        return whole or (self.unicode and (self.quarters or size.half_columns % 2 == 0))


@lru_cache(maxsize=64)
def large(text: str, columns: int, size: Size, blocks: Blocks) -> tuple[str, ...] | None:
    """Return `text` as rows of large letters, broken between words; None where it has no such letters or no room."""
    if not blocks.allow(size) or any(_glyph(letter) is None for letter in text):
        return None
    lines: list[Pixels] = []
    for word in filter(None, text.split(" ")):
        pixels = _line(word)
        if pixels.shape[1] * size.half_columns > columns * 2:
            return None
        longer = _beside(lines[-1], pixels) if lines else pixels
        if lines and longer.shape[1] * size.half_columns <= columns * 2:
            lines[-1] = longer
        else:
            lines.append(pixels)
    return tuple(row for line in lines for row in _cells(line, size, blocks))


def _line(word: str) -> Pixels:
    glyphs = [part for letter in word for part in (_blank(_GAP_PIXELS), _glyph(letter)) if part is not None]
    return np.hstack(glyphs[1:])


def _beside(line: Pixels, word: Pixels) -> Pixels:
    return np.hstack([line, _blank(_SPACE_PIXELS), word])


def _blank(columns: int) -> Pixels:
    return np.zeros((_height(), columns), np.bool_)


def _cells(line: Pixels, size: Size, blocks: Blocks) -> list[str]:
    halves = np.repeat(np.repeat(line, size.half_rows, axis=0), size.half_columns, axis=1)
    halves = np.pad(halves, [(0, n % 2) for n in halves.shape])
    kind = halves[::2, ::2] + 2 * halves[::2, 1::2] + 4 * halves[1::2, ::2] + 8 * halves[1::2, 1::2]
    characters = _QUADRANTS if blocks.unicode else " " * 15 + _ASCII_BLOCK
    return ["".join(characters[cell] for cell in row).rstrip() for row in kind]


@cache
def _font() -> Any:
    from pyfiglet import FigletFont

    return FigletFont(_FONT)


def _height() -> int:
    height: int = _font().height
    return height


@cache
def _glyph(letter: str) -> Pixels | None:
    if letter in _SPACES:
        return _blank(_SPACE_PIXELS)
    rows = _font().chars.get(ord(letter))
    if rows is None:
        return None
    pixels = np.array([[mark == "#" for mark in row] for row in rows], np.bool_)
    inked = np.flatnonzero(pixels.any(axis=0))
    return pixels[:, inked[0] : inked[-1] + 1]
