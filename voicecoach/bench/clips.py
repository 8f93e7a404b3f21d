"""Recordings of people in folders: which there are, and what is wrong with one that can't be used."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import SAMPLES_PER_SECOND

_SUFFIXES = (".wav", ".flac")
_CLIPPED = 0.999
_CLIPPED_SHARE = 0.01

Kind = Literal["word", "talking", "noise"]


@dataclass(frozen=True)
class Clip:
    """A recording: one spoken word (its `label`), people talking about something else, or noise."""

    file: Path
    kind: Kind
    label: str

    @property
    def word(self) -> str:
        """What is said in a word's clip: its label, in lower case with spaces."""
        return self.label.replace("_", " ").lower()


def find_clips(folder: Path, excluded: Path | None) -> list[Clip]:
    """Return the clips in `folder`, in order: words/<label>/, talking/, noise/.

    `excluded` is a file with a path in `folder` on each line. Raises VoicecoachError where it can't be read, names a
    clip that is not there, or leaves none.
    """
    leave_out = _listed(folder, excluded) if excluded else set()
    clips = [clip for clip in _all(folder) if clip.file not in leave_out]
    if not clips:
        raise VoicecoachError(
            f"{folder} has no recordings; put .wav or .flac files into {folder}/words/<the word>, {folder}/talking or "
            f"{folder}/noise."
        )
    return clips


def _all(folder: Path) -> Iterator[Clip]:
    for file in sorted(folder.glob("words/*/*")):
        if file.suffix in _SUFFIXES:
            yield Clip(file, "word", file.parent.name)
    kinds: tuple[Kind, ...] = ("talking", "noise")
    for kind in kinds:
        yield from (Clip(file, kind, kind) for file in sorted(folder.glob(f"{kind}/*")) if file.suffix in _SUFFIXES)


def _listed(folder: Path, excluded: Path) -> set[Path]:
    try:
        lines = excluded.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VoicecoachError(
            f"{excluded} can't be read ({error}); give a text file with a path on each line."
        ) from None
    files = {folder / line.strip() for line in lines if line.strip()}
    for file in sorted(files):
        if not file.is_file():
            raise VoicecoachError(f"{excluded} excludes {file}, which is not there; remove or correct that line.")
    return files


def read_clip(file: Path) -> Samples:
    """Return a clip's sound, shape (n,). Raises VoicecoachError for all but 16 kHz mono sound."""
    try:
        sound, rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise VoicecoachError(f"{file} can't be read as sound ({error}); replace or exclude it.") from None
    if rate != SAMPLES_PER_SECOND:
        raise _unusable(file, f"has {rate} samples a second")
    if sound.shape[1] != 1:
        raise _unusable(file, f"has {sound.shape[1]} channels")
    if not sound.any():
        raise _unusable(file, "is empty or silent")
    mono: Samples = sound[:, 0]
    return mono


def is_clipped(sound: Samples) -> bool:
    """Return whether a sound, shape (n,), was recorded too loud for its format."""
    return bool(np.mean(np.abs(sound) >= _CLIPPED) > _CLIPPED_SHARE)


def _unusable(file: Path, what: str) -> VoicecoachError:
    return VoicecoachError(f"{file} {what}; replace it by 16 kHz mono sound, or --exclude it.")
