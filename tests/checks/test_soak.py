"""The short form of `scripts/soak`: ten minutes of virtual time, and what it finds wrong."""

from dataclasses import replace
from pathlib import Path

from checks.soak.living import Census, Life, Living, judged
from voicecoach.programme.programme_files import begin_programme


def test_in_ten_minutes_only_who_asks_gets_a_session_and_nothing_is_left_open(tmp_path: Path) -> None:
    programme = begin_programme(str(tmp_path / "small"))[0]
    figures = judged(Living(tmp_path, 1 / 6, 1, None, str(programme)).live(), 1)
    assert figures["ok"], figures
    assert figures["sessions"]["complete"] == 1
    assert figures["devices_lost"] >= 1


COUNT = Census(100.0, 60.0, 3, 1, 6)
GOOD = Life(outcomes=["complete"], counts=[COUNT, replace(COUNT, seconds=4000.0), replace(COUNT, seconds=8000.0)])


def test_a_life_in_which_nothing_grows_is_well() -> None:
    assert judged(GOOD, 1)["ok"]


def test_growth_a_leak_a_false_start_and_a_session_that_broke_off_are_not() -> None:
    grown = replace(GOOD, counts=[*GOOD.counts, replace(COUNT, seconds=9000.0, memory_mb=64.0)])
    leaking = replace(GOOD, counts=[*GOOD.counts, replace(COUNT, seconds=9000.0, open_files=7)])
    assert judged(grown, 1)["memory_growth_percent"] == 6.67
    for bad in (grown, leaking, replace(GOOD, began_unasked=1), replace(GOOD, outcomes=["unanswered"])):
        assert not judged(bad, 1)["ok"]
