"""The real world: a microphone and a loudspeaker through PortAudio, one full-duplex stream."""

import queue
from typing import Any

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples

_LATENCY_SECONDS = 0.08
_LEAD_BLOCKS = 4
_ECHO_FADES = samples(0.25)
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
    """A `Sound` on a duplex stream; the callback copies and returns."""

    def __init__(self, microphone: str | None = None, speaker: str | None = None) -> None:
        """Open and start the stream on the devices with these names, or on the default ones. Raises NoSound."""
        try:
            import sounddevice
        except OSError:
            raise NoSound(_NO_PORTAUDIO) from None
        self._heard: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._to_play: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        for _ in range(_LEAD_BLOCKS):
            self._to_play.put(np.zeros(BLOCK_SAMPLES, np.float32))
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
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoSound(
                f"No sound: the microphone and loudspeaker can't be opened ({error}); connect them, or name them with "
                "--mic and --speaker."
            ) from None
        way = samples(sum(self._stream.latency)) + _LEAD_BLOCKS * BLOCK_SAMPLES
        self.echo_tail_samples = way + _ECHO_FADES

    def _callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        del frames, time
        self._heard.put(heard[:, 0].copy())
        try:
            played[:, 0] = self._to_play.get_nowait()
        except queue.Empty:
            played[:] = 0
        self.underruns += bool(status)

    def exchange(self, block: Samples) -> Samples:
        """Play a block and return the one heard. Raises NoSound when the microphone has stopped."""
        self._to_play.put(block)
        try:
            return self._heard.get(timeout=_GONE_AFTER_SECONDS)
        except queue.Empty:
            raise NoSound(
                "The microphone has sent nothing for three seconds; check its plug and start again."
            ) from None

    def close(self) -> None:
        """Stop the stream."""
        self._stream.close()
