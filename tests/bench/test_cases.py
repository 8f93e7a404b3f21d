"""The definitions of the timing figures, on sounds whose answers are plain to see."""

import numpy as np
import pytest

from voicecoach.bench.interruptions import reply_begins, silence_begins, spread, word_end
from voicecoach.blocks import Samples


def sound(*parts: tuple[int, float]) -> Samples:
    """Return so many samples at each level."""
    return np.concatenate([np.full(count, level, np.float32) for count, level in parts])


def test_a_word_ends_at_its_last_sample_within_40_db_of_its_peak() -> None:
    assert word_end(sound((10, 0.0), (100, 0.5), (50, 0.0051), (50, 0.0049))) == 160


def test_a_reply_begins_at_its_first_sample_above_minus_40_dbfs() -> None:
    coach = sound((100, 0.5), (400, 0.009), (10, -0.011), (10, 0.5))
    assert reply_begins(coach, 100) == 500
    assert reply_begins(coach[:500], 100) is None


def test_silence_begins_where_the_coach_stays_below_minus_60_dbfs() -> None:
    coach = sound((100, 0.5), (100, 0.0005), (100, 0.002), (3300, 0.0009), (100, 0.5))
    assert silence_begins(coach, 50, 400) == 300
    assert silence_begins(coach, 350, 400) == 350


def test_a_pause_after_which_the_coach_goes_on_is_not_its_silence() -> None:
    coach = sound((100, 0.5), (3300, 0.0), (100, 0.5), (3300, 0.0), (100, 0.5))
    assert silence_begins(coach, 0, 3600) == 3500
    assert silence_begins(coach, 0, 3400) == 100


def test_a_coach_that_does_not_stop_has_no_silence() -> None:
    assert silence_begins(sound((9000, 0.5)), 0, 3000) is None


def test_the_spread_of_nothing_is_nothing() -> None:
    assert spread([]) == {"p50": None, "p95": None, "count": 0}
    assert spread([0.1, 0.2, 0.3]) == {"p50": 0.2, "p95": pytest.approx(0.29), "count": 3}
