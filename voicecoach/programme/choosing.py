"""The programme that a command names, in the dose that is wanted, with its words."""

from pathlib import Path

import msgspec

from voicecoach.languages import locale_language
from voicecoach.programme.language_files import ORIGINAL, languages, own_words_file
from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.reader import programme_file, read_programme
from voicecoach.programme.steps import Programme, Say
from voicecoach.programme.words import UNREVIEWED, Words, read_words


def read_with_words(name: str, language: str | None, region: str | None = None) -> tuple[Programme, Words]:
    """Return a programme by its name or path, and its words for a region.

    Without a language it is the locale's, where the coach and the programme speak it, else English. In a translation
    that nobody has reviewed, the programme says so at its start.

    Raises VoicecoachError where one of them can't be read or has a problem.
    """
    file = programme_file(name)
    programme = read_programme(file)
    words = read_words(programme, file, language or _usual_language(file), region)
    return (programme if words.reviewed else _saying_so(programme)), words


def read_chosen(
    name: str, region: str | None, *, language: str | None = None, cautious: bool = False
) -> tuple[Programme, Words]:
    """Return a programme by its name or path, in the dose that is wanted, and its words for a region, if one is named.

    Raises VoicecoachError where it can't be read, has a problem, or has no cautious dose though that is wanted.
    """
    programme, words = read_with_words(name, language, region)
    return (with_profile(programme, CAUTIOUS) if cautious else programme), words


def _usual_language(file: Path) -> str:
    language = locale_language()
    speaks = language in languages() and own_words_file(file, language).is_file()
    return language if language and speaks else ORIGINAL


def _saying_so(programme: Programme) -> Programme:
    first, *others = programme.steps
    if isinstance(first, Say):
        said = msgspec.structs.replace(first, prompts=(*first.prompts, UNREVIEWED))
        return msgspec.structs.replace(programme, steps=(said, *others))
    return msgspec.structs.replace(programme, steps=(Say(id=UNREVIEWED, prompts=(UNREVIEWED,)), *programme.steps))
