"""Installing a model from an archive or a folder: unpacked beside its place, checked, then moved there at once."""

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from voicecoach.errors import VoicecoachError
from voicecoach.models.catalogue import Download, check_model
from voicecoach.models.download import check_archive, download

_LARGEST = 20
"""How many times its own size an archive may hold."""


def fetch_model(model: Download, folder: Path, source: Path | None, show_progress: Callable[[int], object]) -> Path:
    """Install `model` into `folder` and return its place there; from `source`, an archive or a folder, if given.

    Raises VoicecoachError where that can't be done; a model that was there stays as it was.
    """
    place = folder / model.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if source is not None and source.is_dir():
            _install(folder, place, lambda inside: shutil.copytree(source, inside / model.name))
            return place
        archive = source or folder / f"{model.name}.zip"
        if source is None:
            download(model, archive, show_progress)
        else:
            check_archive(model, archive)
        _install(folder, place, lambda inside: _unpack(archive, inside, model))
        if source is None:
            archive.unlink()
    except (OSError, shutil.Error, zipfile.BadZipFile) as error:
        raise VoicecoachError(
            f"{model.name} could not be installed in {folder} ({error}); make room there or choose another source."
        ) from None
    return place


def _install(folder: Path, place: Path, fill: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix="unpacking-") as temporary:
        inside = Path(temporary)
        fill(inside)
        check_model(inside / place.name)
        if place.exists():
            place.rename(inside / "replaced")
        try:
            (inside / place.name).rename(place)
        except OSError:
            (inside / "replaced").rename(place)
            raise


def _unpack(archive: Path, inside: Path, model: Download) -> None:
    """Unpack a ZIP archive, nothing of which may lie elsewhere than in the model's own folder."""
    with zipfile.ZipFile(archive) as zipped:
        entries = zipped.infolist()
        if sum(entry.file_size for entry in entries) > _LARGEST * model.size_bytes:
            raise VoicecoachError(f"{archive.name} unpacks to far more than a model; it was not used.")
        for entry in entries:
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if path.is_absolute() or ".." in path.parts or path.parts[:1] != (model.name,) or is_link:
                raise VoicecoachError(f"{archive.name} would write to {entry.filename}; it was not used.")
            zipped.extract(entry, inside)
