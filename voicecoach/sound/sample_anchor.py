"""Keeping the sample counter true to the loudspeaker's time: what a gap in the sound has cost, in samples."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import NamedTuple

from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples

_BASE_BLOCKS = 50
_SETTLING_BLOCKS = 6
_SETTLED_BLOCKS = 3
_LEAST_LOST = samples(0.002)
_MOST_LOST = samples(60)
_UNFLAGGED_BLOCKS = 10
_UNFLAGGED_BASE_BLOCKS = 25
_UNFLAGGED_SECONDS = (0.02, 3.0)
"""From a block on; a longer standstill is no gap: the session is told of it as time that passed unseen."""
_OUT_OF_JITTER = 6
"""So many median deviations from the median are a gap, where times jitter a lot."""


class _Late(NamedTuple):
    """How far ahead of the samples counted the clocks are, in seconds, apart from where they began."""

    sounds: float
    """By PortAudio's clock, maybe the wall clock, which is set, at the time at which the block is going to sound."""
    asked_for: float
    """By the clock that nobody sets, at the time at which the block was asked for, which jitters more."""


class Anchor:
    """Follows at what time each block is going to sound; corrects the counter after a gap in the sound.

    The times jitter, and settle a few blocks after the stream was started again, so a correction waits for that. Where
    PortAudio flags no underrun, a gap is what is longer than a block, stands out of the jitter, stays, and is in the
    time of the clock that nobody sets too: PulseAudio's ALSA plugin fills one up now and then without a word.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin a stream's time. `clock` counts seconds and is never set."""
        self._clock = clock
        self._base: deque[_Late] = deque(maxlen=_BASE_BLOCKS)
        """Before the latest ones."""
        self._latest: deque[_Late] = deque()
        self._settling: list[_Late] | None = None
        self._counted_seconds = 0.0

    def lost_samples(self, sounds_at_seconds: float, *, flagged: bool) -> int:
        """Take the time at which the next block sounds; return how many samples to leave out before it."""
        late = _Late(sounds_at_seconds - self._counted_seconds, self._clock() - self._counted_seconds)
        self._counted_seconds += BLOCK_SAMPLES / SAMPLES_PER_SECOND
        if flagged:
            self._settling = []
        if self._settling is not None:
            self._settling.append(late)
            return self._flagged_gap(self._settling) if len(self._settling) == _SETTLING_BLOCKS else 0
        self._latest.append(late)
        if len(self._latest) <= _UNFLAGGED_BLOCKS:
            return 0
        self._base.append(self._latest.popleft())
        return self._unflagged_gap() if len(self._base) >= _UNFLAGGED_BASE_BLOCKS else 0

    def _flagged_gap(self, settling: Sequence[_Late]) -> int:
        settled = settling[-_SETTLED_BLOCKS:]
        base = [*self._base, *self._latest]
        lost = samples(_middle(settled).sounds - _middle(base).sounds) if base else 0
        self._settling = None
        return self._left_out(min(lost, _MOST_LOST) if lost >= _LEAST_LOST else 0, settled)

    def _unflagged_gap(self) -> int:
        least, most = _UNFLAGGED_SECONDS
        usual_sounds = median(late.sounds for late in self._base)
        stands_out = min(late.sounds for late in self._latest) - usual_sounds
        if stands_out < least:
            return 0
        if stands_out < _OUT_OF_JITTER * median(abs(late.sounds - usual_sounds) for late in self._base):
            return 0
        usual, now = _middle(self._base), _middle(self._latest)
        lost_seconds = now.sounds - usual.sounds
        if lost_seconds > most or now.asked_for - usual.asked_for < lost_seconds / 2:
            return 0
        return self._left_out(samples(lost_seconds), list(self._latest))

    def _left_out(self, lost: int, settled: Sequence[_Late]) -> int:
        """Count so many samples as gone by, after which times are as these are but for them."""
        seconds = lost / SAMPLES_PER_SECOND
        self._counted_seconds += seconds
        self._latest.clear()
        self._base.clear()
        self._base.extend(_Late(late.sounds - seconds, late.asked_for - seconds) for late in settled)
        return lost


def _middle(some: Iterable[_Late]) -> _Late:
    sounds, asked_for = zip(*some, strict=True)
    return _Late(median(sounds), median(asked_for))
