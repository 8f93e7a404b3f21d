"""Levels of sound; plain arithmetic."""

import math

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples

SILENCE_DBFS = -120.0
_FULL_SCALE = 0.99
_FRAME = samples(0.1)


def dbfs(power: float) -> float:
    """Return the level of a mean square; nothing is quieter than -120 dBFS."""
    return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0 else SILENCE_DBFS


def power_of(level_dbfs: float) -> float:
    """Return the mean square of a level."""
    return float(10 ** (level_dbfs / 10))


def noise_floor_dbfs(heard: Samples) -> float:
    """Return the median level of tenths of a second of `heard`, shape (n,), so that a cough does not count."""
    frames = heard[: heard.size // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    return dbfs(float(np.median(frames.var(axis=1)))) if len(frames) else SILENCE_DBFS


def clipped_share(heard: Samples) -> float:
    """Return which part of the samples is at full scale."""
    return float(np.mean(np.abs(heard) >= _FULL_SCALE)) if heard.size else 0.0
