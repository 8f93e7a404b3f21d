"""Whether a sound is what the loudspeaker just played, come back some other way than the canceller has learnt."""

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples

LONGEST_DELAY = samples(1.0)
_LARGEST_GAIN = 4.0
"""Of an echo; what was played more quietly than that allows is no reason for a sound."""


def likeness(played: Samples, left: Samples) -> float:
    """Return how much of `left`, shape (n,), is one delayed copy of `played`, shape (m,): 0 for nothing, 1 for all.

    `played` begins up to a second earlier and ends where `left` does. It is the peak of their normalised
    cross-correlation: in simulated rooms 0.4 to 0.7 for the coach alone after its echo's path has changed, 0.1 to 0.3
    for somebody who speaks over it.
    """
    if not left.any() or not played.any():
        return 0.0
    width = 1 << (played.size + left.size).bit_length()
    product = np.fft.irfft(np.fft.rfft(played, width) * np.conj(np.fft.rfft(left, width)), width)
    offsets = np.arange(max(0, played.size - left.size - LONGEST_DELAY), played.size - left.size + 1)
    energy = np.concatenate([[0.0], np.cumsum(played.astype(np.float64) ** 2)])
    loudness = float(np.dot(left, left))
    copies = np.sqrt(np.maximum(energy[offsets + left.size] - energy[offsets], loudness / _LARGEST_GAIN**2))
    return float(np.max(np.abs(product[offsets]) / copies) / np.sqrt(loudness))
