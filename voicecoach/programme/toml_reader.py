"""From a TOML file to typed values, or one sentence that says what is wrong where and what to write."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from voicecoach import small_files
from voicecoach.errors import VoicecoachError
from voicecoach.programme.checking.problem import Finding, Problem, RefusedError
from voicecoach.small_files import place_of


def findings(file: Path, text: str, problems: Iterable[Problem]) -> list[Finding]:
    """Return the problems of a file with where each is in its text."""
    some = list(problems)
    if not some:
        return []
    from voicecoach.programme.checking.toml_positions import Positions

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


def not_utf_8(file: Path, error: UnicodeDecodeError) -> RefusedError:
    """Return the refusal of a file that is not UTF-8."""
    finding = Finding(str(file), *place_of(error), "this is not UTF-8 text", "save the file as UTF-8")
    return RefusedError([finding])


def too_long(file: Path, line: int, most: int) -> RefusedError:
    """Return the refusal of a file with a line of more than so many characters."""
    what = f"this line has more than {most} characters"
    return RefusedError([Finding(str(file), line, 1, what, "write it on several lines")])


T = TypeVar("T")
_LONGEST_LINE = 10_000


def is_there(path: Path) -> bool:
    """Whether there is something at a path; not so where no file can have that name."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def read_text(path: Path) -> str:
    """Return the text of a file, its lines ended by a line feed. Raises VoicecoachError where there is none."""
    try:
        return small_files.read_text(path)
    except OSError as error:
        raise VoicecoachError(
            f"{path} cannot be read ({small_files.reason(error)}); check the file and its permissions."
        ) from None
    except UnicodeDecodeError as error:
        raise not_utf_8(path, error) from None


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """Return the data in a TOML text. Raises RefusedError for a text that is no TOML, or that nobody wrote by hand."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            raise too_long(path, number, _LONGEST_LINE)
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        raise not_toml(path, text, error) from None


def read_toml(path: Path) -> dict[str, Any]:
    """Return the data in a TOML file. Raises VoicecoachError for a file that cannot be read or is not TOML."""
    return parse_toml(path, read_text(path))


def read_as(path: Path, wanted: type[T]) -> T:
    """Return the data in a TOML file as typed values.

    Raises VoicecoachError for a file that cannot be read, is not TOML, or says something else.
    """
    text = read_text(path)
    data = parse_toml(path, text)
    try:
        return msgspec.convert(data, wanted)
    except msgspec.ValidationError:
        refuse(path, text, _misfits(data, wanted)[0])
        raise


def refuse_file(path: Path, problems: Iterable[Problem]) -> None:
    """Raise RefusedError where something is wrong with what a file says."""
    some = list(problems)
    if some:
        refuse(path, read_text(path), some)


def read_leniently(path: Path, wanted: type[T]) -> tuple[T | None, str, list[Problem]]:
    """Return what a TOML file says or probably means, its text, and what is wrong with its shape.

    Raises VoicecoachError for a file that cannot be read or is not TOML.
    """
    text = read_text(path)
    data = parse_toml(path, text)
    try:
        return msgspec.convert(data, wanted), text, []
    except msgspec.ValidationError:
        problems, meant = _misfits(data, wanted)
        return meant, text, problems


def _misfits(data: dict[str, Any], wanted: type[T]) -> tuple[list[Problem], T | None]:
    from voicecoach.programme.checking.data_shape import fit

    return fit(data, wanted)
