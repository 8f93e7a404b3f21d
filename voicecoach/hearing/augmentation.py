"""Loudness of an utterance, and augmentation: the same sound louder, padded or slower, for a second look at it."""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from voicecoach.blocks import Samples
from voicecoach.samples import SAMPLES_PER_SECOND

_FRAME = SAMPLES_PER_SECOND // 50
_LOUD = 0.5


def levels(samples: Samples) -> npt.NDArray[np.float64]:
    """Return the root mean square of each whole 20 ms of `samples`, shape (n,), full scale 1."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    each: npt.NDArray[np.float64] = np.sqrt((frames.astype(np.float64) ** 2).mean(1))
    return each


def level(samples: Samples) -> float:
    """Return the root mean square of the loudest 20 ms of `samples`, shape (n,), full scale 1; 0 for none."""
    return float(levels(samples).max(initial=0.0))


def level_db(samples: Samples) -> float:
    """Return the level of the loudest 20 ms of `samples`, shape (n,), in dB, full scale 0; -inf for none."""
    loudest = level(samples)
    return 20 * math.log10(loudest) if loudest > 0 else -math.inf


def renderings(samples: Samples) -> Iterator[Samples]:
    """Yield `samples`, shape (n,), plainly first, then in two other ways: louder with more silence, and slower."""
    yield padded(samples, 0.1, 0.2)
    peak = float(np.abs(samples).max(initial=1e-9))
    yield padded((samples * (_LOUD / peak)).astype(np.float32), 0.25, 0.35)
    yield padded(at_speed(samples, 0.9), 0.1, 0.2)


def padded(samples: Samples, before_seconds: float, after_seconds: float) -> Samples:
    """Return `samples`, shape (n,), with so much silence on either side."""
    before, after = (round(seconds * SAMPLES_PER_SECOND) for seconds in (before_seconds, after_seconds))
    return np.pad(samples, (before, after))


def at_speed(samples: Samples, speed: float) -> Samples:
    """Return `samples`, shape (n,), played `speed` times as fast, which changes the pitch too."""
    places = np.arange(0, len(samples) - 1, speed)
    resampled: Samples = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
    return resampled
