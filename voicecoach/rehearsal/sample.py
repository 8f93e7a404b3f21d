"""The beginning of a recording as a small file, to be heard while the rest is still being made."""

import io
import os
import shlex
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.small_files import replace_whole

_LENGTH = samples(120.0)


class Sample:
    """The first two minutes of a recording, compressed (Ogg Vorbis): coach left, person right.

    `made` is called once it is there. Where it can't be written there is none: the recording itself says why.
    """

    def __init__(self, file: Path, made: Callable[[Path], object]) -> None:
        self._file = file
        self._made = made
        self._kept: list[Samples] = []
        self._missing = _LENGTH

    def write(self, coach: Samples, person: Samples) -> None:
        """Add a block of both sides, shape (n,) each."""
        if self._missing <= 0:
            return
        self._kept.append(np.stack([coach, person], axis=1))
        self._missing -= coach.size
        if self._missing > 0:
            return
        sound, self._kept = np.concatenate(self._kept), []
        with suppress(OSError, soundfile.LibsndfileError):
            replace_whole(self._file, _compressed(sound))
            self._made(self._file)


def how_to_listen(file: str | Path) -> str:
    """Return the sentence that says how to listen to a file made on a machine without sound."""
    where = shlex.quote(f"{os.environ.get('USER', 'USER')}@{socket.gethostname()}:{file}")
    return (
        "To listen, open it in a browser or a player on a computer with a loudspeaker; "
        f"for example, there: scp {where} ."
    )


def _compressed(sound: Samples) -> bytes:
    """Return sound, shape (n, 2), as a compressed file; the encoder gets a second at a time, as more can crash it."""
    content = io.BytesIO()
    with soundfile.SoundFile(content, "w", SAMPLES_PER_SECOND, 2, "VORBIS", format="OGG") as file:
        for begin in range(0, len(sound), SAMPLES_PER_SECOND):
            file.write(sound[begin : begin + SAMPLES_PER_SECOND])
    return content.getvalue()
