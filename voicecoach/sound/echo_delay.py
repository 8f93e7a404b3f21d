"""How late the loudspeaker's sound is in the microphone, measured by correlating the two."""

import numpy as np

from voicecoach.hearing.contract import Samples
from voicecoach.samples import samples

_LONGEST = samples(1.5)
_STANDS_OUT = 8.0


def echo_delay(played: Samples, heard: Samples) -> int | None:
    """Return the delay in samples between two signals of shape (n,), or None where no echo stands out.

    The cross-correlation is whitened (generalised cross-correlation with phase transform, Knapp and Carter 1976), so
    that speech gives one sharp peak, and looked at up to 1.5 seconds.
    """
    width = 1 << (2 * len(played) - 1).bit_length()
    product = np.fft.rfft(heard, width) * np.conj(np.fft.rfft(played, width))
    magnitude = np.abs(product)
    if not magnitude.any():
        return None
    correlation = np.fft.irfft(product / (magnitude + 1e-3 * magnitude.mean()), width)[:_LONGEST]
    peak = int(np.argmax(correlation))
    return peak if correlation[peak] > _STANDS_OUT * np.sqrt(np.mean(correlation**2)) else None


class EchoDelayMeter:
    """Listens in until it has heard enough of the coach, then measures once."""

    def __init__(self) -> None:
        self._played: list[Samples] = []
        self._heard: list[Samples] = []
        self._sounding = 0
        self._after = 0
        self.done = False

    def add(self, played: Samples, heard: Samples) -> int | None:
        """Take a block of both; return the delay in samples when it has just been measured and an echo found."""
        if self.done or (not self._played and not played.any()):
            return None
        self._played.append(played)
        self._heard.append(heard)
        if self._sounding < samples(1.5):
            self._sounding += played.size if played.any() else 0
            return None
        self._after += played.size
        if self._after < _LONGEST:
            return None
        self.done = True
        delay = echo_delay(np.concatenate(self._played), np.concatenate(self._heard))
        self._played, self._heard = [], []
        return delay
