"""What is measured, on sound and arrival times whose figures are known."""

import numpy as np
import pytest

from voicecoach.blocks import Block, Samples
from voicecoach.doctor.findings import DoctorSettings
from voicecoach.doctor.loudspeaker import measure_echo, measure_reduction_db
from voicecoach.doctor.microphone import SILENCE_DBFS, clipped_share, dbfs, lost_samples, measure_pace, noise_floor_dbfs
from voicecoach.hearing.echo.canceller_choice import NoEchoCanceller
from voicecoach.samples import BLOCK_SAMPLES, samples

BLOCK_SECONDS = 0.02


def noise(level_dbfs: float, seconds: float, seed: int = 0) -> Samples:
    sound = np.random.default_rng(seed).normal(0, 10 ** (level_dbfs / 20), samples(seconds))
    return sound.astype(np.float32)


def blocks(played: Samples, heard: Samples) -> list[Block]:
    return [
        Block(at, played[at : at + BLOCK_SAMPLES], heard[at : at + BLOCK_SAMPLES], ())
        for at in range(0, played.size, BLOCK_SAMPLES)
    ]


def in_a_room(gain_db: float, delay: int, noise_dbfs: float = -60) -> list[Block]:
    """Five seconds of loud noise played at -20 dBFS, then silence, heard later and by so much louder."""
    played = np.concatenate([noise(-20, 5), np.zeros(samples(5), np.float32)])
    echo = np.concatenate([np.zeros(delay, np.float32), played])[: played.size] * np.float32(10 ** (gain_db / 20))
    return blocks(played, np.clip(echo + noise(noise_dbfs, 10, seed=1), -1, 1))


@pytest.mark.parametrize("level_dbfs", [-70, -45, -20])
def test_the_noise_floor_is_its_level_also_with_a_cough_and_an_offset(level_dbfs: float) -> None:
    heard = noise(level_dbfs, 2)
    heard[samples(1) : samples(1.3)] += noise(-10, 0.3)
    assert noise_floor_dbfs(heard + np.float32(0.05)) == pytest.approx(level_dbfs, abs=0.5)


def test_silence_has_a_finite_level() -> None:
    assert noise_floor_dbfs(np.zeros(samples(1), np.float32)) == SILENCE_DBFS
    assert dbfs(0.0) == SILENCE_DBFS


def test_full_scale_counts_as_clipped() -> None:
    assert clipped_share(np.array([0.5, 1.0, -1.0, 0.98], np.float32)) == 0.5


@pytest.mark.parametrize(("gain_db", "delay"), [(0, 1280), (-12, 321), (6, 9000)])
def test_an_echo_is_measured(gain_db: float, delay: int) -> None:
    echo = measure_echo(in_a_room(gain_db, delay), -60)
    assert echo is not None
    assert echo.delay_samples == delay
    assert echo.level_dbfs == pytest.approx(-20 + gain_db, abs=0.5)
    assert echo.above_noise_db == pytest.approx(40 + gain_db, abs=0.5)
    assert echo.clipped_share == pytest.approx(0.0, abs=1e-4)


def test_an_echo_that_is_too_loud_for_the_microphone_is_clipped() -> None:
    echo = measure_echo(in_a_room(20, 1280), -60)
    assert echo is not None
    assert echo.clipped_share > 0.1


def test_noise_alone_is_no_echo() -> None:
    assert measure_echo(in_a_room(-200, 1280, noise_dbfs=-20), -20) is None


def test_a_dead_microphone_has_no_echo() -> None:
    played = noise(-20, 5)
    assert measure_echo(blocks(played, np.zeros_like(played)), SILENCE_DBFS) is None


class HalvesTheSound:
    """A canceller that takes 6 dB off everything."""

    name = "half"
    late_samples = 0
    closed = False

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        del played
        return heard * np.float32(0.5)

    def close(self) -> None:
        self.closed = True


def test_the_reduction_of_the_echo_is_measured_and_the_canceller_closed() -> None:
    room = in_a_room(0, 1280)
    echo = measure_echo(room, -60)
    assert echo is not None
    canceller = HalvesTheSound()
    assert measure_reduction_db(canceller, room, echo, -60, DoctorSettings()) == pytest.approx(6.02, abs=0.01)
    assert canceller.closed


def test_an_echo_in_the_noise_says_nothing_about_the_canceller() -> None:
    room = in_a_room(-25, 1280, noise_dbfs=-40)
    echo = measure_echo(room, -40)
    assert echo is not None
    assert measure_reduction_db(NoEchoCanceller(), room, echo, -40, DoctorSettings()) is None


def even(count: int = 500) -> tuple[list[float], list[int]]:
    return [7.0 + BLOCK_SECONDS * n for n in range(count)], [BLOCK_SAMPLES * n for n in range(count)]


def test_an_even_pace_has_no_jitter_and_no_drift() -> None:
    pace = measure_pace(*even())
    assert pace.jitter_seconds == pytest.approx(0, abs=1e-9)
    assert pace.drift_seconds == pytest.approx(0, abs=1e-9)
    assert pace.longest_gap_seconds == pytest.approx(BLOCK_SECONDS)


def test_blocks_that_come_in_pairs_have_jitter_but_no_drift() -> None:
    arrivals, positions = even()
    pace = measure_pace([arrivals[n | 1] for n in range(500)], positions)
    assert pace.jitter_seconds == pytest.approx(0.01, rel=0.05)
    assert pace.longest_gap_seconds == pytest.approx(2 * BLOCK_SECONDS)
    assert pace.drift_seconds == pytest.approx(0, abs=1e-3)


def test_one_late_block_is_the_longest_gap() -> None:
    arrivals, positions = even()
    arrivals[250] += 0.015
    assert measure_pace(arrivals, positions).longest_gap_seconds == pytest.approx(0.035)


def test_a_device_at_the_wrong_rate_drifts() -> None:
    arrivals, positions = even()
    pace = measure_pace([1.02 * at for at in arrivals], positions)
    assert pace.drift_seconds == pytest.approx(0.02 * 499 * BLOCK_SECONDS)
    assert pace.jitter_seconds == pytest.approx(0, abs=1e-9)


def test_samples_between_blocks_are_lost() -> None:
    assert lost_samples([0, 320, 640]) == 0
    assert lost_samples([0, 320, 1640]) == 1000
