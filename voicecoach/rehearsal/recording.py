"""The recording of a rehearsal: coach left, person right; whole, or not there at all."""

from pathlib import Path
from types import TracebackType

import numpy as np
import soundfile

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import SAMPLES_PER_SECOND


class Recording:
    """A WAV file and a transcript under temporary names, renamed when all went well and removed when not."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin both files. Raises VoicecoachError where the folder can't be written."""
        self.wav, self.transcript = folder / f"{name}.wav", folder / f"{name}.txt"
        self._parts = [self.wav.with_suffix(".wav.part"), self.transcript.with_suffix(".txt.part")]
        self._folder = folder
        self.samples = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._text = self._parts[1].open("w", encoding="utf-8")
            self._sound = soundfile.SoundFile(
                self._parts[0], "w", SAMPLES_PER_SECOND, channels=2, subtype="PCM_16", format="WAV"
            )
        except (OSError, soundfile.LibsndfileError) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> VoicecoachError:
        return VoicecoachError(f"The recording can't be written to {self._folder} ({error}); choose another --output.")

    @property
    def seconds(self) -> float:
        """How long the recording is."""
        return self.samples / SAMPLES_PER_SECOND

    def write(self, coach: Samples, person: Samples) -> None:
        """Add a block of both sides."""
        try:
            self._sound.write(np.stack([coach, person], axis=1))
        except (OSError, soundfile.LibsndfileError) as error:
            raise self._failure(error) from None
        self.samples += coach.size

    def write_line(self, line: str) -> None:
        """Add a line to the transcript."""
        self._text.write(line + "\n")

    def __enter__(self) -> "Recording":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sound.close()
        self._text.close()
        for part, whole in zip(self._parts, (self.wav, self.transcript), strict=True):
            if kind is None:
                part.replace(whole)
            else:
                part.unlink(missing_ok=True)
