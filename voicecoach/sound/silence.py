"""A microphone that has died, told by its exact zeros: a living one always sends some noise."""

import numpy as np

from voicecoach.samples import samples
from voicecoach.sound.contract import Block

_SILENT_AFTER = samples(1.2)
_FADES = samples(0.5)


class SilenceWatch:
    """Counts zeros; only sound while the coach is inaudible proves that the microphone lives.

    PulseAudio moves what listened to a lost microphone to the loudspeaker's monitor, where there is nothing but the
    coach itself.
    """

    def __init__(self) -> None:
        self._zeros = 0
        self._audible_until = 0

    @property
    def silent(self) -> bool:
        """Whether the microphone sends nothing."""
        return self._zeros >= _SILENT_AFTER

    def add(self, block: Block, echo_delay_samples: int) -> None:
        """Take the next block."""
        if block.played.any():
            self._audible_until = block.at + block.played.size + echo_delay_samples + _FADES
        if not np.any(block.heard):
            self._zeros += block.heard.size
        elif block.at >= self._audible_until:
            self._zeros = 0
