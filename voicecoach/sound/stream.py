"""One opening of PortAudio's duplex stream: its callback mixes, copies and returns; nothing here recovers."""

import queue
from typing import Any

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.contract import Block
from voicecoach.sound.player import Player

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
    """Takes what it plays from a player and keeps what it hears until that is asked for."""

    def __init__(self, microphone: str | None, speaker: str | None) -> None:
        """Open the devices with these names, or the default ones. Raises NoSound."""
        try:
            import sounddevice
        except OSError:
            raise NoSound(_NO_PORTAUDIO) from None
        self._player = Player()
        self._blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
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
        """The way from a block played to its echo, as far as PortAudio knows."""
        return samples(sum(self._stream.latency))

    def start(self, player: Player) -> None:
        """Begin to play and to listen. Raises NoSound where the devices do not start."""
        import sounddevice

        self._player = player
        try:
            self._stream.start()
        except sounddevice.PortAudioError as error:
            raise NoSound(f"No sound: the microphone and loudspeaker do not start ({error}).") from None

    def callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        """Keep what was heard, shape (320, 1), and fill `played`, of the same shape. Called by PortAudio's thread."""
        del time
        at, sound, finished = self._player.take(frames)
        played[:, 0] = sound
        self._blocks.put(Block(at, sound, heard[:, 0].copy(), finished))
        self.underruns += bool(status)

    def take(self, limit_seconds: float) -> Block | None:
        """Return the next block, or None where none has come in time."""
        try:
            return self._blocks.get(timeout=limit_seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Let the devices go; may hang where a sound daemon is frozen."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
