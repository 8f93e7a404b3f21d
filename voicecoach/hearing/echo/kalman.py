"""Echo cancellation in numpy alone: a partitioned-block frequency-domain Kalman filter and a residual suppressor."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES

_WIDTH = 2 * BLOCK_SAMPLES
_BINS = BLOCK_SAMPLES + 1
_CLIPPED = 0.99
_TINY = np.float32(1e-9)


@dataclass(frozen=True)
class KalmanSettings:
    """How the Kalman filter follows the room, and how strongly the residual suppressor takes off what is left.

    `partitions`: blocks of 20 ms that the filter is long. `persistence`: how much of the echo path stays the same
    from one block to the next. `initial_uncertainty`: variance of the path before anything was heard.
    `person_smoothing`: how much of the last block's estimate of the person's spectrum is kept.
    `restart_blocks`: after so many blocks in which the filter made the sound louder, and is settled, it begins
    afresh.
    `leakage`: share of the estimated echo's power that is taken to remain, in the end; at a beginning it is
    `first_leakage`, and the difference sinks by a factor of e in `settling_blocks` blocks of the coach's sound.
    `clipped_leakage`: the least such share where the microphone clips, as no linear filter can follow that.
    `overestimate`: how many times the expected residual is taken off. `least_gain`: the most that is taken off.
    """

    partitions: int = 13
    persistence: float = 0.997
    initial_uncertainty: float = 1.0
    person_smoothing: float = 0.9
    restart_blocks: int = 10
    leakage: float = 0.03
    first_leakage: float = 1.0
    settling_blocks: int = 100
    clipped_leakage: float = 0.3
    overestimate: float = 12.0
    least_gain: float = 0.03


class KalmanEchoCanceller:
    """A Kalman filter for each partition and frequency; what it returns is a block (20 ms) late. Deterministic.

    Sources: G. Enzner and P. Vary, "Frequency-domain adaptive Kalman filter for acoustic echo control in hands-free
    telephones", Signal Processing 86 (2006); F. Kuech, E. Mabande and G. Enzner, "State-space architecture of the
    partitioned-block-based acoustic echo controller", ICASSP 2014, whose diagonal form this is.
    """

    name = "kalman"
    late_samples = BLOCK_SAMPLES

    def __init__(self, settings: KalmanSettings | None = None) -> None:
        self._settings = settings or KalmanSettings()
        shape = (self._settings.partitions, _BINS)
        self._loudspeaker = np.zeros(_WIDTH, np.float32)
        self._played = np.zeros(shape, np.complex64)
        self._path = np.zeros(shape, np.complex64)
        self._uncertainty = np.full(shape, self._settings.initial_uncertainty, np.float32)
        self._person = np.full(_BINS, 1e-2, np.float32)
        self._louder_blocks = 0
        self._sounding_blocks = 0
        self._clipped_blocks = 0
        self._suppressor = _Suppressor(self._settings)

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return what is left of the person, shape (320,), from two blocks of shape (320,).

        Raises ValueError for blocks of another shape.
        """
        if heard.shape != (BLOCK_SAMPLES,) or played.shape != (BLOCK_SAMPLES,):
            raise ValueError(f"blocks of shape {heard.shape} and {played.shape}, not ({BLOCK_SAMPLES},)")
        self._loudspeaker[:BLOCK_SAMPLES] = self._loudspeaker[BLOCK_SAMPLES:]
        self._loudspeaker[BLOCK_SAMPLES:] = played
        self._played[1:] = self._played[:-1]
        self._played[0] = _spectrum(self._loudspeaker)
        echo = _sound((self._played * self._path).sum(axis=0))[BLOCK_SAMPLES:]
        left = heard - echo
        self._restart_where_louder(heard, left)
        expected = self._learn(left)
        self._sounding_blocks += bool(played.any())
        return self._suppressor.suppress(left, echo, expected, self._leakage(heard))

    def _leakage(self, heard: Samples) -> float:
        settings = self._settings
        if float(np.abs(heard).max()) >= _CLIPPED:
            self._clipped_blocks = 3
        self._clipped_blocks = max(self._clipped_blocks - 1, 0)
        unsettled = float(np.exp(-self._sounding_blocks / settings.settling_blocks))
        leakage = settings.leakage + (settings.first_leakage - settings.leakage) * unsettled
        return max(leakage, settings.clipped_leakage) if self._clipped_blocks else leakage

    def close(self) -> None:
        """Do nothing: there is nothing to free."""

    def _learn(self, left: Samples) -> NDArray[np.float32]:
        """Adapt the filter to the block that is left; return the power expected of its remaining echo, by frequency."""
        settings, played, uncertainty = self._settings, self._played, self._uncertainty
        error = _spectrum(np.concatenate((np.zeros(BLOCK_SAMPLES, np.float32), left)))
        power = played.real**2 + played.imag**2
        expected: NDArray[np.float32] = 0.5 * (power * uncertainty).sum(axis=0)
        now = error.real**2 + error.imag**2
        smoothing = np.float32(settings.person_smoothing)
        self._person += (1 - smoothing) * (now - self._person)
        gain = uncertainty / (expected + self._person + _TINY)
        step = _sound(gain * played.conj() * error)
        step[:, BLOCK_SAMPLES:] = 0.0
        self._path += _spectrum(step)
        kept = np.float32(settings.persistence**2)
        path_power = self._path.real**2 + self._path.imag**2
        uncertainty *= kept * (1 - 0.5 * gain * power)
        uncertainty += (1 - kept) * path_power
        return expected

    def _restart_where_louder(self, heard: Samples, left: Samples) -> None:
        louder = float(left @ left) > 1.2 * float(heard @ heard) + BLOCK_SAMPLES * 1e-6
        self._louder_blocks = self._louder_blocks + 1 if louder else max(self._louder_blocks - 1, 0)
        settled = self._sounding_blocks >= self._settings.settling_blocks
        if settled and self._louder_blocks >= self._settings.restart_blocks:
            self._louder_blocks = self._sounding_blocks = 0
            self._path[:] = 0.0
            self._uncertainty[:] = self._settings.initial_uncertainty


