"""The sound of a session, kept because somebody wanted it: coach left, person right, written in a thread of its own."""

import os
import queue
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.small_files import reason
from voicecoach.watcher import Watcher


class KeptAudio(Watcher):
    """Writes both sides of a session to a FLAC file. What goes wrong is said once and stops nothing."""

    def __init__(self, file: Path, warn: Callable[[str], object]) -> None:
        """Begin the FLAC file, for its owner alone."""
        self._file = file
        self._warn = warn
        self._coach: Samples = np.zeros(0, np.float32)
        self._blocks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="kept audio", daemon=True)
        self._thread.start()

    def played(self, at: int, block: Samples) -> None:
        """Keep the block that the coach played, shape (n,), until the person's block comes."""
        del at
        self._coach = block.copy()

    def listened(self, at: int, block: Samples) -> None:
        """Write the coach's block with the person's, shape (n,)."""
        del at
        self._blocks.put(np.stack([self._coach, block], axis=1))

    def close(self) -> None:
        """Write what is left, and end the FLAC file."""
        self._blocks.put(None)
        self._thread.join()

    def _write(self) -> None:
        try:
            os.close(os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600))
            with soundfile.SoundFile(
                os.fsencode(self._file), "w", SAMPLES_PER_SECOND, channels=2, subtype="PCM_16", format="FLAC"
            ) as sound:
                while (block := self._blocks.get()) is not None:
                    sound.write(block)
        except (OSError, soundfile.LibsndfileError) as error:
            self._warn(f"The sound is not kept: {self._file} can't be written ({reason(error)}). The session goes on.")
