"""The files of words that belong to one part of the program, such as the doctor's, in one language."""

from importlib import resources
from pathlib import Path
from typing import TypeVar

from voicecoach.errors import VoicecoachError
from voicecoach.programme.converting import is_file, read_as

_LANGUAGES = Path(str(resources.files("voicecoach.programme") / "languages"))
_Words = TypeVar("_Words")


def read_own_words(name: str, whose: str, language: str, wanted: type[_Words]) -> _Words:
    """Return the words in the file with this name. Raises VoicecoachError where they are missing or damaged."""
    file = _LANGUAGES / f"{name}.{language}.toml"
    if not is_file(file):
        raise VoicecoachError(f"The words of {whose} in language {language} are missing: there is no {file}.")
    return read_as(file, wanted)
