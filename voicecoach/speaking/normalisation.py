"""Normalising rendered or recorded sound to what the program plays: one rate, trimmed, one loudness, no clicks."""

import loudness
import numpy as np
import soxr

from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND, samples

RENDERING = 4
"""Goes up whenever the same text is rendered differently from before, so that what was kept is not used any more."""
LOUDNESS_LUFS = -21.0
"""The median prompt of the default voice needs no limiting to reach this."""
_PEAK = 0.7
_QUIET = 0.005
_FADE = samples(0.005)
_MEASURED = samples(4.0)
_LIMITER = samples(0.01)


def at_one_rate(sound: Samples, rate: int) -> Samples:
    """Return mono sound of any rate, shape (n,), at 16 kHz."""
    resampled: Samples = soxr.resample(sound, rate, SAMPLES_PER_SECOND) if rate != SAMPLES_PER_SECOND else sound
    return resampled.astype(np.float32)


def shaped(sound: Samples, rate: int) -> Samples:
    """Return mono sound, shape (n,), 16 kHz, at -21 LUFS, without silence (below 0.5% of its peak) at its ends.

    Peaks are held below 0.7 of full scale; what has few but very high ones comes out quieter.
    """
    at_rate = at_one_rate(sound, rate)
    loud = np.flatnonzero(np.abs(at_rate) > _QUIET * np.abs(at_rate).max())
    trimmed = at_rate[loud[0] : loud[-1] + 1].copy() if loud.size else at_rate
    if not trimmed.any():
        return trimmed
    trimmed *= np.float32(_PEAK / np.abs(trimmed).max())
    trimmed *= np.float32(10 ** ((LOUDNESS_LUFS - loudness_lufs(trimmed)) / 20))
    trimmed = _limited(trimmed)
    fade = np.linspace(0, 1, min(_FADE, trimmed.size), dtype=np.float32)
    trimmed[: fade.size] *= fade
    trimmed[trimmed.size - fade.size :] *= fade[::-1]
    return trimmed


def loudness_lufs(sound: Samples) -> float:
    """Return the integrated loudness of speech, shape (n,), in LUFS, after ITU-R BS.1770.

    It is measured on blocks of 400 ms, so that a short word is said over and over for as long as a sentence. Blocks
    below -70 LUFS do not count, and where none counts, that is what is returned.
    """
    long_enough = np.tile(sound, -(-_MEASURED // sound.size))
    return max(float(loudness.integrated_loudness(long_enough, SAMPLES_PER_SECOND)), -70.0)


def _limited(sound: Samples) -> Samples:
    """Return sound turned down in the 10 ms round each peak above the limit, smoothly."""
    wanted = np.minimum(1.0, _PEAK / np.maximum(np.abs(sound), _PEAK))
    around = np.pad(wanted, _LIMITER, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(around, _LIMITER + 1).min(axis=1)
    window = np.hanning(_LIMITER + 3)[1:-1]
    gain = np.convolve(lowest, window / window.sum(), "valid")
    return (sound * gain).astype(np.float32)
