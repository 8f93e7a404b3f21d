"""Where the files of a language are: of the coach's words, of a programme, and of one part of the program."""

from importlib import resources
from pathlib import Path
from typing import TypeVar

from voicecoach.errors import VoicecoachError
from voicecoach.programme.toml_reader import is_there, read_as

ORIGINAL = "en"
"""The language that the others are translated from."""
_LANGUAGES = Path(str(resources.files("voicecoach.programme") / "languages"))
_Words = TypeVar("_Words")


def languages() -> list[str]:
    """Return the codes of the languages that the coach speaks."""
    return sorted(file.stem.removeprefix("meanings.") for file in _LANGUAGES.glob("meanings.*.toml"))


def language_file(name: str) -> Path:
    """Return one of a language's files: "en" for what every programme says, "meanings.en" for what is understood."""
    return _LANGUAGES / f"{name}.toml"


def language_files(language: str) -> list[Path]:
    """Return the files that a language needs, whether they are there or not."""
    kinds = sorted(file.name.removesuffix(f"{ORIGINAL}.toml") for file in _LANGUAGES.glob(f"*{ORIGINAL}.toml"))
    return [_LANGUAGES / f"{kind}{language}.toml" for kind in kinds]


def own_words_file(programme_file: Path, language: str) -> Path:
    """Return where a programme's words in a language belong."""
    return programme_file.with_name(f"{programme_file.stem}.{language}.toml")


def read_own_words(name: str, whose: str, language: str, wanted: type[_Words], folder: Path = _LANGUAGES) -> _Words:
    """Return the words in the language file of this name. Raises VoicecoachError where it is missing or damaged."""
    file = folder / f"{name}.{language}.toml"
    if not is_there(file):
        raise VoicecoachError(f"The words of {whose} in language {language} are missing: there is no {file}.")
    return read_as(file, wanted)
