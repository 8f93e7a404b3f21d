"""The ticks round a hold are soft, short, free of clicks, and differ."""

from itertools import permutations

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


KINDS = [(ends, is_tone) for ends in (False, True) for is_tone in (False, True)]


@pytest.mark.parametrize(("one", "other"), [*permutations(KINDS, 2)])
def test_no_tick_and_no_tone_is_ever_found_in_another(one: tuple[bool, bool], other: tuple[bool, bool]) -> None:
    first, second = (tick(ends=ends, is_tone=is_tone) for ends, is_tone in (one, other))
    assert np.correlate(first, second, "full").max() < 0.5 * np.sum(second**2)


@pytest.mark.parametrize("ends", [False, True])
def test_a_tone_is_lower_and_longer_than_a_tick_as_soft_and_free_of_clicks(ends: bool) -> None:
    sound = tick(ends=ends, is_tone=True)
    assert sound.size > 2 * tick(ends=ends).size
    assert _pitch(sound) < 0.5 * _pitch(tick(ends=ends))
    assert 0.1 < abs(sound).max() < 0.3
    assert abs(sound[[0, -1]]).max() < 1e-6
