"""What is measured of a device's blocks as they pass: how late the echo comes, and whether the microphone lives."""

import numpy as np

from voicecoach.blocks import Block
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.echo_delay import EchoDelayMeter

_DOUBTFUL_AFTER = samples(0.04)
_SILENT_AFTER = samples(1.2)
_UNPROVED_AFTER = samples(2.0)
_UNPROVED_ZEROS = samples(0.3)
_FADES = samples(0.5)


class SilenceWatch:
    """Counts zeros; only sound while the coach is inaudible proves that the microphone lives.

    PulseAudio moves what listened to a lost microphone to the loudspeaker's monitor, where there is nothing but the
    coach itself, which must not be taken for a person.
    """

    def __init__(self) -> None:
        self._zeros = 0
        self._unproved = 0
        self._audible_until = 0

    @property
    def doubtful(self) -> bool:
        """Whether what is heard may come from no microphone."""
        return self._zeros >= _DOUBTFUL_AFTER

    @property
    def silent(self) -> bool:
        """Whether there is no microphone that sends anything."""
        unproved = self._unproved >= _UNPROVED_AFTER and self._zeros >= _UNPROVED_ZEROS
        return unproved or self._zeros >= _SILENT_AFTER

    def add(self, block: Block, echo_delay_samples: int) -> None:
        """Take the next block."""
        if block.played.any():
            self._audible_until = block.at + block.played.size + echo_delay_samples + _FADES
        if not np.any(block.heard):
            self._zeros += block.heard.size
        elif block.at >= self._audible_until:
            self._zeros = self._unproved = 0
        self._unproved += block.heard.size if self._zeros else 0


class Meters:
    """Measures the blocks of one player's time, of which the first is number 0, whatever streams they come from."""

    def __init__(self, echo_delay_samples: int) -> None:
        """Take the echo to be so late until that is measured."""
        self.echo_delay_samples = echo_delay_samples
        self.underruns_before = 0
        """How many blocks of the streams before were flagged."""
        self.begin()

    def begin(self) -> None:
        """Forget all but the delay, as another player's time begins."""
        self._delay = EchoDelayMeter()
        self._silence = SilenceWatch()
        self._next_at = 0

    @property
    def silent(self) -> bool:
        """Whether the microphone sends nothing."""
        return self._silence.silent

    def add(self, block: Block) -> Block:
        """Measure a block; return it, with silence in the place of what may come from no microphone.

        After a gap, in which there may have been other devices, the delay is measured anew.
        """
        if block.at != self._next_at:
            self._delay = EchoDelayMeter()
        self._next_at = block.at + block.heard.size
        self._silence.add(block, self.echo_delay_samples)
        if self._silence.doubtful:
            block = block._replace(heard=np.zeros(BLOCK_SAMPLES, np.float32))
        delay = self._delay.add(block.played, block.heard)
        if delay is not None:
            self.echo_delay_samples = delay
        return block
