"""The real world: a microphone and a loudspeaker through PortAudio, one full-duplex stream."""

import queue
from collections import deque
from typing import Any

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.echo_delay import EchoDelayMeter

_LATENCY_SECONDS = 0.06
LEAD_BLOCKS = 5
_ECHO_FADES = samples(0.25)
_UNTIL_MEASURED = samples(1.0)
_GONE_AFTER_SECONDS = 3.0
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


class Device:
    """A `Sound` on a duplex stream that starts with the first block; its callback copies and returns."""

    def __init__(self, microphone: str | None = None, speaker: str | None = None) -> None:
        """Open the stream on the devices with these names, or on the default ones. Raises NoSound."""
        try:
            import sounddevice
        except OSError:
            raise NoSound(_NO_PORTAUDIO) from None
        self._heard: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._to_play: deque[tuple[int, Samples]] = deque()
        self._blocks_exchanged = 0
        self._blocks_called_for = 0
        self.underruns = 0
        try:
            self._stream = sounddevice.Stream(
                samplerate=SAMPLES_PER_SECOND,
                blocksize=BLOCK_SAMPLES,
                channels=1,
                dtype="float32",
                latency=_LATENCY_SECONDS,
                device=(microphone, speaker),
                callback=self._callback,
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoSound(
                f"No sound: the microphone and loudspeaker can't be opened ({error}); connect them, or name them with "
                "--mic and --speaker."
            ) from None
        self._meter = EchoDelayMeter()
        self.echo_tail_samples = _UNTIL_MEASURED

    def _callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        del frames, time
        self._heard.put(heard[:, 0].copy())
        block, late = np.zeros(BLOCK_SAMPLES, np.float32), False
        while self._to_play and self._to_play[0][0] <= self._blocks_called_for:
            number, block = self._to_play.popleft()
            late = number < self._blocks_called_for
        played[:, 0] = 0 if late else block
        self._blocks_called_for += 1
        self.underruns += bool(status) or late

    def exchange(self, block: Samples) -> Samples:
        """Play a block and return the one heard. Raises NoSound when the microphone has stopped.

        Each block has its place in the stream: one that comes too late is dropped, so that time does not shift.
        """
        self._hand_over(block)
        try:
            heard = self._heard.get(timeout=_GONE_AFTER_SECONDS)
        except queue.Empty:
            raise NoSound(
                "The microphone has sent nothing for three seconds; check its plug and start again."
            ) from None
        self._measure_echo(block, heard)
        return heard

    def _hand_over(self, block: Samples) -> None:
        self._to_play.append((self._blocks_exchanged + LEAD_BLOCKS, block))
        self._blocks_exchanged += 1
        if self._blocks_exchanged == 1:
            self._stream.start()

    def _measure_echo(self, played: Samples, heard: Samples) -> None:
        if self._meter.done:
            return
        delay = self._meter.add(played, heard)
        if self._meter.done:
            reported = samples(sum(self._stream.latency)) + LEAD_BLOCKS * BLOCK_SAMPLES
            self.echo_tail_samples = (reported if delay is None else delay) + _ECHO_FADES

    def close(self) -> None:
        """Stop the stream."""
        self._stream.close()
