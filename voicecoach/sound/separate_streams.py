"""A loudspeaker and, where one is wanted, a microphone as streams of their own, at whatever rates they have."""

import threading
from typing import Any

import numpy as np
import soxr

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound import portaudio
from voicecoach.sound.device_names import Kind, NoSound, find_device
from voicecoach.sound.stream import LATENCY_SECONDS, Stream, close, start

_BLOCKS_PER_SECOND = SAMPLES_PER_SECOND // BLOCK_SAMPLES
_CUSHION = samples(0.06)
_MOST = samples(0.2)


class Separate(Stream):
    """Two streams; the loudspeaker's callback is the only clock; where the microphone sent nothing, zeros are heard."""

    def __init__(self, microphone: str | None, speaker: str | None, *, hears: bool) -> None:
        """Open the devices with these names, or the default ones; no microphone unless it `hears`. Raises NoSound."""
        sounddevice = portaudio.load()

        super().__init__()
        self._inbox = _Inbox()
        self._streams: list[Any] = []
        try:
            if hears:
                rate, options = _options(find_device(microphone, "input"), "input")
                self._from_microphone = _Resampler(rate, SAMPLES_PER_SECOND)
                self._streams.append(sounddevice.InputStream(callback=self.hear, **options))
            rate, options = _options(find_device(speaker, "output"), "output")
            self._to_speaker = _Resampler(SAMPLES_PER_SECOND, rate)
            self._waiting = np.zeros(0, np.float32)
            self._streams.append(sounddevice.OutputStream(callback=self.speak, **options))
        except (sounddevice.PortAudioError, ValueError) as error:
            self.close()
            raise NoSound(
                f"No sound: the {'microphone and ' if hears else ''}loudspeaker can't be opened ({error}); connect "
                "what is missing, or name it with --mic and --speaker."
            ) from None
        self.latency_samples = samples(sum(stream.latency for stream in self._streams)) + _CUSHION

    def start(self) -> None:
        """Begin to play silence. Raises NoSound where the devices do not start."""
        for stream in self._streams:
            start(stream)

    def hear(self, heard: Samples, frames: int, time: Any, status: Any) -> None:
        """Keep what the microphone heard, shape (frames, 1), for the loudspeaker's clock to take."""
        del frames, time, status
        self._inbox.put(self._from_microphone.resample(heard[:, 0].copy()))

    def speak(self, played: Samples, frames: int, time: Any, status: Any) -> None:
        """Fill `played`, shape (frames, 1), with as many blocks as that takes."""
        flagged = bool(status)
        while self._waiting.size < frames:
            sound = self.turn(self._inbox.take(BLOCK_SAMPLES), time.outputBufferDacTime, flagged=flagged)
            flagged = False
            self._waiting = np.concatenate([self._waiting, self._to_speaker.resample(sound)])
        played[:, 0], self._waiting = self._waiting[:frames], self._waiting[frames:]

    def close(self) -> None:
        """Close both streams' devices; may hang where a sound daemon is frozen."""
        for stream in self._streams:
            close(stream)


class _Resampler:
    """Resamples a stream from one rate to another, whatever its blocks."""

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self._stream = soxr.ResampleStream(rate_in, rate_out, 1) if rate_in != rate_out else None

    def resample(self, sound: Samples) -> Samples:
        """Return the resampled sound that is ready, shape (n,); the last few milliseconds stay inside."""
        if self._stream is None:
            return sound
        resampled: Samples = self._stream.resample_chunk(sound)
        return resampled


class _Inbox:
    """A queue of samples from one clock to another. A cushion evens out jitter; what drift piles up is dropped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = np.zeros(0, np.float32)
        self._filling = True

    def put(self, sound: Samples) -> None:
        with self._lock:
            self._kept = np.concatenate([self._kept, sound])
            if self._kept.size > _MOST:
                self._kept = self._kept[-_CUSHION:]
            if self._kept.size >= _CUSHION:
                self._filling = False

    def take(self, size: int) -> Samples:
        with self._lock:
            if self._filling or self._kept.size < size:
                self._filling = True
                return np.zeros(size, np.float32)
            taken, self._kept = self._kept[:size], self._kept[size:]
            return taken


def _options(device: int | None, kind: Kind) -> tuple[int, dict[str, Any]]:
    """Return the rate and the options to open a device with: 16 kHz where it can do that, else its own rate."""
    sounddevice = portaudio.load()

    check = sounddevice.check_input_settings if kind == "input" else sounddevice.check_output_settings
    rate = SAMPLES_PER_SECOND
    try:
        check(device=device, channels=1, dtype="float32", samplerate=rate)
    except sounddevice.PortAudioError:
        rate = round(sounddevice.query_devices(device, kind)["default_samplerate"])
    return rate, {
        "device": device, "samplerate": rate, "blocksize": rate // _BLOCKS_PER_SECOND, "channels": 1,
        "dtype": "float32", "latency": LATENCY_SECONDS,
    }  # fmt: skip