class _Suppressor:
    """Takes off, frequency by frequency, the echo that the filter expects to have left."""

    def __init__(self, settings: KalmanSettings) -> None:
        self._settings = settings
        self._window = np.sin(np.pi * (np.arange(_WIDTH, dtype=np.float32) + 0.5) / _WIDTH).astype(np.float32)
        self._left = np.zeros(_WIDTH, np.float32)
        self._echo = np.zeros(_WIDTH, np.float32)
        self._late = np.zeros(BLOCK_SAMPLES, np.float32)
        self._expected = np.zeros(_BINS, np.float32)

    def suppress(self, left: Samples, echo: Samples, expected: NDArray[np.float32], leakage: float) -> Samples:
        """Return the block before `left`, with the remaining echo suppressed."""
        for kept, block in ((self._left, left), (self._echo, echo)):
            kept[:BLOCK_SAMPLES] = kept[BLOCK_SAMPLES:]
            kept[BLOCK_SAMPLES:] = block
        spectrum = _spectrum(self._left * self._window)
        model = _spectrum(self._echo * self._window)
        settings = self._settings
        remaining = np.maximum(expected, self._expected) + leakage * (model.real**2 + model.imag**2)
        self._expected = expected
        now = spectrum.real**2 + spectrum.imag**2
        gain = 1 - settings.overestimate * remaining / (now + _TINY)
        gain = np.sqrt(np.maximum(gain, settings.least_gain**2))
        out = _sound(spectrum * gain) * self._window
        cleaned: Samples = self._late + out[:BLOCK_SAMPLES]
        self._late = out[BLOCK_SAMPLES:]
        return cleaned


def _spectrum(sound: Samples) -> NDArray[np.complex64]:
    return np.fft.rfft(sound).astype(np.complex64, copy=False)


def _sound(spectrum: NDArray[np.complex64]) -> Samples:
    return np.fft.irfft(spectrum).astype(np.float32, copy=False)
