"""The simulated room: the coach's echo, late and reverberating, the person, and noise, in one microphone."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.player import Player


@dataclass(frozen=True)
class RoomSettings:
    """What the simulated room does to sound: echo, reverberation, noise, delays."""

    loudspeaker_delay_seconds: float = 0.06
    """From the block handed over to its sound in the room: the device's buffer."""
    echo_db: float = 0.0
    """Loudness of the coach in the microphone, relative to the person."""
    reverberation_seconds: float = 0.2
    """Until the echo has decayed by 60 dB."""
    noise_db: float = -62.0
    """Level of the background noise, relative to full scale."""
    microphone_delay_seconds: float = 0.02
    """From the sound in the room to the block heard."""
    microphone_gain_db: float = 0.0
    """What the microphone makes of all that sounds; below zero, so that a loud echo does not clip in it."""


class Occupant(Protocol):
    """Interface: somebody in the simulated room, who hears the coach and may speak."""

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what is said, shape (n,), in the block from sample `at` on, in which `heard` comes from the coach."""
        ...


class Room:
    """A simulated room with a person in it, as a `Sound`; keeps nothing, so recordings are made by watchers."""

    def __init__(self, occupant: Occupant, settings: RoomSettings, seed: int) -> None:
        self._occupant = occupant
        self._random = np.random.default_rng(seed)
        self._noise = np.float32(10 ** (settings.noise_db / 20))
        self._gain = np.float32(10 ** (settings.microphone_gain_db / 20))
        self._walls = _Convolution(self._impulse_response(settings))
        self._at = 0
        self.lost = False
        self._to_sound = _Delay(samples(settings.loudspeaker_delay_seconds))
        self._to_hear = _Delay(samples(settings.microphone_delay_seconds))
        self.echo_delay_samples = self._to_sound.samples + self._to_hear.samples
        self.ahead_samples = 0
        self.sounding: Samples = np.zeros(0, np.float32)
        """What came from the loudspeaker in the last block."""
        self.spoken: Samples = np.zeros(0, np.float32)
        """What the person said in the last block."""

    def _impulse_response(self, settings: RoomSettings) -> Samples:
        length = samples(settings.reverberation_seconds)
        decay = 10 ** (-3 * np.arange(length) / length)
        response = self._random.standard_normal(length) * decay * 0.1
        response[0] = 1.0
        response *= 10 ** (settings.echo_db / 20) / np.sqrt(np.sum(response**2))
        return response.astype(np.float32)

    def next_block(self, player: Player) -> Block:
        """Return the next block, played by the player and heard in the room."""
        at, played, finished = player.take(BLOCK_SAMPLES)
        return Block(at, played, self.exchange(played), finished)

    def exchange(self, block: Samples) -> Samples:
        """Play a block, shape (n,), and return the block heard in the same time, shape (n,)."""
        self.sounding = self._to_sound.put(block)
        self.spoken = self._occupant.live(self._at, self.sounding)
        self._at += block.size
        noise = self._random.standard_normal(block.size, dtype=np.float32) * self._noise
        sound = self._gain * (self._walls.put(self.sounding) + self.spoken + noise)
        return self._to_hear.put(np.clip(sound, -1.0, 1.0))

    def close(self) -> None:
        """Do nothing: there is nothing to let go."""


class _Convolution:
    """Convolves a stream of blocks, shape (320,), with a response, shape (n,), in the frequency domain.

    The response is cut into partitions of a block each (uniformly partitioned overlap-save), so that a block costs two
    short transforms; in silence, once all has faded, it costs nothing.
    """

    def __init__(self, response: Samples) -> None:
        self._count = -(-response.size // BLOCK_SAMPLES)
        partitions = np.pad(response, (0, self._count * BLOCK_SAMPLES - response.size)).reshape(self._count, -1)
        backwards = np.roll(np.fft.rfft(partitions, 2 * BLOCK_SAMPLES)[::-1], 1, axis=0)
        self._responses = np.concatenate([backwards, backwards])
        """Twice, so that from any place on they stand in the order of the ring of spectra."""
        self._spectra = np.zeros_like(backwards)
        """A ring of those of the last blocks, each with the one before it."""
        self._place = 0
        self._blocks: Samples = np.zeros(2 * BLOCK_SAMPLES, np.float32)
        self._fades = 0
        """So many blocks after this one something can still be heard."""

    def put(self, block: Samples) -> Samples:
        """Return what is heard of the stream in the time of its next block, shape (320,)."""
        if block.any():
            self._fades = self._count + 1
        if not self._fades:
            return np.zeros(BLOCK_SAMPLES, np.float32)
        self._fades -= 1
        self._blocks[:BLOCK_SAMPLES] = self._blocks[BLOCK_SAMPLES:]
        self._blocks[BLOCK_SAMPLES:] = block
        self._place = (self._place + 1) % self._count
        self._spectra[self._place] = np.fft.rfft(self._blocks)
        in_order = self._responses[self._count - self._place :][: self._count]
        heard = np.fft.irfft((self._spectra * in_order).sum(axis=0))[BLOCK_SAMPLES:]
        return heard.astype(np.float32, copy=False)


class _Delay:
    """Gives back the samples that are put in, so many samples later."""

    def __init__(self, size: int) -> None:
        self.samples = size
        self._waiting: Samples = np.zeros(size, np.float32)

    def put(self, block: Samples) -> Samples:
        waiting = np.concatenate([self._waiting, block])
        self._waiting = waiting[block.size :]
        return waiting[: block.size]
