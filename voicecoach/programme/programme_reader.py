"""From a programme file to typed steps that keep to the rules, and the files of the programmes that come along."""

import difflib
from importlib import resources
from pathlib import Path

from voicecoach.errors import VoicecoachError
from voicecoach.programme.checking.step_checks import structure
from voicecoach.programme.steps import Programme
from voicecoach.programme.toml_reader import is_there, read_as, refuse_file

_BUILTIN = resources.files("voicecoach.programme") / "builtin"


def built_in_programmes() -> list[str]:
    """Return the names of the programmes that come with the package."""
    return sorted(f.name.removesuffix(".toml") for f in _BUILTIN.iterdir() if f.name.count(".") == 1)


def programme_file(name: str) -> Path:
    """Return the file of a programme, by a built-in programme's name or a path to a programme of one's own.

    Raises VoicecoachError where there is neither.
    """
    if name in built_in_programmes():
        return Path(str(_BUILTIN / f"{name}.toml"))
    path = Path(name)
    if path.suffix == ".toml" and is_there(path) and not path.is_dir():
        return path
    near = difflib.get_close_matches(name, built_in_programmes(), 1)
    hint = f"did you mean {near[0]}? " if near else ""
    known = ", ".join(built_in_programmes())
    raise VoicecoachError(f"There is no programme {name}: {hint}name one of {known}, or the path of a .toml file.")


def read_programme(path: Path) -> Programme:
    """Read and check a programme file.

    Raises VoicecoachError with the file, line and column of the first problem, and what to write there.
    """
    programme = read_as(path, Programme)
    refuse_file(path, structure(programme))
    return programme
