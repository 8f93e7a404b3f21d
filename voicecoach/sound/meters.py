"""What is measured of a device's blocks as they pass: how late the echo comes, and whether the microphone lives."""

import numpy as np

from voicecoach.blocks import Block
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.sound.echo_delay import EchoDelayMeter
from voicecoach.sound.silence import SilenceWatch


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
