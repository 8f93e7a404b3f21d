"""What was learnt of a voice by teaching: what it changes of what is understood, and its file, without any sound."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.judgement import lowered
from voicecoach.programme.sentence_templates import Meaning
from voicecoach.programme.words import Words
from voicecoach.settings import settings_file
from voicecoach.small_files import read_text, reason, replace_whole

TEACHABLE = ("yes", "no", "stop")
MOST_LOWERED = 1.0
"""How far below the built-in thresholds taught ones can be: a difference of logarithmic odds."""


class TaughtMeaning(msgspec.Struct, frozen=True):
    """The thresholds of a meaning for one voice; `spellings` are understood besides the built-in ones."""

    accept_above: float
    sure_above: float
    spellings: tuple[str, ...] = ()


class Situation(msgspec.Struct, frozen=True):
    """Where what was taught counts: one microphone, language and recogniser."""

    microphone: str
    language: str
    recogniser: str

    def __str__(self) -> str:
        return f"the microphone {self.microphone}, the language {self.language} and {self.recogniser}"


class Taught(msgspec.Struct, frozen=True):
    """What was learnt of a voice, where and when."""

    situation: Situation
    taught_on: date
    meanings: dict[str, TaughtMeaning]


def easiest(meaning: Meaning) -> TaughtMeaning:
    """Return the lowest thresholds that may be taught for a meaning: what was sure has to be taken, at least."""
    sure_above = max(lowered(meaning.sure_above, MOST_LOWERED), meaning.accept_above)
    return TaughtMeaning(lowered(meaning.accept_above, MOST_LOWERED), sure_above)


def as_built_in(meaning: Meaning) -> TaughtMeaning:
    """Return a taught meaning that changes nothing of the built-in one."""
    return TaughtMeaning(meaning.accept_above, meaning.sure_above)


def with_taught(words: Words, taught: Mapping[str, TaughtMeaning]) -> Words:
    """Return a language's words with the thresholds and spellings that were taught for a voice.

    Only the meanings in TEACHABLE change. Thresholds are never raised, nor lowered further than `easiest` says, and
    spellings are only those that the language proposes, whatever a file may say.
    """
    changed = {
        meaning: _limited(words.meanings[meaning], taught[meaning])
        for meaning in TEACHABLE
        if meaning in taught and meaning in words.meanings
    }
    return dataclasses.replace(words, meanings=words.meanings | changed)


def _limited(known: Meaning, taught: TaughtMeaning) -> Meaning:
    least = easiest(known)
    return replace(
        known,
        accept_above=min(known.accept_above, max(taught.accept_above, least.accept_above)),
        sure_above=min(known.sure_above, max(taught.sure_above, least.sure_above)),
        spellings=known.spellings + tuple(s for s in known.sounds_like if s in taught.spellings),
    )


class _Content(msgspec.Struct, frozen=True):
    taught: tuple[Taught, ...] = ()


def taught_file() -> Path:
    """Return the path of the file of what was taught: beside the settings."""
    return settings_file().with_name("taught.json")


def read_taught(file: Path, warn: Callable[[str], object]) -> tuple[Taught, ...]:
    """Return all that was taught; a file that can't be read is said in a sentence, and then nothing was."""
    try:
        return msgspec.json.decode(read_text(file), type=_Content).taught
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        warn(
            f"What was taught can't be read from {file} ({reason(error)}), so it does not count; remove it with "
            "voicecoach doctor --forget."
        )
        return ()


def as_named_now(kept: Sequence[Taught], name_now: Callable[[str], str]) -> tuple[Taught, ...]:
    """Return what was taught under the names that the microphones have now; what has just that name comes first."""
    named = [
        replace(taught, situation=replace(taught.situation, microphone=name))
        for taught, name in ((taught, name_now(taught.situation.microphone)) for taught in kept)
    ]
    return tuple(sorted(named, key=lambda taught: taught not in kept))


def taught_for(situation: Situation, kept: Sequence[Taught]) -> Taught | None:
    """Return what was taught for this microphone, language and recogniser; None: nothing."""
    return next((taught for taught in kept if taught.situation == situation), None)


def keep_taught(file: Path, kept: Sequence[Taught], new: Taught) -> None:
    """Keep what was taught in place of what was there for the same situation. Raises VoicecoachError."""
    others = tuple(taught for taught in kept if taught.situation != new.situation)
    now = (*others, new) if new.meanings else others
    try:
        replace_whole(file, msgspec.json.format(msgspec.json.encode(_Content(now))))
    except OSError as error:
        raise VoicecoachError(
            f"What was taught can't be kept in {file} ({reason(error)}), so nothing has changed; make it writable."
        ) from None


def forget_taught(file: Path) -> bool:
    """Remove the file of what was taught, damaged or not; return whether there was one. Raises VoicecoachError."""
    try:
        file.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise VoicecoachError(
            f"{file} can't be removed ({reason(error)}); make its folder writable, or remove it by hand."
        ) from None
    return True
