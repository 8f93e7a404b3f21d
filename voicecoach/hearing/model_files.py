"""Where a recogniser's model files are and whether they are whole; no model is loaded here."""

import hashlib
import tomllib
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import REINSTALL, VoicecoachError


@dataclass(frozen=True)
class ModelFile:
    """One file of a model: its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Model:
    """One model as `models.toml` describes it: the installed package and folder that carry it, and its files."""

    name: str
    source: str
    package: str
    folder: str
    licence: str
    files: tuple[ModelFile, ...]


def read_model(name: str) -> Model:
    """Return what `models.toml` says of the model `name`; KeyError for a name that it does not hold."""
    text = resources.files(__package__).joinpath("models.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[name]
    files = tuple(ModelFile(entry["name"], entry["bytes"], entry["sha256"]) for entry in table["files"])
    return Model(name, table["source"], table["package"], table["folder"], table["licence"], files)


def installed_folder(model: Model) -> Path:
    """Return the folder that the installed package keeps `model` in, without importing that package.

    Raises VoicecoachError where the package is not installed.
    """
    spec = find_spec(model.package)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise VoicecoachError(f"The speech model {model.name} ({model.source}) is not installed: {REINSTALL}.")
    return Path(next(iter(places))) / model.folder


def check_files(model: Model, folder: Path) -> None:
    """Raise VoicecoachError, naming the file, where one of `model` in `folder` is missing or not as published."""
    for file in model.files:
        path = folder / file.name
        try:
            whole = path.stat().st_size == file.size_bytes and _sha256(path) == file.sha256
        except FileNotFoundError:
            raise VoicecoachError(f"The speech model file {path} is missing: {REINSTALL}.") from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise VoicecoachError(f"The speech model file {path} cannot be read ({reason}): {REINSTALL}.") from error
        if not whole:
            raise VoicecoachError(f"The speech model file {path} is damaged: {REINSTALL}.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
