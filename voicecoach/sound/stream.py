"""A stream: one opening of PortAudio. Its callback mixes, copies and returns; nothing here recovers."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound import portaudio
from voicecoach.sound.device_names import NoSound, find_device
from voicecoach.sound.player import Player
from voicecoach.sound.sample_anchor import Anchor

LATENCY_SECONDS = 0.06
_MOST_BLOCKS = samples(30.0) // BLOCK_SAMPLES
"""So many wait for who listens, however far behind that is; later ones are lost, as in an underrun."""


class Stream:
    """Takes what it plays from a player, once it has one, and keeps what it hears until that is asked for."""

    latency_samples: int
    """The way from a block played to its echo, as far as PortAudio knows."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing to play. `clock` counts seconds and is never set."""
        self._anchor = Anchor(clock)
        self._blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
        self._playing: tuple[Player | None, queue.SimpleQueue[Block], list[int]] = (None, self._blocks, [])
        """Where the sound comes from and goes to, and the tokens of what ended in blocks that were lost."""
        self._alive = threading.Event()
        self._hearing = threading.Event()
        self.underruns = 0

    def start(self) -> None:
        """Begin to play silence. Raises NoSound where the devices do not start."""
        raise NotImplementedError

    def wait_alive(self, limit_seconds: float) -> bool:
        """Wait until the devices have begun to ask for sound; return whether they have in time."""
        return self._alive.wait(limit_seconds)

    def wait_hearing(self, limit_seconds: float) -> bool:
        """Wait until the microphone has begun to send more than zeros; return whether it has in time."""
        return self._hearing.wait(limit_seconds)

    def play(self, player: Player | None) -> None:
        """Take what is played from this player from now on, and keep what is heard; None: play and keep nothing.

        What was heard before in another player's time is dropped.
        """
        if player is not None:
            self._blocks = queue.SimpleQueue()
        self._playing = (player, self._blocks, [])

    def turn(self, heard: Samples, sounds_at_seconds: float, *, flagged: bool) -> Samples:
        """Keep a block heard, and return the one to play, both of shape (320,). Called by PortAudio's thread."""
        self._alive.set()
        if not self._hearing.is_set() and heard.any():
            self._hearing.set()
        self.underruns += flagged
        player, blocks, untold = self._playing
        lost = self._anchor.lost_samples(sounds_at_seconds, flagged=flagged)
        if player is None:
            return np.zeros(BLOCK_SAMPLES, np.float32)
        ended = player.take(lost).finished if lost else ()
        at, sound, finished = player.take(BLOCK_SAMPLES)
        untold.extend(ended + finished)
        if blocks.qsize() < _MOST_BLOCKS:
            blocks.put(Block(at, sound, heard, tuple(untold)))
            untold.clear()
        return sound

    def take(self, limit_seconds: float) -> Block | None:
        """Return the next block; None where none has come in time."""
        try:
            return self._blocks.get(timeout=limit_seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Close the stream's devices; may hang where a sound daemon is frozen."""
        raise NotImplementedError


class Duplex(Stream):
    """Microphone and loudspeaker as one stream, which is one clock."""

    def __init__(self, microphone: str | None, speaker: str | None) -> None:
        """Open the devices with these names, or the default ones. Raises NoSound."""
        sounddevice = portaudio.load()

        super().__init__()
        device = (find_device(microphone, "input"), find_device(speaker, "output"))
        try:
            self._stream = sounddevice.Stream(
                samplerate=SAMPLES_PER_SECOND,
                blocksize=BLOCK_SAMPLES,
                channels=1,
                dtype="float32",
                latency=LATENCY_SECONDS,
                device=device,
                callback=self.callback,
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoSound(
                f"No sound: the microphone and loudspeaker can't be opened ({error}); connect them, or name them with "
                "--mic and --speaker."
            ) from None
        self.latency_samples = samples(sum(self._stream.latency))

    def start(self) -> None:
        """Begin to play silence. Raises NoSound where the devices do not start."""
        start(self._stream)

    def callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        """Keep what was heard, shape (320, 1), and fill `played`, of the same shape."""
        del frames
        played[:, 0] = self.turn(heard[:, 0].copy(), time.outputBufferDacTime, flagged=bool(status))

    def close(self) -> None:
        """Close the stream's devices; may hang where a sound daemon is frozen."""
        close(self._stream)


def start(stream: Any) -> None:
    """Start a stream of PortAudio. Raises NoSound where the device does not start."""
    sounddevice = portaudio.load()

    try:
        stream.start()
    except sounddevice.PortAudioError as error:
        raise NoSound(f"No sound: the microphone and loudspeaker do not start ({error}).") from None


def close(stream: Any) -> None:
    """Stop a stream of PortAudio at once and give it back."""
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)
