"""Keeping the sample counter true to the loudspeaker's time: what an underrun has cost, in samples."""

from collections import deque
from statistics import median

from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples

_BASE_BLOCKS = 50
_SETTLING_BLOCKS = 6
_SETTLED_BLOCKS = 3
_LEAST_LOST = samples(0.002)
_MOST_LOST = samples(60)


class Anchor:
    """Follows at what time each block is going to sound; corrects the counter only after a flagged underrun.

    The times jitter, and settle a few blocks after the stream was started again, so a correction waits for that.
    """

    def __init__(self) -> None:
        self._base: deque[float] = deque(maxlen=_BASE_BLOCKS)
        self._settling: list[float] | None = None
        self._counted_seconds = 0.0

    def lost_samples(self, sounds_at_seconds: float, *, flagged: bool) -> int:
        """Take the time at which the next block sounds; return how many samples to leave out before it."""
        offset = sounds_at_seconds - self._counted_seconds
        self._counted_seconds += BLOCK_SAMPLES / SAMPLES_PER_SECOND
        if flagged:
            self._settling = []
        if self._settling is None:
            self._base.append(offset)
            return 0
        self._settling.append(offset)
        return self._settle(self._settling) if len(self._settling) == _SETTLING_BLOCKS else 0

    def _settle(self, offsets: list[float]) -> int:
        settled = median(offsets[-_SETTLED_BLOCKS:])
        lost = min(samples(settled - median(self._base)), _MOST_LOST) if self._base else 0
        self._settling = None
        self._base.clear()
        if lost < _LEAST_LOST:
            lost = 0
        self._counted_seconds += lost / SAMPLES_PER_SECOND
        return lost
