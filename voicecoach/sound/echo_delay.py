"""How late the loudspeaker's sound is in the microphone, measured by correlating the two."""

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples

_LONGEST = samples(1.5)
_FIRST_SOUNDING = samples(0.3)
_SOUNDING = samples(1.0)
_KEPT = samples(3.0)
_SAME = samples(0.002)
_OVER_LEVEL = 14.0
_OVER_OTHERS = 2.3
"""Two voices are alike enough for a peak of their own, but then there are several of about the same height."""


def echo_delay(played: Samples, heard: Samples, longest: int = _LONGEST) -> int | None:
    """Return the delay in samples, below `longest`, between two signals of shape (n,); None: no echo stands out.

    The cross-correlation is whitened (generalised cross-correlation with phase transform, Knapp and Carter 1976), so
    that speech gives one sharp peak.
    """
    width = 1 << (max(len(heard), 2 * longest) - 1).bit_length()
    early = played[: width - longest]
    product = np.fft.rfft(heard, width) * np.conj(np.fft.rfft(early, width))
    magnitude = np.abs(product)
    if not magnitude.any():
        return None
    correlation = np.fft.irfft(product / (magnitude + 1e-3 * magnitude.mean()), width)[:longest]
    peak = int(np.argmax(correlation))
    height, level = float(correlation[peak]), float(np.sqrt(np.mean(correlation**2)))
    correlation[max(peak - _SAME, 0) : peak + _SAME + 1] = 0.0
    return peak if height > max(_OVER_LEVEL * level, _OVER_OTHERS * float(correlation.max())) else None


class EchoDelayMeter:
    """Measures the echo's delay all along: soon after the coach's first words, then after every second of them.

    A delay is taken once it was found twice in a row.
    """

    def __init__(self) -> None:
        self._played: Samples = np.zeros(_KEPT, np.float32)
        self._heard: Samples = np.zeros(_KEPT, np.float32)
        self._at = 0
        self._began_at: int | None = None
        self._sounding = 0
        self._known: int | None = None
        self._found: int | None = None

    def add(self, played: Samples, heard: Samples) -> int | None:
        """Take a block played and heard, shape (n,) each; return the delay in samples where it has changed."""
        for kept, block in ((self._played, played), (self._heard, heard)):
            kept[: -block.size] = kept[block.size :]
            kept[-block.size :] = block
        self._at += played.size
        if played.any():
            self._sounding += played.size
            if self._began_at is None:
                self._began_at = self._at - played.size
        if self._known is None:
            return self._first()
        return self._again() if self._sounding >= _SOUNDING else None

    def _first(self) -> int | None:
        """Measure short delays soon and, while no echo stands out, longer ones again and again.

        Where there seems to be no echo at all, two measurements share no sound, as two voices can be alike by chance.
        """
        since = 0 if self._began_at is None else self._at - self._began_at
        wanted = _FIRST_SOUNDING if since < 2 * _KEPT else _KEPT
        if self._sounding < wanted or since < 2 * _FIRST_SOUNDING:
            return None
        self._sounding = 0
        size = min(since, _KEPT)
        delay = echo_delay(self._played[-size:], self._heard[-size:], min(size // 2, _LONGEST))
        found, self._found = self._found, delay
        if delay is not None and found is not None and abs(delay - found) <= _SAME:
            self._known = delay
        return self._known

    def _again(self) -> int | None:
        self._sounding = 0
        delay = echo_delay(self._played, self._heard)
        known, found, self._found = self._known, self._found, delay
        if delay is None or found is None or known is None:
            return None
        if abs(delay - found) > _SAME or abs(delay - known) <= _SAME:
            return None
        self._known = delay
        return delay
