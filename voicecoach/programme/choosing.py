"""The programme that a command names, in the dose that is wanted, with its words."""

from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.reader import programme_file, read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.regions import locale_region


def read_with_words(name: str, language: str, region: str | None = None) -> tuple[Programme, Words]:
    """Return a programme by its name or path, and its words for a region.

    Raises VoicecoachError where one of them can't be read or has a problem.
    """
    file = programme_file(name)
    programme = read_programme(file)
    return programme, read_words(programme, file, language, region)


def read_chosen(
    name: str, region: str | None, *, language: str = "en", cautious: bool = False
) -> tuple[Programme, Words]:
    """Return a programme by its name or path, and its words for a region, or else for the locale's.

    Raises VoicecoachError where it can't be read, has a problem, or has no cautious dose though that is wanted.
    """
    programme, words = read_with_words(name, language, region or locale_region())
    return (with_profile(programme, CAUTIOUS) if cautious else programme), words
