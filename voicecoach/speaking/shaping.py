"""Rendered or recorded sound to what the program plays: one rate, trimmed, one level, no clicks."""

import numpy as np
import soxr

from voicecoach.hearing.contract import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples

_LEVEL = 0.1
_PEAK = 0.7
_QUIET = 0.005
_FADE = samples(0.005)


def at_one_rate(sound: Samples, rate: int) -> Samples:
    """Return mono sound of any rate at 16 kHz."""
    resampled: Samples = soxr.resample(sound, rate, SAMPLES_PER_SECOND) if rate != SAMPLES_PER_SECOND else sound
    return resampled.astype(np.float32)


def shaped(sound: Samples, rate: int) -> Samples:
    """Return mono sound at 16 kHz, without silence at its ends (below 0.5% of its peak), at -20 dB RMS.

    Peaks stay below 0.7 of full scale, if need be at a lower level.
    """
    at_rate = at_one_rate(sound, rate)
    loud = np.flatnonzero(np.abs(at_rate) > _QUIET * np.abs(at_rate).max())
    trimmed = at_rate[loud[0] : loud[-1] + 1].copy() if loud.size else at_rate
    rms, peak = float(np.sqrt(np.mean(trimmed**2))), float(np.abs(trimmed).max(initial=0.0))
    if peak == 0.0:
        return trimmed
    trimmed *= np.float32(min(_LEVEL / rms, _PEAK / peak))
    fade = np.linspace(0, 1, min(_FADE, trimmed.size), dtype=np.float32)
    trimmed[: fade.size] *= fade
    trimmed[trimmed.size - fade.size :] *= fade[::-1]
    return trimmed
