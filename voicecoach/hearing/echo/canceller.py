"""The interface of every echo canceller, and a wrapper that takes the bulk of the echo's delay off before it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES, samples


class EchoCanceller(Protocol):
    """Takes what the loudspeaker plays out of what the microphone hears, block by block."""

    name: str
    late_samples: int
    """How much later than it was heard the person is given back."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return what is left of the person, shape (320,), from two blocks of shape (320,) at one stream position."""
        ...

    def close(self) -> None:
        """Free what the canceller holds; calling it again does nothing."""
        ...


@dataclass(frozen=True)
class AligningSettings:
    """Where in the canceller's filter the echo is to begin.

    `margin_seconds`: where it is put, so that it may come a little earlier than measured. `latest_seconds`: how late
    it may begin before it is put there again; a delay that changes less costs no new convergence.
    `longest_delay_seconds`: the longest delay that can be set.
    """

    margin_seconds: float = 0.02
    latest_seconds: float = 0.08
    longest_delay_seconds: float = 1.5


class Aligned:
    """An EchoCanceller that gives another one `played` late by the echo's delay, less a margin."""

    def __init__(
        self, canceller: EchoCanceller, delay_samples: int = 0, settings: AligningSettings | None = None
    ) -> None:
        settings = settings or AligningSettings()
        self.name = canceller.name
        self.late_samples = canceller.late_samples
        self._canceller = canceller
        self._margin = samples(settings.margin_seconds)
        self._latest = samples(settings.latest_seconds)
        self._longest = samples(settings.longest_delay_seconds)
        self._played: Samples = np.zeros(self._longest + BLOCK_SAMPLES, np.float32)
        self._held_back = 0
        self.delay_samples = delay_samples

    @property
    def delay_samples(self) -> int:
        """How late the echo is in what is heard, in samples; may be set at any time, as an EchoDelayMeter measures."""
        return self._delay

    @delay_samples.setter
    def delay_samples(self, delay: int) -> None:
        if not 0 <= delay <= self._longest:
            raise ValueError(f"an echo delay of {delay} samples, not of 0 to {self._longest}")
        self._delay = delay
        if not 0 <= delay - self._held_back <= self._latest:
            self._held_back = max(delay - self._margin, 0)

    @property
    def held_back_samples(self) -> int:
        """How late the canceller is given what is played; whenever that changes, it has to learn anew."""
        return self._held_back

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return what is left of the person, shape (320,), from two blocks of shape (320,) at one stream position."""
        self._played[:-BLOCK_SAMPLES] = self._played[BLOCK_SAMPLES:]
        self._played[-BLOCK_SAMPLES:] = played
        end = len(self._played) - self._held_back
        return self._canceller.cancel(heard, self._played[end - BLOCK_SAMPLES : end])

    def close(self) -> None:
        """Close the wrapped canceller."""
        self._canceller.close()
