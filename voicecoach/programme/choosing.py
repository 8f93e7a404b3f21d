"""The programme that a command names, in the dose that is wanted, with its words."""

from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.reader import programme_file, read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.regions import locale_region

_LANGUAGE = "en"


def read_chosen(name: str, region: str | None, *, cautious: bool = False) -> tuple[Programme, Words]:
    """Return a programme by its name or path, and its words for a region, or else for the locale's.

    Raises VoicecoachError where it can't be read, has a problem, or has no cautious dose though that is wanted.
    """
    file = programme_file(name)
    programme = read_programme(file)
    if cautious:
        programme = with_profile(programme, CAUTIOUS)
    return programme, read_words(programme, file, _LANGUAGE, region or locale_region())
