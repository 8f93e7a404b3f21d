"""The echo of the loudspeaker in the microphone, and what the echo canceller leaves of it, measured and judged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.doctor.booth import heard, played
from voicecoach.doctor.findings import DoctorSettings, Finding, Values
from voicecoach.doctor.machine import DeviceNames
from voicecoach.doctor.microphone import clipped_share, dbfs, power_of
from voicecoach.hearing.echo.canceller import Aligned, EchoCanceller
from voicecoach.hearing.vad import SETTLING_SECONDS
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.sound.echo_delay import echo_delay

_AUDIBLE = power_of(-40.0)
_FRAME = 10 * BLOCK_SAMPLES
_MILLISECONDS = SAMPLES_PER_SECOND / 1000


@dataclass(frozen=True)
class Echo:
    """The loudspeaker in the microphone: how late, how loud, how far above the noise, how much of it distorted."""

    delay_samples: int
    level_dbfs: float
    above_noise_db: float
    clipped_share: float


def measure_echo(blocks: Sequence[Block], noise_floor_dbfs: float) -> Echo | None:
    """Return the echo of what was played in these blocks; None where none stands out."""
    sent, came = played(blocks), heard(blocks)
    delay = echo_delay(sent, came)
    if delay is None:
        return None
    echo = came[delay:]
    sounding = np.repeat(_powers(sent[: echo.size], BLOCK_SAMPLES) > _AUDIBLE, BLOCK_SAMPLES)
    echo = echo[: sounding.size][sounding]
    noise = power_of(noise_floor_dbfs)
    power = max(float(np.mean(echo.astype(np.float64) ** 2)) - noise, 0.0) if echo.size else 0.0
    return Echo(delay, dbfs(power), dbfs(power) - noise_floor_dbfs, clipped_share(echo))


def measure_reduction_db(
    canceller: EchoCanceller, blocks: Sequence[Block], echo: Echo, noise_floor_dbfs: float, settings: DoctorSettings
) -> float | None:
    """Return by how many dB the canceller lowers the echo once it has settled; None: too faint an echo.

    Closes the canceller. The median over fifths of a second, so that somebody who speaks meanwhile does not count.
    """
    aligned = Aligned(canceller, echo.delay_samples)
    left = np.concatenate([aligned.cancel(block.heard, block.played) for block in blocks])
    aligned.close()
    began = int(np.argmax(played(blocks) != 0)) + echo.delay_samples + samples(SETTLING_SECONDS)
    before, after = _powers(heard(blocks)[began:], _FRAME), _powers(left[began:], _FRAME)
    judged = before > power_of(noise_floor_dbfs + settings.judged_echo_above_noise_db)
    if not judged.any():
        return None
    return float(np.median([dbfs(b) - dbfs(a) for b, a in zip(before[judged], after[judged], strict=True)]))


def _powers(sound: Samples, size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the mean square of each whole frame, shape (frames,)."""
    frames = sound[: sound.size // size * size].reshape(-1, size).astype(np.float64)
    powers: np.ndarray[tuple[int], np.dtype[np.float64]] = np.mean(frames**2, axis=1)
    return powers


def judge_canceller(name: str, echo: Echo | None, reduction_db: float | None, settings: DoctorSettings) -> Finding:
    """Return the finding on how much of the echo the canceller takes off."""
    values: Values = {
        "canceller": name, "echo_reduction_db": None if reduction_db is None else round(reduction_db, 1)
    }  # fmt: skip
    if name == "none":
        return Finding("canceller", "ok", "With headphones no echo is cancelled.", values=values)
    if reduction_db is None:
        why = "there is none in the microphone" if echo is None else "it is hardly above the noise"
        return Finding("canceller", "ok", f"{name} had no echo to cancel: {why}.", values=values)
    what = f"{name} lowers the echo by {reduction_db:.0f} dB."
    if reduction_db < settings.least_echo_reduction_db:
        return Finding(
            "canceller", "warning", what,
            "That is little, so the coach is hard to interrupt: turn the loudspeaker down or away from the microphone, "
            "use one device for both, or use headphones and --headphones.",
            values,
        )  # fmt: skip
    return Finding("canceller", "ok", what, values=values)


def judge_playback(
    echo: Echo | None, *, headphones: bool, answered: bool, names: DeviceNames, settings: DoctorSettings
) -> Finding:
    """Return the finding on how loud the microphone hears the loudspeaker; who `answered` has heard it, too."""
    if echo is None:
        return _not_heard(headphones, answered, names)
    delay_ms = echo.delay_samples / _MILLISECONDS
    values: Values = {
        "heard": True, "level_dbfs": round(echo.level_dbfs, 1), "above_noise_db": round(echo.above_noise_db, 1),
        "echo_delay_ms": round(delay_ms, 1), "echo_delay_samples": echo.delay_samples,
        "clipped_share": round(echo.clipped_share, 5),
    }  # fmt: skip
    what = (
        f"The microphone hears the {'headphones' if headphones else 'loudspeaker'} at {echo.level_dbfs:.1f} dBFS, "
        f"{echo.above_noise_db:.0f} dB above the noise, {delay_ms:.0f} ms late."
    )
    if headphones:
        remedy = "Turn the headphones down, or leave --headphones out if the coach is heard from a loudspeaker."
        return Finding("playback", "warning", what, remedy, values)
    if echo.clipped_share > settings.clipped_share:
        remedy = "It is distorted: turn the loudspeaker down, or lower the microphone's level in alsamixer (F4)."
        return Finding("playback", "warning", what, remedy, values)
    if echo.above_noise_db < settings.least_echo_above_noise_db:
        remedy = "That is faint: turn the loudspeaker up, or raise the microphone's level in alsamixer (F4)."
        return Finding("playback", "warning", what, remedy, values)
    return Finding("playback", "ok", what, values=values)


def _not_heard(headphones: bool, answered: bool, names: DeviceNames) -> Finding:
    values = {"heard": False}
    if headphones:
        return Finding("playback", "ok", "The microphone does not hear the headphones, as it should be.", values=values)
    if answered:
        return Finding(
            "playback", "warning", "You heard the question, but the microphone does not hear the loudspeaker.",
            "With headphones on, use --headphones; else move the microphone nearer to you and the loudspeaker.",
            values,
        )  # fmt: skip
    return Finding(
        "playback", "problem", "The microphone does not hear the loudspeaker, and nobody answered.",
        "Switch the loudspeaker on and turn it up, raise the microphone's level in alsamixer (F4), or choose others: "
        f"{names.choose_speaker}, {names.choose_microphone}; with headphones on, use --headphones.",
        values,
    )  # fmt: skip
