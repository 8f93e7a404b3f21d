"""What was played, come back another way: how like a sound is to it, and that no echo outlasts its cause."""

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.echo.leakage import LONGEST_DELAY, Copy, closest_copy
from voicecoach.samples import samples

_DUCKED = np.float32(0.01)
_AUDIBLE = samples(0.2)


def copy_of(played: Samples, left: Samples) -> Copy:
    """Return the closest copy in a room that goes on sounding for a quarter of a second."""
    return closest_copy(played, left, 0.25)


def voice(seconds: float, seed: int) -> Samples:
    """Return a sound like nothing else."""
    noise = np.random.default_rng(seed).standard_normal(samples(seconds))
    return (0.1 * noise).astype(np.float32)


@pytest.fixture
def played() -> Samples:
    """Return what the coach says: a second of nothing, then a second that is turned down after its beginning."""
    said = voice(1.0, 1)
    said[_AUDIBLE:] *= _DUCKED
    return np.concatenate([np.zeros(LONGEST_DELAY, np.float32), said])


def late(played: Samples, seconds: float) -> Samples:
    """Return the last second of what is played, come so many seconds late."""
    delay = samples(seconds)
    return played[LONGEST_DELAY - delay : played.size - delay].copy()


@pytest.mark.parametrize("seconds", [0.0, 0.26, 0.7])
def test_an_echo_that_comes_late_is_like_what_was_played_and_ends_with_it(played: Samples, seconds: float) -> None:
    copy = copy_of(played, late(played, seconds) + voice(1.0, 2) * np.float32(0.02))
    assert copy.likeness > 0.9
    assert not copy.outlasted


@pytest.mark.parametrize(("seconds", "is_copy"), [(0.98, True), (1.05, False)])
def test_an_echo_comes_a_second_late_at_most(seconds: float, is_copy: bool) -> None:
    said = voice(2.5, 6)
    delay = samples(seconds)
    echo = said[samples(1.5) - delay : said.size - delay]
    assert (copy_of(said, echo).likeness > 0.9) is is_copy


def test_the_room_may_go_on_sounding_for_a_quarter_of_a_second(played: Samples) -> None:
    echo = late(played, 0.1)
    fading = slice(samples(0.3), samples(0.5))
    echo[fading] += voice(0.2, 3) * np.float32(0.7)
    assert not copy_of(played, echo).outlasted


@pytest.mark.parametrize(("level_db", "outlasted"), [(0, True), (-9, True), (-18, False)])
def test_who_goes_on_aloud_while_the_coach_is_turned_down_is_no_echo_of_its_beginning(
    played: Samples, level_db: float, outlasted: bool
) -> None:
    echo = late(played, 0.1)
    echo[samples(0.6) :] += voice(0.4, 4) * np.float32(10 ** (level_db / 20))
    assert copy_of(played, echo).outlasted is outlasted


def test_nothing_is_like_nothing(played: Samples) -> None:
    silence = np.zeros(samples(1.0), np.float32)
    assert copy_of(played, silence).likeness == copy_of(np.zeros_like(played), voice(1.0, 5)).likeness == 0.0
