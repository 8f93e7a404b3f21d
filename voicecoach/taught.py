"""What was learnt of a voice, and how that changes what a session understands; no sound and no file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec

from voicecoach.hearing.confidence import lowered
from voicecoach.programme.spellings import Meaning
from voicecoach.programme.words import Words

TEACHABLE = ("yes", "no", "stop")
MOST_LOWERED = 1.0
"""How far below the built-in thresholds taught ones can be: a difference of logarithmic odds."""


class TaughtMeaning(msgspec.Struct, frozen=True):
    """The thresholds of a meaning for one voice; `spellings` are understood besides the built-in ones."""

    accept_above: float
    sure_above: float
    spellings: tuple[str, ...] = ()


class Situation(msgspec.Struct, frozen=True):
    """Where what was taught holds: with another microphone, language or recogniser it says nothing."""

    microphone: str
    language: str
    recogniser: str

    def __str__(self) -> str:
        return f"the microphone {self.microphone}, the language {self.language} and {self.recogniser}"


class Taught(msgspec.Struct, frozen=True):
    """What was learnt, where and when."""

    situation: Situation
    taught_on: date
    meanings: dict[str, TaughtMeaning]


def easiest(meaning: Meaning) -> TaughtMeaning:
    """Return the lowest thresholds that may be taught: what counts as sure was always taken, at least."""
    sure_above = max(lowered(meaning.sure_above, MOST_LOWERED), meaning.accept_above)
    return TaughtMeaning(lowered(meaning.accept_above, MOST_LOWERED), sure_above)


def as_built_in(meaning: Meaning) -> TaughtMeaning:
    """Return what changes nothing."""
    return TaughtMeaning(meaning.accept_above, meaning.sure_above)


def with_taught(words: Words, taught: Mapping[str, TaughtMeaning]) -> Words:
    """Return the words as this voice says them.

    Only the meanings in TEACHABLE change. Thresholds are never raised, nor lowered further than `easiest` says, and
    spellings are only those that the language proposes, whatever a file may say.
    """
    changed = {
        meaning: _limited(words.meanings[meaning], taught[meaning])
        for meaning in TEACHABLE
        if meaning in taught and meaning in words.meanings
    }
    return replace(words, meanings=words.meanings | changed)


def _limited(known: Meaning, taught: TaughtMeaning) -> Meaning:
    least = easiest(known)
    return msgspec.structs.replace(
        known,
        accept_above=min(known.accept_above, max(taught.accept_above, least.accept_above)),
        sure_above=min(known.sure_above, max(taught.sure_above, least.sure_above)),
        spellings=known.spellings + tuple(s for s in known.sounds_like if s in taught.spellings),
    )
