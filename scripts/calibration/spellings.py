"""The file of a language's meanings: what it says, and its thresholds written anew."""

import re
from pathlib import Path

from voicecoach.programme.toml_reader import read_as
from voicecoach.programme.words import WordFile

LANGUAGES = Path(__file__).parents[2] / "voicecoach/programme/languages"


def read_spellings(language: str) -> dict[str, tuple[str, ...]]:
    """Return the spellings of each meaning of a language."""
    return {name: meaning.spellings for name, meaning in read_as(_file(language), WordFile).meant().items()}


def read_keywords(language: str) -> list[str]:
    """Return the keywords of all meanings of a language."""
    meanings = read_as(_file(language), WordFile).meant().values()
    return [keyword for meaning in meanings for keyword in meaning.keywords]


def read_own_spellings(language: str) -> list[str]:
    """Return the spellings of the built-in programmes' own answers."""
    files = sorted(LANGUAGES.with_name("builtin").glob(f"*.{language}.toml"))
    meant = [read_as(file, WordFile).meant() for file in files]
    return [spelling for meanings in meant for meaning in meanings.values() for spelling in meaning.spellings]


def write_thresholds(language: str, thresholds: dict[str, tuple[float, float]]) -> None:
    """Write `accept_above` and `sure_above` of these meanings; all else in the file stays as it is."""
    lines, meaning = [], ""
    for line in _file(language).read_text(encoding="utf-8").splitlines():
        begins = re.match(r'\[meanings\."?(\w+)"?\]', line)
        meaning = begins[1] if begins else meaning
        for name, value in zip(("accept_above", "sure_above"), thresholds.get(meaning, ()), strict=False):
            if line.startswith(f"{name} = "):
                line = f"{name} = {value}"
        lines.append(line)
    _file(language).write_text("\n".join((*lines, "")), encoding="utf-8")


def _file(language: str) -> Path:
    return LANGUAGES / f"meanings.{language}.toml"
