"""The file of what can be meant in a language: what it says, and its thresholds written anew."""

import re
import tomllib
from pathlib import Path

LANGUAGES = Path(__file__).parents[2] / "voicecoach/programme/languages"


def read_spellings(language: str) -> dict[str, list[str]]:
    """Return the spellings of each meaning."""
    tables = tomllib.loads(_file(language).read_text(encoding="utf-8"))["meanings"]
    return {meaning: table["spellings"] for meaning, table in tables.items()}


def read_keywords(language: str) -> list[str]:
    """Return the keywords of all meanings."""
    tables = tomllib.loads(_file(language).read_text(encoding="utf-8"))["meanings"]
    return [keyword for table in tables.values() for keyword in table.get("keywords", ())]


def read_own_spellings(language: str) -> list[str]:
    """Return the spellings of the built-in programmes' own answers."""
    files = sorted(LANGUAGES.with_name("builtin").glob(f"*.{language}.toml"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8")).get("meanings", {}) for file in files]
    return [spelling for table in tables for meaning in table.values() for spelling in meaning["spellings"]]


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
