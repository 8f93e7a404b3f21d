"""A microphone that has died, told by its exact zeros: a living one always sends some noise."""

import numpy as np

from voicecoach.blocks import Block
from voicecoach.samples import samples

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
