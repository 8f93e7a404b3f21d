"""Fixtures of the speaking tests: the real synthesiser, one that counts, and broken ones."""

from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import Speaker


@pytest.fixture(scope="session")
def voice() -> Pyttsx3Voice:
    return Pyttsx3Voice()


class CountingVoice:
    """A voice that says each text as a tone of its own and remembers what it was asked to render."""

    def __init__(self, name: str = "counting") -> None:
        self.name = name
        self.rendered: list[str] = []
        self.closed = False

    def render(self, text: str) -> Samples:
        self.rendered.append(text)
        pitch = 200 + sum(text.encode())
        return (0.3 * np.sin(2 * np.pi * pitch * np.arange(8000) / 16000)).astype(np.float32)

    def at(self, most_words_per_minute: int) -> Speaker:
        del most_words_per_minute
        return self

    def keeps_time(self, text: str) -> bool:
        del text
        return False

    def close(self) -> None:
        self.closed = True


class BrokenSynthesiser:
    """A module `pyttsx3` that comes before the real one in the synthesiser's process."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._package = folder / "pyttsx3"
        (self._package / "drivers").mkdir(parents=True)
        (self._package / "drivers" / "__init__.py").touch()
        (self._package / "drivers" / "_espeak.py").write_text(
            "Synth = AUDIO_OUTPUT_SYNCHRONOUS = None\n", encoding="utf-8"
        )
        monkeypatch.setenv("PYTHONPATH", str(folder))

    def saves(self, body: str) -> None:
        """Make the module's `save_to_file(text, file)` do this."""
        lines = "\n".join(f"        {line}" for line in body.strip().splitlines())
        (self._package / "__init__.py").write_text(
            "import os, sys, threading, wave\n"
            "def init(): return Engine()\n"
            "class Engine:\n"
            "    def setProperty(self, name, value): pass\n"
            "    def runAndWait(self): pass\n"
            f"    def save_to_file(self, text, file):\n{lines}\n",
            encoding="utf-8",
        )


@pytest.fixture
def synthesiser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BrokenSynthesiser:
    return BrokenSynthesiser(tmp_path / "modules", monkeypatch)
