"""The room of the plain loop: a queue of microphone blocks, and a clock that goes on by the time computed."""

import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings

MICROPHONE_BLOCK_SAMPLES = 8_000
_LOUD_ECHO_GAIN_DB = -8.0
_Result = TypeVar("_Result")


class SpeakingPerson:
    """A person in the room who says a clip from a given sample on."""

    def __init__(self) -> None:
        self._clip: Samples = np.zeros(0, np.float32)
        self._begins = 0

    def say(self, clip: Samples, at: int) -> None:
        """Say this clip, shape (n,), from sample `at` on, and nothing else any more."""
        self._clip, self._begins = clip, at

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what is said, shape (n,), in the block from sample `at` on."""
        said = np.zeros(heard.size, np.float32)
        low, high = max(at, self._begins), min(at + heard.size, self._begins + self._clip.size)
        if low < high:
            said[low - at : high - at] = self._clip[low - self._begins : high - self._begins]
        return said


class PlainRoom:
    """Loudspeaker and microphone as a loop without threads sees them; all is recorded."""

    def __init__(self, echo_db: float, seed: int) -> None:
        settings = RoomSettings(echo_db=echo_db, microphone_gain_db=_LOUD_ECHO_GAIN_DB if echo_db > 0 else 0.0)
        self.person = SpeakingPerson()
        self.microphone_delay_samples = samples(settings.microphone_delay_seconds)
        self._loudspeaker_delay_samples = samples(settings.loudspeaker_delay_seconds)
        self._room = Room(self.person, settings, seed)
        self._player = Player()
        self._clock_seconds = 0.0
        self._passed = 0
        self._arriving: list[Samples] = []
        self._queue: deque[bytes] = deque()
        self.not_recorded = 0
        """Samples that were lost while the microphone's stream was stopped."""
        self._coach: list[Samples] = []
        self._person: list[Samples] = []

    @property
    def now(self) -> int:
        """The sample of the room that the loop has come to."""
        return round(self._clock_seconds * SAMPLES_PER_SECOND)

    @property
    def recording(self) -> tuple[Samples, Samples]:
        """What came from the loudspeaker and from the person, each of shape (n,)."""
        return np.concatenate(self._coach), np.concatenate(self._person)

    def compute(self, work: Callable[[], _Result]) -> _Result:
        """Do some work and let the room go on for as long as it took."""
        began = time.perf_counter()
        result = work()
        self.wait(time.perf_counter() - began)
        return result

    def wait(self, seconds: float) -> None:
        """Let so many samples of time pass."""
        self._clock_seconds += seconds
        self._pass_until(self.now)

    def next_block(self) -> bytes:
        """Return the oldest block of the queue, waiting for one where there is none."""
        while not self._queue:
            self._pass_block()
        self._clock_seconds = max(self._clock_seconds, self._passed / SAMPLES_PER_SECOND)
        return self._queue.popleft()

    def restart_microphone(self) -> None:
        """Go on as if the stream had been stopped since the last block that was taken, and started now."""
        self.not_recorded += BLOCK_SAMPLES * len(self._arriving) + MICROPHONE_BLOCK_SAMPLES * len(self._queue)
        self._arriving = []
        self._queue.clear()

    def start_playing(self, sound: Samples) -> tuple[int, int]:
        """Return the samples of the room at which a sound, shape (n,), played now begins and has ended."""
        [(start, end)] = self._player.say(0, [sound], self._passed)
        return start + self._loudspeaker_delay_samples, end + self._loudspeaker_delay_samples

    def wait_until(self, sample: int) -> None:
        """Let time pass up to a sample of the room."""
        self._clock_seconds = max(self._clock_seconds, sample / SAMPLES_PER_SECOND)
        self._pass_until(sample)

    def _pass_until(self, sample: int) -> None:
        while self._passed + BLOCK_SAMPLES <= sample:
            self._pass_block()

    def _pass_block(self) -> None:
        self._arriving.append(self._room.next_block(self._player).heard)
        self._coach.append(self._room.sounding)
        self._person.append(self._room.spoken)
        self._passed += BLOCK_SAMPLES
        if len(self._arriving) * BLOCK_SAMPLES == MICROPHONE_BLOCK_SAMPLES:
            heard = np.concatenate(self._arriving)
            self._queue.append((heard * 32767).astype("<i2").tobytes())
            self._arriving = []
