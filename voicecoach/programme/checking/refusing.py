"""From problems in a file's data to findings with lines, and the refusal of a file that has some."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from voicecoach.programme.checking.problem import Finding, Problem, RefusedError


def findings(file: Path, text: str, problems: Iterable[Problem]) -> list[Finding]:
    """Return where in the text of a file each problem is."""
    some = list(problems)
    if not some:
        return []
    from voicecoach.programme.checking.positions import Positions

    positions = Positions(text)
    return sorted({Finding(str(file), *positions.of(one.place, key=one.at_key), one.what, one.remedy) for one in some})


def refuse(file: Path, text: str, problems: Iterable[Problem]) -> None:
    """Raise RefusedError where there are problems."""
    found = findings(file, text, problems)
    if found:
        raise RefusedError(found)


def not_toml(file: Path, text: str, error: tomllib.TOMLDecodeError | RecursionError | ValueError) -> RefusedError:
    """Return the refusal of a text that is no TOML."""
    message = str(error)
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    if message.endswith(" (at end of document)"):
        lines = text.rstrip("\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    what = re.sub(r" \(at .*\)$", "", message)
    if isinstance(error, RecursionError):
        what = "nested too deeply"
    elif not isinstance(error, tomllib.TOMLDecodeError):
        what = "a number of far too many digits"
    return RefusedError([Finding(str(file), line, column, f"this is not valid TOML ({what})", "mend this place")])


def not_utf_8(file: Path, data: bytes, at: int) -> RefusedError:
    """Return the refusal of a file that is not UTF-8 at this byte."""
    before = data[:at].decode("utf-8").split("\n")
    finding = Finding(str(file), len(before), len(before[-1]) + 1, "this is not UTF-8 text", "save the file as UTF-8")
    return RefusedError([finding])


def _on_one_line(sentence: str) -> str:
    return " ".join(sentence.split())
