"""The two soft ticks round a hold: short sweeps, so that their place in a recording can be found to the sample."""

from functools import cache

import numpy as np

from voicecoach.hearing.contract import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples

_LOW_HZ, _HIGH_HZ = 1800.0, 5200.0
_LEVEL = 0.22


@cache
def tick(*, ends: bool) -> Samples:
    """Return the tick that starts a hold (rising) or ends it (falling, a little longer), shape (n,)."""
    size = samples(0.05 if ends else 0.03)
    start, stop = (_HIGH_HZ, _LOW_HZ) if ends else (_LOW_HZ, _HIGH_HZ)
    phase = 2 * np.pi * np.cumsum(np.linspace(start, stop, size)) / SAMPLES_PER_SECOND
    sweep = np.sin(phase) * np.hanning(size) * _LEVEL
    return sweep.astype(np.float32)
