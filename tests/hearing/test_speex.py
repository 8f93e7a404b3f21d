"""libspeexdsp with sound at the edge of what fits into its whole numbers, and echoes at the edge of its filter."""

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.echo.speex import SpeexEchoCanceller
from voicecoach.samples import BLOCK_SAMPLES, samples

SECONDS = 4.0


@pytest.fixture
def canceller() -> SpeexEchoCanceller:
    try:
        return SpeexEchoCanceller()
    except VoicecoachError as error:
        pytest.skip(str(error))


def left_db(canceller: SpeexEchoCanceller, heard: Samples, played: Samples) -> float:
    """Return how loud the last second is once it is cancelled, against how it was heard."""
    pairs = zip(heard.reshape(-1, BLOCK_SAMPLES), played.reshape(-1, BLOCK_SAMPLES), strict=True)
    left = np.concatenate([canceller.cancel(*both) for both in pairs])
    last = slice(-samples(1.0), None)
    return float(10 * np.log10(np.mean(left[last] ** 2) / np.mean(heard[last] ** 2)))


def noise(level: float) -> Samples:
    return (level * np.random.default_rng(0).standard_normal(samples(SECONDS))).astype(np.float32)


def late(sound: Samples, delay: int) -> Samples:
    return np.pad(sound, (delay, 0))[: sound.size]


def test_the_echo_of_a_loudspeaker_at_full_scale_is_cancelled(canceller: SpeexEchoCanceller) -> None:
    played = np.clip(noise(0.5), -1.0, 1.0)
    played[noise(1.0) > 1.5] = 1.0
    assert np.count_nonzero(played == 1.0) > 1000
    assert left_db(canceller, 0.3 * late(played, 400), played) < -20


@pytest.mark.parametrize(("delay_seconds", "followed"), [(0.2, True), (0.3, False)])
def test_an_echo_is_followed_that_comes_a_quarter_of_a_second_late_at_most(
    canceller: SpeexEchoCanceller, delay_seconds: float, followed: bool
) -> None:
    played = noise(0.1)
    assert (left_db(canceller, 0.5 * late(played, samples(delay_seconds)), played) < -20) is followed


def test_what_nobody_plays_is_left_as_loud_as_it_is(canceller: SpeexEchoCanceller) -> None:
    person = 0.2 * np.sin(np.arange(samples(SECONDS)) * 0.2).astype(np.float32)
    person[: -samples(1.0)] *= 0.01
    assert abs(left_db(canceller, person, np.zeros_like(person))) < 3
