"""The soft ticks round a hold, the tones round a longer time: sweeps, to be found in a recording to the sample."""

from functools import cache

import numpy as np

from voicecoach.hearing.contract import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples

_TICK_HZ = (1800.0, 5200.0)
_TONE_HZ = (450.0, 1300.0)
_TONE_TIMES_AS_LONG = 4
_LEVEL = 0.22


@cache
def tick(*, ends: bool, is_tone: bool = False) -> Samples:
    """Return the tick that starts a hold (rising) or ends it (falling, a little longer), shape (n,).

    A tone is lower and longer: nobody takes the start of a stretch for one of the counted holds.
    """
    size = samples(0.05 if ends else 0.03) * (_TONE_TIMES_AS_LONG if is_tone else 1)
    low, high = _TONE_HZ if is_tone else _TICK_HZ
    start, stop = (high, low) if ends else (low, high)
    phase = 2 * np.pi * np.cumsum(np.linspace(start, stop, size)) / SAMPLES_PER_SECOND
    sweep = np.sin(phase) * np.hanning(size) * _LEVEL
    return sweep.astype(np.float32)
