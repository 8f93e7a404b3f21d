"""The short sounds that tell the time are soft, short, free of clicks, and never taken for one another."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.signals import Signal
from voicecoach.sound.ticks import tick


@pytest.mark.parametrize("signal", Signal)
def test_it_is_soft_and_free_of_clicks(signal: Signal) -> None:
    sound = tick(signal)
    assert sound.dtype == np.float32
    assert 0.1 < abs(sound).max() < 0.3
    assert abs(sound[[0, -1]]).max() < 1e-6
    assert np.abs(np.diff(sound[:20])).max() < 0.015


@pytest.mark.parametrize(
    ("signal", "longest_seconds"),
    [(Signal.HOLD_STARTS, 0.06), (Signal.HOLD_ENDS, 0.06), (Signal.SECOND, 0.06), (Signal.SET_DONE, 0.6)],
)
def test_it_is_over_before_anything_else_is_to_be_heard(signal: Signal, longest_seconds: float) -> None:
    assert tick(signal).size < longest_seconds * 16000


def _pitch(sound: Samples) -> float:
    power = np.abs(np.fft.rfft(sound, 4096)) ** 2
    return float(np.average(np.fft.rfftfreq(4096, 1 / 16000), weights=power))


@pytest.mark.parametrize(
    ("signal", "rises"),
    [(Signal.HOLD_STARTS, True), (Signal.HOLD_ENDS, False), (Signal.TIME_STARTS, True), (Signal.TIME_ENDS, False)],
)
def test_what_starts_rises_and_what_ends_falls(signal: Signal, rises: bool) -> None:
    first, second = map(_pitch, np.array_split(tick(signal), 2))
    assert (second > first + 100) is rises
    assert (first > second + 100) is not rises


def test_a_set_ends_with_three_notes_each_higher_than_the_last() -> None:
    notes = [_pitch(part) for part in np.array_split(tick(Signal.SET_DONE), 4)]
    assert all(later > earlier + 50 for earlier, later in pairwise(notes[:3]))


@pytest.mark.parametrize(("one", "other"), [*permutations(Signal, 2)])
def test_none_is_ever_found_in_another(one: Signal, other: Signal) -> None:
    first, second = tick(one), tick(other)
    assert np.correlate(first, second, "full").max() < 0.5 * np.sum(second**2)


@pytest.mark.parametrize(
    ("tone", "of_a_hold"), [(Signal.TIME_STARTS, Signal.HOLD_STARTS), (Signal.TIME_ENDS, Signal.HOLD_ENDS)]
)
def test_a_longer_time_has_lower_and_longer_tones(tone: Signal, of_a_hold: Signal) -> None:
    assert tick(tone).size > 2 * tick(of_a_hold).size
    assert _pitch(tick(tone)) < 0.5 * _pitch(tick(of_a_hold))
