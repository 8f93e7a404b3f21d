"""The booth in which the doctor speaks and listens: a device, and all blocks that were played and heard on it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.sound.interface import Sound
from voicecoach.sound.player import Player


class DoctorDevice(Sound, Protocol):
    """Interface: a sound device that counts its underruns."""

    @property
    def underruns(self) -> int:
        """How many blocks so far came late."""
        ...


class MicrophoneLost(VoicecoachError):  # noqa: N818
    """Nothing comes from the microphone, or nothing any more."""


class Booth:
    """Plays and keeps every block, so that all measuring is done afterwards and none of it while blocks are due."""

    def __init__(self, device: DoctorDevice, voice: Mapping[str, Samples]) -> None:
        self.device = device
        self.blocks: list[Block] = []
        self.heard_anything = False
        self._voice = voice
        self._player = Player()
        self._spoken = 0
        self._done: set[int] = set()

    @property
    def now(self) -> int:
        """The first sample of the stream that has not been heard yet."""
        return self.blocks[-1].at + self.blocks[-1].heard.size if self.blocks else 0

    @property
    def seconds(self) -> float:
        """How long the booth has had sound, in seconds."""
        return self.now / SAMPLES_PER_SECOND

    def open(self, within_seconds: float) -> None:
        """Wait until there is sound from the microphone. Raises MicrophoneLost where none comes in time."""
        while not self.heard_anything:
            self._pass()
            if self.now >= samples(within_seconds):
                raise MicrophoneLost("The microphone sends nothing.")

    def step(self) -> Block:
        """Let time go on by a block, and keep it. Raises MicrophoneLost."""
        block = self._pass()
        if self.device.lost:
            raise MicrophoneLost("The microphone has fallen silent.")
        return block

    def _pass(self) -> Block:
        block = self.device.next_block(self._player)
        self.blocks.append(block)
        self.heard_anything = self.heard_anything or bool(block.heard.any())
        self._done.update(block.finished)
        return block

    def begin(self, text: str) -> tuple[int, int]:
        """Begin to say a rendered text; return its first sample and the first one after it."""
        self._spoken += 1
        return self._player.say(self._spoken, [self._voice[text]], None)[0]

    def say(self, text: str) -> tuple[int, int]:
        """Say a rendered text to its end. Raises MicrophoneLost."""
        place = self.begin(text)
        while self._spoken not in self._done:
            self.step()
        return place

    def take_leave(self, text: str) -> None:
        """Say a last text until it has left the loudspeaker, whether anything is heard or not."""
        _, ends_at = self.begin(text)
        while self.now < ends_at + self.device.echo_delay_samples:
            self._pass()

    def wait(self, seconds: float, each: Callable[[], object] = lambda: None) -> Sequence[Block]:
        """Listen for so long; call `each` when a block arrives; return the blocks. Raises MicrophoneLost."""
        first, until = len(self.blocks), self.now + samples(seconds)
        while self.now < until:
            self.step()
            each()
        return self.blocks[first:]


def heard(blocks: Sequence[Block]) -> Samples:
    """Return what was heard in these blocks, shape (n,)."""
    return np.concatenate([block.heard for block in blocks])


def played(blocks: Sequence[Block]) -> Samples:
    """Return what was played in these blocks, shape (n,)."""
    return np.concatenate([block.played for block in blocks])
