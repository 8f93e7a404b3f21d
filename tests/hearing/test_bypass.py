"""What is decided on: the microphone as it is, but where the coach can be heard in it what the canceller left."""

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.echo.bypass import Bypass
from voicecoach.samples import BLOCK_SAMPLES, samples

_FADES_SECONDS = 0.2
_HEARD, _LEFT = np.float32(0.5), np.float32(-0.5)
_SILENCE = np.zeros(BLOCK_SAMPLES, np.float32)


def chosen(levels: list[float], late_samples: int = 0, echo_delay_samples: int = 0) -> Samples:
    """Return what is chosen in blocks in which the coach is played at these levels; 0.5 is heard and -0.5 is left."""
    bypass = Bypass(late_samples, _FADES_SECONDS)
    heard, left = _SILENCE + _HEARD, _SILENCE + _LEFT
    return np.concatenate([bypass.choose(heard, left, _SILENCE + np.float32(v), echo_delay_samples) for v in levels])


@pytest.mark.parametrize("level_db", [-120.0, -46.0])
def test_while_the_coach_can_not_be_heard_the_microphone_is_heard_as_it_is(level_db: float) -> None:
    assert (chosen([10 ** (level_db / 20)] * 10) == _HEARD).all()


def test_while_the_coach_can_be_heard_what_the_canceller_left_is_heard() -> None:
    assert (chosen([0.1] * 10)[BLOCK_SAMPLES:] == _LEFT).all()


@pytest.mark.parametrize("echo_delay_samples", [0, samples(0.1)])
def test_until_its_echo_has_faded_what_the_canceller_left_is_heard(echo_delay_samples: int) -> None:
    sound = chosen([0.1] + [0.0] * 30, echo_delay_samples=echo_delay_samples)
    until = samples(_FADES_SECONDS) + echo_delay_samples
    assert (sound[BLOCK_SAMPLES:until] == _LEFT).all()
    assert (sound[until + BLOCK_SAMPLES :] == _HEARD).all()


def test_one_fades_into_the_other() -> None:
    assert np.abs(np.diff(chosen([0.0, 0.1] + [0.0] * 20))).max() < 2 / BLOCK_SAMPLES


def test_a_canceller_that_gives_the_person_back_late_is_in_step_with_the_microphone() -> None:
    assert (chosen([0.0] * 2, late_samples=100)[:100] == 0).all()
    assert (chosen([0.0] * 2, late_samples=100)[100:] == _HEARD).all()
