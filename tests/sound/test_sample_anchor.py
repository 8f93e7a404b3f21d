"""The sample counter goes on by what an underrun has lost, and by nothing else."""

from collections.abc import Sequence

import numpy as np
import pytest

from voicecoach.samples import samples
from voicecoach.sound.sample_anchor import Anchor


def corrections(
    offsets: Sequence[float], flagged: Sequence[int] = (), clock_offsets: Sequence[float] | None = None
) -> list[int]:
    """The answers to blocks that sound `offsets` seconds later than the first; a correction counts from then on.

    They are asked for as much later by the clock that is never set, unless it has offsets of its own.
    """
    asked_for = iter(at * 0.02 + offset for at, offset in enumerate(clock_offsets or offsets))
    anchor = Anchor(lambda: next(asked_for))
    return [anchor.lost_samples(1e9 + at * 0.02 + offset, flagged=at in flagged) for at, offset in enumerate(offsets)]


@pytest.mark.parametrize("lost_seconds", [0.02, 0.35, 5.0])
def test_a_flagged_gap_is_corrected_once_by_its_length_and_within_an_eighth_of_a_second(lost_seconds: float) -> None:
    answers = corrections([0.0] * 100 + [lost_seconds] * 100, flagged=[100])
    assert [at for at, lost in enumerate(answers) if lost] == [105]
    assert answers[105] == pytest.approx(samples(lost_seconds), abs=1)


def test_times_that_settle_only_after_the_stream_was_started_again_do_not_mislead() -> None:
    answers = corrections([0.0] * 100 + [0.33, 0.331, 0.331] + [0.351] * 50, flagged=[100])
    assert sum(answers) == pytest.approx(samples(0.351), abs=1)


def test_jitter_and_jumps_that_are_not_flagged_change_nothing() -> None:
    jitter = np.random.default_rng(0).normal(0, 0.01, 500)
    jitter[250:] += 0.025
    assert not any(corrections(list(jitter), flagged=[]))


def test_a_flag_without_a_gap_changes_nothing() -> None:
    assert not any(corrections([0.0] * 200, flagged=[100, 150]))


def test_two_gaps_in_a_row_are_corrected_together() -> None:
    answers = corrections([0.0] * 100 + [0.1] * 3 + [0.3] * 50, flagged=[100, 103])
    assert sum(answers) == pytest.approx(samples(0.3), abs=1)


def test_times_that_stand_still_or_go_back_lose_nothing() -> None:
    anchor = Anchor(lambda: 0.0)
    assert not any(anchor.lost_samples(0.0, flagged=at == 50) for at in range(100))


@pytest.mark.parametrize("lost_seconds", [0.03, 0.056, 0.25, 2.9])
def test_a_gap_that_nobody_flags_is_corrected_once_by_its_length_within_a_quarter_of_a_second(
    lost_seconds: float,
) -> None:
    jitter = np.random.default_rng(0).normal(0, 0.001, 300)
    jitter[150:] += lost_seconds
    answers = corrections(list(jitter))
    assert [at for at, lost in enumerate(answers) if lost] == [159]
    assert answers[159] == pytest.approx(samples(lost_seconds), abs=samples(0.001))


def test_two_gaps_that_nobody_flags_are_both_corrected() -> None:
    answers = corrections([0.0] * 100 + [0.06] * 40 + [0.14] * 60)
    assert [lost for lost in answers if lost] == [
        pytest.approx(samples(0.06), abs=1),
        pytest.approx(samples(0.08), abs=1),
    ]


def test_a_late_block_or_a_few_are_no_gap() -> None:
    assert not any(corrections([0.0] * 100 + [0.08] * 9 + [0.0] * 100))


def test_a_wall_clock_that_is_set_or_slewed_is_no_gap() -> None:
    for wall in ([0.0] * 100 + [3600.0] * 100, [0.0] * 100 + [0.5] * 100, [at * 1e-5 for at in range(500)]):
        assert not any(corrections(wall, clock_offsets=[0.0] * len(wall)))


def test_a_standstill_that_the_session_is_told_of_is_no_gap() -> None:
    assert not any(corrections([0.0] * 100 + [90.0] * 200))


def test_times_that_settle_after_the_start_are_no_gap() -> None:
    assert not any(corrections([-0.084] * 8 + [-0.02] * 4 + [0.0] * 200))


def test_a_gap_right_after_another_one_is_corrected_too() -> None:
    answers = corrections([0.0] * 100 + [0.1] * 6 + [0.3] * 50, flagged=[100, 106])
    assert sum(answers) == pytest.approx(samples(0.3), abs=1)
