"""One opening of PortAudio's duplex stream: its callback copies and returns; nothing here recovers from anything."""

import queue
from collections import deque
from typing import Any

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples

LEAD_BLOCKS = 5
_LATENCY_SECONDS = 0.06
_NO_PORTAUDIO = "PortAudio is not installed; run ./scripts/start, or install libportaudio2."


class NoSound(VoicecoachError):  # noqa: N818
    """There is no microphone, no loudspeaker, or nothing that reaches them."""


def sound_problem() -> str | None:
    """Return why there can be no live session here, as a sentence; None where there can."""
    try:
        import sounddevice

        sounddevice.query_devices(kind="input")
        sounddevice.query_devices(kind="output")
    except OSError:
        return _NO_PORTAUDIO
    except (sounddevice.PortAudioError, ValueError):
        return "There is no microphone and loudspeaker here."
    return None


class Stream:
    """Blocks in, blocks out. Each block handed over has its place: one that comes too late is dropped, not shifted."""

    def __init__(self, microphone: str | None, speaker: str | None) -> None:
        """Open the devices with these names, or the default ones. Raises NoSound."""
        try:
            import sounddevice
        except OSError:
            raise NoSound(_NO_PORTAUDIO) from None
        self._heard: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._to_play: deque[tuple[int, Samples]] = deque()
        self.blocks_handed_over = 0
        self.blocks_called_for = 0
        self.underruns = 0
        try:
            self._stream = sounddevice.Stream(
                samplerate=SAMPLES_PER_SECOND,
                blocksize=BLOCK_SAMPLES,
                channels=1,
                dtype="float32",
                latency=_LATENCY_SECONDS,
                device=(microphone, speaker),
                callback=self.callback,
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoSound(
                f"No sound: the microphone and loudspeaker can't be opened ({error}); connect them, or name them with "
                "--mic and --speaker."
            ) from None

    @property
    def latency_samples(self) -> int:
        """The way from a block handed over to its echo, as far as PortAudio knows."""
        return samples(sum(self._stream.latency)) + LEAD_BLOCKS * BLOCK_SAMPLES

    def callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        """Copy what was heard, shape (320, 1), and fill `played`, of the same shape. Called by PortAudio's thread."""
        del frames, time
        self._heard.put(heard[:, 0].copy())
        block, late = np.zeros(BLOCK_SAMPLES, np.float32), False
        while self._to_play and self._to_play[0][0] <= self.blocks_called_for:
            number, block = self._to_play.popleft()
            late = number < self.blocks_called_for
        played[:, 0] = 0 if late else block
        self.blocks_called_for += 1
        self.underruns += bool(status) or late

    def hand_over(self, block: Samples) -> None:
        """Give the next block to play. The first one starts the stream; raises NoSound where it doesn't start."""
        self._to_play.append((self.blocks_handed_over + LEAD_BLOCKS, block))
        self.blocks_handed_over += 1
        if self.blocks_handed_over == 1:
            import sounddevice

            try:
                self._stream.start()
            except sounddevice.PortAudioError as error:
                raise NoSound(f"No sound: the microphone and loudspeaker do not start ({error}).") from None

    def take(self, limit_seconds: float) -> Samples | None:
        """Return the next block heard, shape (320,), or None where none has come in time."""
        try:
            return self._heard.get(timeout=limit_seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Let the devices go; may hang where a sound daemon is frozen."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
