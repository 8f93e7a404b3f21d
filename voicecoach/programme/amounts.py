"""Numbers as people say them in a language: plural forms of a text, counting words, units, by Babel's rules (CLDR)."""

from collections.abc import Mapping
from datetime import timedelta
from math import inf
from typing import Literal

import msgspec

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
DURATION = "duration"
"""In a text, `{seconds:duration}` is an amount of time with its unit."""
_TWO_MINUTES = 120

Numerals = Mapping[str, Mapping[str, str]]
"""Counting words by the name of their kind and by number."""


class Plural(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A text in the forms that its language has, by CLDR's plural categories; `of` is the value that decides."""

    of: str
    other: str
    zero: str | None = None
    one: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None

    def forms(self) -> dict[str, str]:
        """Return the plural forms of the text that are there, by category."""
        texts = ((category, getattr(self, category)) for category in CATEGORIES)
        return {category: text for category, text in texts if text is not None}

    def form(self, number: int, language: str) -> str:
        """Return the form of the text for a number."""
        return self.forms().get(_category(number, language), self.other)


class Amount:
    """A number put into a text: as it is, in counting words (`{number:name}`) or as a time (`{seconds:duration}`)."""

    def __init__(self, number: int, numerals: Numerals, language: str) -> None:
        self._number = number
        self._numerals = numerals
        self._language = language

    def __format__(self, style: str) -> str:
        if style == DURATION:
            return duration(self._number, self._language)
        return self._numerals.get(style, {}).get(str(self._number), str(self._number))


def categories(language: str) -> tuple[str, ...]:
    """Return the plural categories of a language's cardinal numbers."""
    from babel import Locale

    return tuple(name for name in CATEGORIES if name in {*Locale.parse(language).plural_form.tags, "other"})


def duration(seconds: int, language: str) -> str:
    """Return a time in words and digits: seconds, from two minutes on also minutes, full minutes always as such."""
    from babel.lists import format_list

    minutes, rest = divmod(seconds, 60)
    if rest and seconds < _TWO_MINUTES:
        minutes, rest = 0, seconds
    parts = [_in_unit(60 * minutes, "minute", language)] if minutes else []
    parts += [_in_unit(rest, "second", language)] if rest or not minutes else []
    return format_list(parts, "unit", locale=language)


def _in_unit(seconds: int, unit: Literal["minute", "second"], language: str) -> str:
    from babel.dates import format_timedelta

    return format_timedelta(timedelta(seconds=seconds), granularity=unit, threshold=inf, locale=language)


def _category(number: int, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).plural_form(number))
