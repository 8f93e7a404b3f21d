"""Leakage: whether a sound is the coach's own voice, come back another way than the canceller has learnt."""

from typing import NamedTuple

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.hearing.augmentation import levels
from voicecoach.samples import BLOCK_SAMPLES, samples

LONGEST_DELAY = samples(1.0)
_LARGEST_GAIN = 4.0
"""Of an echo; what was played more quietly than that allows is no reason for a sound."""
_OUTLASTS_DB = -12.0


class Copy(NamedTuple):
    """The delayed copy of what was played that is most like what was left.

    `likeness` is how much of it is that copy: 0 for nothing, 1 for all. `outlasted` is whether there is more, almost
    as loud as the loudest of it, where the copy is too soft to be a reason for a sound: no echo outlasts its cause.
    """

    likeness: float
    outlasted: bool


def closest_copy(played: Samples, left: Samples, fades_seconds: float) -> Copy:
    """Return the delayed copy of `played`, shape (m,), that is most like `left`, shape (n,).

    `played` begins up to a second earlier and ends where `left` does; a room goes on sounding for `fades_seconds`.
    The likeness is the peak of their normalised cross-correlation: in simulated rooms 0.4 to 0.7 for the coach alone
    after its echo's path has changed, 0.1 to 0.3 for somebody who speaks over it, and up to 0.45 for somebody over whom
    the coach, turned down, speaks on.
    """
    if not left.any() or not played.any():
        return Copy(0.0, outlasted=bool(left.any()))
    width = 1 << (played.size + left.size).bit_length()
    product = np.fft.irfft(np.fft.rfft(played, width) * np.conj(np.fft.rfft(left, width)), width)
    offsets = np.arange(max(0, played.size - left.size - LONGEST_DELAY), played.size - left.size + 1)
    energy = np.concatenate([[0.0], np.cumsum(played.astype(np.float64) ** 2)])
    loudness = float(np.dot(left, left))
    copies = np.sqrt(np.maximum(energy[offsets + left.size] - energy[offsets], loudness / _LARGEST_GAIN**2))
    alike = np.abs(product[offsets]) / copies
    best = int(np.argmax(alike))
    copy = played[offsets[best] :][: left.size]
    return Copy(float(alike[best] / np.sqrt(loudness)), _outlasts(left, copy, samples(fades_seconds) // BLOCK_SAMPLES))


def _outlasts(left: Samples, copy: Samples, fades_blocks: int) -> bool:
    loud, copied = levels(left), levels(copy)
    sounding = np.array([copied[max(0, at - fades_blocks) : at + 1].max() for at in range(copied.size)])
    unexplained = loud[loud > _LARGEST_GAIN * sounding].max(initial=0.0)
    return bool(unexplained >= loud.max() * 10 ** (_OUTLASTS_DB / 20))
