"""The ticks round a hold are soft, short, free of clicks, and differ."""

import numpy as np
import pytest

from voicecoach.sound.ticks import tick


@pytest.mark.parametrize("ends", [False, True])
def test_a_tick_is_soft_short_and_free_of_clicks(ends: bool) -> None:
    sound = tick(ends=ends)
    assert sound.dtype == np.float32
    assert sound.size < 0.06 * 16000
    assert 0.1 < abs(sound).max() < 0.3
    assert abs(sound[[0, -1]]).max() < 1e-6
    assert np.abs(np.diff(sound[:20])).max() < 0.01


def _pitch(sound: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    power = np.abs(np.fft.rfft(sound, 4096)) ** 2
    return float(np.average(np.fft.rfftfreq(4096, 1 / 16000), weights=power))


@pytest.mark.parametrize(("ends", "rises"), [(False, True), (True, False)])
def test_the_first_tick_rises_and_the_last_one_falls(ends: bool, rises: bool) -> None:
    first, second = np.array_split(tick(ends=ends), 2)
    assert (_pitch(second) > _pitch(first) + 500) is rises
    assert (_pitch(first) > _pitch(second) + 500) is not rises


def test_one_tick_is_never_found_in_the_other() -> None:
    start, end = tick(ends=False), tick(ends=True)
    assert np.correlate(end, start, "full").max() < 0.5 * np.sum(start**2)
    assert np.correlate(start, end, "full").max() < 0.5 * np.sum(end**2)
