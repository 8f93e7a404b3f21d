"""From a TOML file to typed values, or a refusal that says what is wrong in which file and line, and what to write."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.checking.refusing import not_toml, not_utf_8, refuse

T = TypeVar("T")


def is_file(path: Path) -> bool:
    """Say whether there is such a file, also of a name that no file can have."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_text(path: Path) -> str:
    """Return the text of a file, its lines ended by a line feed. Raises VoicecoachError where there is none."""
    try:
        data = path.read_bytes()
        return data.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise VoicecoachError(
            f"{path} cannot be read ({error.strerror}); check the file and its permissions."
        ) from None
    except UnicodeDecodeError as error:
        raise not_utf_8(path, data, error.start) from None


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """Return what a file's text says. Raises RefusedError for a text that is not TOML."""
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        raise not_toml(path, text, error) from None


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says. Raises VoicecoachError for a file that cannot be read or is not TOML."""
    return parse_toml(path, read_text(path))


def read_as(path: Path, wanted: type[T]) -> T:
    """Return what a TOML file says as typed values.

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
    from voicecoach.programme.checking.fitting import fit

    return fit(data, wanted)
