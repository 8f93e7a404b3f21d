"""The default voice: pyttsx3 in a child process with a time limit."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import REINSTALL, VoicecoachError
from voicecoach.speaking.normalisation import RENDERING, shaped
from voicecoach.speaking.pace import Rendering
from voicecoach.worker import Worker, WorkerError, WorkerHung

_CHILD = "voicecoach.speaking.pyttsx3_child"
_MEMORY = Path("/dev/shm")


def _in_memory() -> Path | None:
    """Return a folder in memory where there is one, so that a full disk keeps nobody from speaking; else None."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else None


@dataclass(frozen=True)
class Pyttsx3Voice:
    """An eSpeak NG voice (or the platform's own), spoken at so many words a minute."""

    voice: str = "gmw/en-us"
    rate: int = 160
    limit_seconds: float = 10.0

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        versions = f"pyttsx3 {version('pyttsx3')} espeakng-loader {version('espeakng-loader')} rendering {RENDERING}"
        return f"{versions} {self.voice} {self.rate}"

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz. Raises VoicecoachError as `rendering` does."""
        with self.rendering(text) as render:
            return render(1.0)

    @contextmanager
    def rendering(self, text: str) -> Iterator[Rendering]:
        """Return what renders the text, each time so many times more slowly than usual: shape (n,), 16 kHz.

        It raises VoicecoachError where the synthesiser hangs, fails or writes nothing.
        """
        with (
            tempfile.TemporaryDirectory(prefix="voicecoach-", dir=_in_memory()) as folder,
            closing(Worker(_CHILD, self.voice)) as worker,
        ):
            yield partial(self._render, worker, Path(folder), text)

    def _render(self, worker: Worker, folder: Path, text: str, slowness: float) -> Samples:
        rate = round(self.rate / slowness)
        file = folder / f"{rate}.wav"
        broke_off = None
        try:
            worker.answer((text, str(file), rate), self.limit_seconds)
        except WorkerHung:
            raise self._failure(f"did not finish {text!r} within {self.limit_seconds:g} seconds") from None
        except WorkerError as error:
            broke_off = str(error)
        try:
            sound, samples_per_second = soundfile.read(file, dtype="float32")
        except (OSError, soundfile.LibsndfileError):
            raise self._failure(f"wrote nothing for {text!r} ({broke_off or 'it gave no reason'})") from None
        if broke_off:
            raise self._failure(f"broke off at {text!r} ({broke_off})")
        if sound.ndim != 1 or not sound.any():
            raise self._failure(f"wrote no sound for {text!r}")
        return shaped(sound, samples_per_second)

    def close(self) -> None:
        """Do nothing: each phrase is rendered in a process of its own."""

    def _failure(self, what: str) -> VoicecoachError:
        return VoicecoachError(f"The synthesiser pyttsx3 (voice {self.voice}) {what}; {REINSTALL}.")
