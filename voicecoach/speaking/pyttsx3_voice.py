"""The default voice: pyttsx3 in a child process with a time limit."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import soundfile

from voicecoach.errors import REINSTALL, VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.speaking.shaping import RENDERING, shaped


@dataclass(frozen=True)
class Pyttsx3Voice:
    """An eSpeak NG voice (or the platform's own), spoken at so many words a minute."""

    voice: str = "gmw/en-us"
    rate: int = 160
    limit_seconds: float = 10.0

    @property
    def name(self) -> str:
        """What tells this voice's renderings from any other's."""
        versions = f"pyttsx3 {version('pyttsx3')} espeakng-loader {version('espeakng-loader')} rendering {RENDERING}"
        return f"{versions} {self.voice} {self.rate}"

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz.

        Raises VoicecoachError where the synthesiser hangs, fails or writes nothing.
        """
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            file = Path(folder) / "phrase.wav"
            command = [sys.executable, "-m", "voicecoach.speaking.pyttsx3_child", self.voice, str(self.rate), str(file)]
            try:
                done = subprocess.run(
                    command, input=text, text=True, capture_output=True, timeout=self.limit_seconds, check=False
                )
            except subprocess.TimeoutExpired:
                raise self._failure(f"did not finish {text!r} within {self.limit_seconds:g} seconds") from None
            try:
                sound, rate = soundfile.read(file, dtype="float32")
            except (OSError, soundfile.LibsndfileError):
                raise self._failure(f"wrote nothing for {text!r} ({_last_line(done.stderr)})") from None
        if done.returncode != 0:
            raise self._failure(f"broke off at {text!r} ({_last_line(done.stderr)})")
        if sound.ndim != 1 or not sound.any():
            raise self._failure(f"wrote no sound for {text!r}")
        return shaped(sound, rate)

    def close(self) -> None:
        """Do nothing: each phrase has a process of its own."""

    def _failure(self, what: str) -> VoicecoachError:
        return VoicecoachError(f"The synthesiser pyttsx3 (voice {self.voice}) {what}; {REINSTALL}.")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it gave no reason"])[-1]
