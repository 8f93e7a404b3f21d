"""Downloading an archive: resumed where it broke off, checked, and whole or not there at all."""

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from voicecoach.errors import VoicecoachError
from voicecoach.models.catalogue import Download
from voicecoach.small_files import check_file

_CHUNK = 1 << 16
_LIMIT_SECONDS = 30.0
_ATTEMPTS = 5
_TROUBLE = (OSError, http.client.HTTPException)


def download(model: Download, archive: Path, show_progress: Callable[[int], object]) -> None:
    """Bring the archive of `model` to `archive`; go on with `archive`.part where there is one.

    `show_progress` is given the bytes that have come since. A connection that breaks off is taken up again as long as
    something comes. Raises VoicecoachError where the network, the disk or the archive is not as it should be; what has
    come is kept, except where it is wrong.
    """
    part = archive.with_name(f"{archive.name}.part")
    have = part.stat().st_size if part.is_file() else 0
    if have > model.size_bytes:
        part.unlink()
        have = 0
    show_progress(have)
    failures = 0
    while have < model.size_bytes:
        try:
            _fetch(model, part, have, show_progress)
            reason = "the connection broke off"
        except _TROUBLE as error:
            reason = str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)
        now = part.stat().st_size if part.is_file() else 0
        failures = failures + 1 if now <= have else 0
        have = now
        if have < model.size_bytes and failures == _ATTEMPTS:
            raise VoicecoachError(
                f"{model.name} could not be fetched ({reason}); what has come is kept, so try again later, or fetch "
                f"{model.url} elsewhere and run voicecoach models fetch {model.name} --from FILE."
            )
    check_archive(model, part)
    part.replace(archive)


def _fetch(model: Download, part: Path, have: int, show_progress: Callable[[int], object]) -> None:
    request = urllib.request.Request(model.url, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=_LIMIT_SECONDS) as answer:
        goes_on = have > 0 and answer.status == http.client.PARTIAL_CONTENT
        if have and not goes_on:
            show_progress(-have)
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(_CHUNK):
                if file.tell() + len(chunk) > model.size_bytes:
                    raise VoicecoachError(f"{model.url} is larger than it should be; it was not used.")
                file.write(chunk)
                show_progress(len(chunk))


def check_archive(model: Download, archive: Path) -> None:
    """Raise VoicecoachError, and remove a download, where an archive is not the published one."""
    check_file(archive)
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if archive.stat().st_size != model.size_bytes or digest != model.sha256:
        if archive.suffix == ".part":
            archive.unlink()
        raise VoicecoachError(
            f"{archive.name.removesuffix('.part')} is not the published archive (its SHA-256 is {digest}); "
            "it was not used: fetch it again."
        )
