"""The short sounds that tell the time: sweeps and a chime, to be found in a recording to the sample."""

from functools import cache

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.signals import Signal

_SWEEPS_HZ = {
    Signal.HOLD_STARTS: ((1800.0, 5200.0, 0.03),),
    Signal.HOLD_ENDS: ((5200.0, 1800.0, 0.05),),
    Signal.TIME_STARTS: ((450.0, 1300.0, 0.12),),
    Signal.TIME_ENDS: ((1300.0, 450.0, 0.2),),
    Signal.SECOND: ((1550.0, 1450.0, 0.03),),
    Signal.REPETITION_DONE: ((990.0, 990.0, 0.07),),
    Signal.SET_DONE: ((523.0, 523.0, 0.14), (659.0, 659.0, 0.14), (784.0, 784.0, 0.28)),
}
"""From which pitch to which, and for how many seconds, one after the other."""
_LEVEL = 0.22


@cache
def tick(signal: Signal) -> Samples:
    """Return the sound of a signal, shape (n,).

    A hold is lined by soft ticks, a rising one and a falling one that is a little longer; a longer time by tones, so
    that nobody takes the start of a stretch for one of the counted holds. A repetition ends with a short note,
    so that its number is not taken for a second of the hold, a set with three rising ones.
    """
    return np.concatenate([_sweep(*sweep) for sweep in _SWEEPS_HZ[signal]])


def _sweep(start_hz: float, stop_hz: float, seconds: float) -> Samples:
    size = samples(seconds)
    phase = 2 * np.pi * np.cumsum(np.linspace(start_hz, stop_hz, size)) / SAMPLES_PER_SECOND
    return (np.sin(phase) * np.hanning(size) * _LEVEL).astype(np.float32)
