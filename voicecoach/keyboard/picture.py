"""A view of the session as the rows of a terminal: the largest letters of block characters that fit, then the keys."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.keyboard.keys import Key, Keys
from voicecoach.keyboard.view import Count, View

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
        """Whether letters of this size can be made of these block characters."""
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


PLAIN, STRONG, REVERSED = "", "bold", "bold reverse"
Row = list[tuple[str, str]]
"""Pieces of text, each with its style before it."""

_BETWEEN = "   "
_UNBROKEN = "\N{NO-BREAK SPACE}"
_FIRST_COLUMN_SHARE = 0.6
_ROOMY_ROWS = 20
_SMALLEST_DIGITS = Size(2, 1)


@dataclass(frozen=True)
class Area:
    """The rows and columns of the terminal, and the block characters that can be used in it."""

    columns: int
    rows: int
    blocks: Blocks


def draw(view: View, remark: str, keys: Keys, area: Area) -> list[Row]:
    """Return a view as exactly `area.rows` rows. `remark` is said at the bottom, about the last key pressed."""
    answers = [keys.by_meaning[meaning] for meaning in view.answers]
    others = [key for meaning, key in keys.by_meaning.items() if meaning in view.commands]
    below = _commands(others, area)[: max(1, area.rows // 4)]
    below = [*below, [(PLAIN, remark)]]
    room = area.rows - len(below) - (area.rows >= _ROOMY_ROWS)
    counted = _count(view.count, keys, area, room * 2 // 3) if view.count else []
    above = [*counted, *_said(view.sentence, answers, area, room - len(counted))]
    above = above[: area.rows - len(below)]
    rows = [*above, *([[]] * (area.rows - len(above) - len(below))), *below]
    return [_cut(row, area.columns) for row in rows[: area.rows]]


def _said(sentence: str, answers: Sequence[Key], area: Area, room: int) -> list[Row]:
    """Return the sentence and the possible answers, both as large as fits; the sentence comes first."""
    answer = " ".join(key.text.replace(" ", _UNBROKEN) + _UNBROKEN for key in answers)
    sizes = [*product(SIZES, repeat=2), *product(SIZES, [None]), *product([None], SIZES)]
    for size, answer_size in sizes:
        said = _rows(sentence, area, size)
        asked = _rows(answer, area, answer_size)
        if said is not None and asked is not None and len(said) + len(asked) + bool(asked) <= room:
            return [*said, *([[]] if asked else []), *asked]
    asked = _rows(answer, area, None) or []
    return [*(_rows(sentence, area, None) or [])[: max(0, room - len(asked))], *asked]


def _rows(text: str, area: Area, size: Size | None) -> list[Row] | None:
    """Return the text in letters of a size, or as ordinary ones; None where that is impossible."""
    if not text:
        return []
    rows = _wrapped(text, area) if size is None else large(text, area.columns, size, area.blocks)
    return None if rows is None else [[(STRONG, row)] for row in rows]


def _wrapped(text: str, area: Area) -> list[str]:
    if _width(text) == len(text):
        return textwrap.wrap(text, area.columns)
    rows = [""]
    for letter in text:
        if _width(rows[-1] + letter) > area.columns:
            rows.append("")
        rows[-1] += letter
    return rows


def _count(count: Count, keys: Keys, area: Area, room: int) -> list[Row]:
    """Return the rows with what is done on the left and the hold or rest on the right, in digits of one size."""
    words = keys.words
    second, title = (count.rest_seconds, words.rest) if count.rest_seconds else (count.hold_seconds, words.hold)
    numbers = str(count.done), str(second or "")
    columns = round(area.columns * _FIRST_COLUMN_SHARE)
    titles = [
        words.set.format(set=count.set, sets=count.sets),
        words.done.format(done=count.done, repetitions=count.repetitions),
    ]
    for size in SIZES[: SIZES.index(_SMALLEST_DIGITS) + 1]:
        widest = large("0" * len(str(count.repetitions)), columns - 1, size, area.blocks)
        left = large(numbers[0], columns - 1, size, area.blocks)
        right = large(numbers[1], area.columns - columns, size, area.blocks)
        if widest and left and right is not None and len(left) < room:
            digits = [f"{a:<{columns}}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]
            shown = [row for row in digits if row]
            heading = f"{_BETWEEN.join(titles):<{columns}}{title if second else ''}"
            return [[(STRONG, heading)], *([(STRONG, row)] for row in shown), []]
    rest = [f"{title}: {second}"] if second else []
    return [[(STRONG, row)] for row in _wrapped(_BETWEEN.join([*titles, *rest]), area)]


def _commands(keys: Sequence[Key], area: Area) -> list[Row]:
    """Return the rows with the keys and their words, the first one (stop) standing out."""
    rows: list[Row] = []
    used = 0
    for number, key in enumerate(keys):
        width = _width(key.text) + (2 if number == 0 else 0)
        if rows and used + len(_BETWEEN) + width <= area.columns:
            rows[-1].append((PLAIN, _BETWEEN))
            used += len(_BETWEEN) + width
        else:
            rows.append([])
            used = width
        rows[-1] += [(REVERSED, f" {key.text} ")] if number == 0 else [(STRONG, key.shown), (PLAIN, f" {key.label}")]
    return rows


def _cut(row: Row, columns: int) -> Row:
    """Return the part of a row that a narrow terminal has room for."""
    kept: Row = []
    for style, text in row:
        while _width(text) > columns:
            text = text[:-1]
        columns -= _width(text)
        kept.append((style, text))
    return kept


def _width(text: str) -> int:
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)
