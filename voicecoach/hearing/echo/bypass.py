"""The bypass round the echo canceller where there is no echo, as a canceller distorts the voice that it leaves."""

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples

_INAUDIBLE_POWER = np.float32(10 ** (-44.0 / 10))
"""Mean square of a block that is played: a voice that is turned down, and made louder by 6 dB, is softer."""


class Bypass:
    """Chooses between what was heard and what a canceller left of it; fades from one to the other over a block.

    `late_samples`: how much later than it was heard the canceller gives it back. `fades_seconds`: how long a room
    goes on sounding.
    """

    def __init__(self, late_samples: int, fades_seconds: float) -> None:
        self._fades = samples(fades_seconds)
        self._late: Samples = np.zeros(late_samples, np.float32)
        self._audible_samples = 0
        self.by_canceller = False
        """Whether what was chosen last was what the canceller left."""

    def choose(self, heard: Samples, left: Samples, played: Samples, echo_delay_samples: int) -> Samples:
        """Return what is best heard of somebody in the sound `left`, shape (n,), of three blocks at one position."""
        waiting = np.concatenate([self._late, heard])
        heard, self._late = waiting[: heard.size], waiting[heard.size :]
        self._audible_samples -= played.size
        if np.dot(played, played) > _INAUDIBLE_POWER * played.size:
            self._audible_samples = echo_delay_samples + self._fades + self._late.size
        before, self.by_canceller = self.by_canceller, self._audible_samples > 0
        if self.by_canceller == before:
            return left if before else heard
        share = np.linspace(before, self.by_canceller, left.size, dtype=np.float32)
        chosen: Samples = heard + share * (left - heard)
        return chosen
