"""The recording of a rehearsal, whole or not there at all, and the holds measured in it by the ticks round each."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TextIO

import numpy as np
import soundfile
from numpy.typing import NDArray

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.signals import Signal
from voicecoach.small_files import reason
from voicecoach.sound.ticks import tick

_WRITTEN_TOGETHER = samples(1.0) // BLOCK_SAMPLES
_TROUBLE = (OSError, soundfile.LibsndfileError)


class Recording:
    """A WAV file and a transcript under temporary names, renamed when all went well and removed when not.

    Raises VoicecoachError wherever a file can't be written.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Begin the WAV file and the transcript, under temporary names."""
        self.wav, self.transcript = folder / f"{name}.wav", folder / f"{name}.txt"
        self._folder = folder
        self._written = [_part(self.wav), _part(self.transcript)]
        """What is there of the recording so far, under whatever names."""
        self._open: list[TextIO | soundfile.SoundFile] = []
        self._waiting: list[tuple[Samples, Samples]] = []
        self.samples = 0
        with self._writing():
            folder.mkdir(parents=True, exist_ok=True)
            self._text = _part(self.transcript).open("w", encoding="utf-8")
            self._open.append(self._text)
            self._sound = soundfile.SoundFile(
                os.fsencode(_part(self.wav)), "w", SAMPLES_PER_SECOND, channels=2, subtype="PCM_16", format="WAV"
            )
            self._open.append(self._sound)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Make one sentence of an error in writing, and leave no file."""
        try:
            yield
        except _TROUBLE as error:
            self._discard()
            raise VoicecoachError(
                f"The recording can't be written to {self._folder} ({reason(error)}); choose another --output."
            ) from None

    def _discard(self) -> None:
        for file in self._open:
            with suppress(*_TROUBLE):
                file.close()
        for path in self._written:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    @property
    def seconds(self) -> float:
        """How long the recording is, in seconds."""
        return self.samples / SAMPLES_PER_SECOND

    def write(self, coach: Samples, person: Samples) -> None:
        """Add a block of both sides, shape (n,) each."""
        self._waiting.append((coach, person))
        self.samples += coach.size
        if len(self._waiting) >= _WRITTEN_TOGETHER:
            with self._writing():
                self._write_waiting()

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._sound.write(np.concatenate(waiting, axis=1).T)

    def write_line(self, line: str) -> None:
        """Add a line to the transcript."""
        with self._writing():
            self._text.write(line + "\n")

    def __enter__(self) -> "Recording":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._discard()
            return
        with self._writing():
            self._write_waiting()
            for file in self._open:
                file.close()
            for whole in (self.wav, self.transcript):
                _part(whole).replace(whole)
                self._written.append(whole)


def _part(whole: Path) -> Path:
    return whole.with_name(f"{whole.name}.part")


_TICKS = (Signal.HOLD_STARTS, Signal.HOLD_ENDS)
_TONES = (Signal.TIME_STARTS, Signal.TIME_ENDS)
_CHUNK = 1 << 16
"""So many samples are transformed at once."""
_ALIKE = 0.7
_LONGEST_SECONDS = 31
_LONGEST_BETWEEN_TONES_SECONDS = 301


def measure_holds(wav: Path, *, between_tones: bool = False) -> list[float]:
    """Return the length in seconds of each hold in the left channel: a start tick and the next end tick after it.

    A start tick that another one follows first belongs to a hold that was broken off, and is left out. Between tones
    lie the longer times that are not counted as holds.
    """
    sound = soundfile.SoundFile(os.fsencode(wav))
    with sound:
        if sound.samplerate != SAMPLES_PER_SECOND:
            raise ValueError(f"{wav} has {sound.samplerate} samples a second instead of {SAMPLES_PER_SECOND}")
        starts, ends = _find_ticks(sound, _TONES if between_tones else _TICKS)
    marks = sorted([(at, False) for at in starts] + [(at, True) for at in ends])
    lengths = (
        (later[0] - first[0]) / SAMPLES_PER_SECOND for first, later in pairwise(marks) if later[1] and not first[1]
    )
    longest = _LONGEST_BETWEEN_TONES_SECONDS if between_tones else _LONGEST_SECONDS
    return [length for length in lengths if length <= longest]


def _find_ticks(sound: soundfile.SoundFile, signals: tuple[Signal, Signal]) -> tuple[list[int], list[int]]:
    """Return the first samples of all start ticks and of all end ticks."""
    templates = tuple(map(tick, signals))
    overlap = max(t.size for t in templates) - 1
    found: tuple[list[int], list[int]] = ([], [])
    at, kept = 0, np.zeros(0, np.float32)
    while True:
        read = sound.read(_CHUNK - 2 * overlap, dtype="float32", always_2d=True)[:, 0]
        is_last = read.size < _CHUNK - 2 * overlap
        chunk = np.concatenate([kept, read, np.zeros(overlap if is_last else 0, np.float32)])
        spectrum = np.fft.rfft(_sharpened(chunk), _CHUNK)
        for template, places in zip(templates, found, strict=True):
            peaks = _peaks(spectrum, chunk.size, template)
            places += [at + int(p) for p in peaks if not places or at + p > places[-1] + template.size]
        if is_last:
            return found
        kept = chunk[-overlap:]
        at += chunk.size - overlap


def _sharpened(sound: Samples) -> Samples:
    """Return the differences of a sound (a first-order high-pass), in which a voice at a tick's start weighs less."""
    return np.diff(sound, prepend=np.float32(0))


def _peaks(spectrum: NDArray[np.complexfloating], size: int, template: Samples) -> NDArray[np.intp]:
    """Return where a template stands in so many samples with this spectrum: the peaks of their correlation."""
    shape = _sharpened(template)
    product = spectrum * np.conj(np.fft.rfft(shape, _CHUNK))
    alike = np.fft.irfft(product, _CHUNK)[: size - template.size + 1] / float(np.sum(shape**2))
    over = np.flatnonzero(alike > _ALIKE)
    groups = np.split(over, np.flatnonzero(np.diff(over) > template.size) + 1) if over.size else []
    return np.array([group[np.argmax(alike[group])] for group in groups], np.intp)
