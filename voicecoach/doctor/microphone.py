"""What the microphone gives: levels, its noise while nobody speaks, and whether its blocks come evenly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.doctor.findings import DoctorSettings, Finding, State, Values
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples

SILENCE_DBFS = -120.0
_FULL_SCALE = 0.99
_FRAME = samples(0.1)


def dbfs(power: float) -> float:
    """Return the level in dBFS of a mean square; nothing is quieter than -120 dBFS."""
    return max(SILENCE_DBFS, 10 * math.log10(power)) if power > 0 else SILENCE_DBFS


def power_of(level_dbfs: float) -> float:
    """Return the mean square of a level in dBFS."""
    return float(10 ** (level_dbfs / 10))


def noise_floor_dbfs(heard: Samples) -> float:
    """Return the median level of tenths of a second of `heard`, shape (n,), so that a cough does not count."""
    frames = heard[: heard.size // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    return dbfs(float(np.median(frames.var(axis=1)))) if len(frames) else SILENCE_DBFS


def clipped_share(heard: Samples) -> float:
    """Return the share of the samples of a sound, shape (n,), that are at full scale."""
    return float(np.mean(np.abs(heard) >= _FULL_SCALE)) if heard.size else 0.0


def judge_noise(floor_dbfs: float, settings: DoctorSettings) -> Finding:
    """Return the finding on a noise floor, in dBFS."""
    what = f"Noise floor {floor_dbfs:.1f} dBFS."
    values = {"noise_floor_dbfs": round(floor_dbfs, 1)}
    if floor_dbfs > settings.loud_noise_dbfs:
        return Finding(
            "noise", "warning", f"It is loud here or the microphone is set too high: {what[0].lower()}{what[1:]}",
            "Switch off fans, radio and television, move the microphone nearer, or lower its level in alsamixer (F4).",
            values,
        )  # fmt: skip
    return Finding("noise", "ok", what, values=values)


@dataclass(frozen=True)
class Pace:
    """How evenly blocks arrived by the wall clock: jitter, the longest gap, drift.

    `jitter_seconds`: standard deviation from an even pace. `longest_gap_seconds`: between two blocks.
    `drift_seconds`: how much longer than its sound the whole took, at that even pace.
    """

    jitter_seconds: float
    longest_gap_seconds: float
    drift_seconds: float


def measure_pace(arrivals_seconds: Sequence[float], positions: Sequence[int]) -> Pace:
    """Return the pace of at least three blocks that arrived at these times, with their sample positions."""
    sound = (np.asarray(positions, np.float64) - positions[0]) / SAMPLES_PER_SECOND
    wall = np.asarray(arrivals_seconds, np.float64) - arrivals_seconds[0]
    slope, offset = np.polyfit(sound, wall, 1)
    return Pace(
        jitter_seconds=float(np.std(wall - (slope * sound + offset))),
        longest_gap_seconds=float(np.diff(wall).max()),
        drift_seconds=float((slope - 1) * sound[-1]),
    )


def lost_samples(positions: Sequence[int]) -> int:
    """Return how many samples are missing between the blocks at these positions."""
    return int(sum(b - a - BLOCK_SAMPLES for a, b in pairwise(positions)))


def judge_timing(pace: Pace | None, underruns: int, lost: int, seconds: float, settings: DoctorSettings) -> Finding:
    """Return the finding on the pace of blocks; None where the sound does not follow the wall clock."""
    values: Values = {"seconds": round(seconds, 2), "underruns": underruns, "lost_samples": lost}
    broken = f"Underruns: {underruns}, lost samples: {lost}, in {seconds:.0f} s"
    if pace is None:
        even = "the pace can't be measured, as the sound waits for the program"
    else:
        even = (
            f"jitter {1000 * pace.jitter_seconds:.1f} ms, longest gap {1000 * pace.longest_gap_seconds:.0f} ms, "
            f"drift {1000 * pace.drift_seconds:+.1f} ms"
        )
        values = {
            **values,
            "jitter_ms": round(1000 * pace.jitter_seconds, 2),
            "longest_gap_ms": round(1000 * pace.longest_gap_seconds, 2),
            "drift_ms": round(1000 * pace.drift_seconds, 2),
        }
    what = f"{broken}; {even}."
    drift_seconds = abs(pace.drift_seconds) if pace else 0.0
    if drift_seconds > settings.most_drift_seconds:
        remedy = "The sound device's clock is wrong, so counting is too: choose another one with --mic and --speaker."
        state: State = "problem" if drift_seconds > settings.wrong_drift_seconds else "warning"
        return Finding("timing", state, what, remedy, values)
    if underruns or lost or (pace and pace.longest_gap_seconds > settings.long_gap_seconds):
        return Finding(
            "timing", "warning", what,
            "The machine is too busy for even sound: end other programs; on a Raspberry Pi use the full power supply "
            "and a wired sound device.",
            values,
        )  # fmt: skip
    return Finding("timing", "ok", what, values=values)
