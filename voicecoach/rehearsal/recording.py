"""The recording of a rehearsal: coach left, person right; whole, or not there at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples

_WRITTEN_TOGETHER = samples(1.0) // BLOCK_SAMPLES
_TROUBLE = (OSError, soundfile.LibsndfileError)


class Recording:
    """A WAV file and a transcript under temporary names, renamed when all went well and removed when not.

    Raises VoicecoachError wherever a file can't be written.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Begin both files."""
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
                _part(self.wav), "w", SAMPLES_PER_SECOND, channels=2, subtype="PCM_16", format="WAV"
            )
            self._open.append(self._sound)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Make of what goes wrong one sentence, and leave nothing."""
        try:
            yield
        except _TROUBLE as error:
            self._discard()
            raise VoicecoachError(
                f"The recording can't be written to {self._folder} ({error}); choose another --output."
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
        """How long the recording is."""
        return self.samples / SAMPLES_PER_SECOND

    def write(self, coach: Samples, person: Samples) -> None:
        """Add a block of both sides."""
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
