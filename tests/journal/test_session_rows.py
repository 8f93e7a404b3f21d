"""What happens in a session is in the journal: all of it, and nothing else."""

import dataclasses
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.journal.kept import ABOUT, REPETITIONS, SETS, Kept, held
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.reader import read_journal
from voicecoach.journal.records import Sitting, Told, sittings
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import events
from voicecoach.session.memory import Opening


def told(folder: Path) -> Told:
    with read_journal(folder) as reader:
        return reader.told(reader.sessions()[-1].id)


def test_a_whole_session_is_told_in_the_order_in_which_it_happened(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_after": "1", "side": "right"}) as kept:
        memory = kept.go_to_the_end().session.memory
    it = told(tmp_path)
    assert (it.session.outcome, it.session.side, it.session.programme) == ("complete", "right", "calf")
    assert (it.session.pain_first, it.session.pain_last) == (3, 1)
    assert (it.session.repetitions, it.session.holds) == (sum(memory.repetitions), memory.holds)
    assert [(r.number_of_set, r.number, r.step, r.side) for r in it.repetitions] == [
        (s, r, "flossing", "right") for s in range(1, SETS + 1) for r in range(1, REPETITIONS + 1)
    ]
    assert {round(hold.ended_at_seconds - hold.at_seconds, 6) for hold in it.holds if hold.phase} == {3.0}
    assert [(hold.step, hold.side) for hold in it.holds if not hold.phase] == [
        ("glute", "left"), ("glute", "right"), ("knee", "right"),
    ]  # fmt: skip
    assert [answer.question for answer in it.answers] == [q.id for q in memory.questions]
    assert [pain.question for pain in it.pains] == [
        "pain_before",
        "pain_test",
        "pain_set_1",
        "pain_set_2",
        "pain_set_3",
        "pain_after",
    ]
    assert (it.steps[0].step, it.steps[-1].step, it.adverse) == ("welcome", "summary", [])
    times = [record.at_seconds for record in it.answers]
    assert times == sorted(times)
    assert 0 < times[-1] <= it.session.length_seconds


def test_words_margins_commands_devices_underruns_and_adverse_events_are_kept(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
        kept.wait()
        kept.tell(events.Heard(kept.now, "left", "the left one", confidence=0.93, margin=4.5))
        kept.go_until_repetition(1, 2)
        for keeper in kept.keepers:
            keeper.underrun(kept.now, 8000)
        kept.tell(events.DeviceLost(kept.now))
        kept.tell(events.DeviceBack(kept.now + samples(1)))
        kept.hear("slower")
        kept.mumble()
        kept.hear("worse")
        kept.go_to_the_end()
    it = told(tmp_path)
    side = next(answer for answer in it.answers if answer.question == "side")
    assert (side.answer, side.heard, side.confidence, side.margin, side.asked) == ("left", "the left one", 0.93, 4.5, 1)
    assert [command.command for command in it.commands] == ["slower", "worse"]
    assert [device.lost for device in it.devices] == [True, False]
    assert [underrun.lost_seconds for underrun in it.underruns] == [0.5]
    assert [event.what for event in it.adverse] == ["worse"]
    assert it.session.adverse == 1
    assert it.session.outcome == "adverse"
    assert any(heard.words is None for heard in it.heard)


def test_a_question_that_was_put_again_says_how_often(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("chest")
        kept.mumble()
        kept.mumble()
        kept.go_until_asked("side")
    assert next(answer.asked for answer in told(tmp_path).answers if answer.question == "chest") == 3


def test_the_dose_that_was_chosen_is_kept(tmp_path: Path) -> None:
    with held(tmp_path, opening=Opening(suggests=True)) as kept:
        kept.go_until_asked("marker_moves")
    with held(tmp_path, opening=Opening(profile="cautious")) as kept:
        kept.go_until_asked("chest")
    with held(tmp_path) as kept:
        kept.go_until_asked("chest")
    with read_journal(tmp_path) as reader:
        assert [session.profile for session in reader.sessions()] == ["cautious", "cautious", None]


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    with held(tmp_path / "journal", waits=True) as kept:
        kept.go_until_asked("chest")
        files = list((tmp_path / "journal").iterdir())
        assert {file.stat().st_mode & 0o077 for file in [tmp_path / "journal", *files]} == {0}
        assert len(files) > 2


def test_what_it_could_go_on_from_is_gone_once_it_is_over(tmp_path: Path) -> None:
    def state() -> object:
        with closing(sqlite3.connect(journal_file(tmp_path))) as connection:
            return connection.execute("SELECT state FROM session").fetchone()[0]

    with held(tmp_path, waits=True) as kept:
        kept.go_until_asked("pain_test")
        assert state() is None
        kept.go_until_repetition(1, 1)
        kept.go_until_repetition(1, 2)
        assert state() is not None
        kept.go_to_the_end()
    assert state() is None


def test_an_empty_folder_has_no_sessions_and_reading_makes_no_file(tmp_path: Path) -> None:
    with read_journal(tmp_path) as reader:
        assert (reader.sessions(), reader.count(), reader.pains()) == ([], 0, [])
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_read_while_a_session_is_under_way(tmp_path: Path) -> None:
    with held(tmp_path, waits=True) as kept:
        kept.go_until_repetition(2, 3)
        kept.go_until_repetition(2, 4)
        it = told(tmp_path)
        assert (it.session.outcome, it.session.repetitions) == (None, REPETITIONS + 3)
        assert isinstance(kept, Kept)


def test_a_journal_that_can_no_longer_be_written_says_so_once_and_the_session_goes_on(tmp_path: Path) -> None:
    warnings: list[str] = []
    with held(tmp_path, warn=warnings.append, waits=True) as kept:
        kept.go_until_asked("side")
        with closing(sqlite3.connect(journal_file(tmp_path))) as other:
            other.execute("DROP TABLE answer")
        kept.go_to_the_end()
    assert kept.session.memory.ended is Outcome.COMPLETE
    assert len(warnings) == 1


def test_a_session_keeps_how_far_its_clock_was_from_utc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX-9")
    time.tzset()
    try:
        with held(tmp_path):
            pass
    finally:
        monkeypatch.undo()
        time.tzset()
    assert told(tmp_path).session.started_at.utcoffset() == timedelta(hours=9)


def test_only_a_session_that_came_to_its_end_has_not_ended_early(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_to_the_end()
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
    with read_journal(tmp_path) as reader:
        assert [one.ended_early for one in sittings(reader.sessions())] == [False, True]


@pytest.mark.parametrize(("repetition", "pain"), [((), (4, None)), ((1, 3), (4, None)), ((2, 1), (4, 2))])
def test_the_last_score_of_a_sitting_is_pain_after_the_exercise_only_where_some_was_done(
    tmp_path: Path, repetition: tuple[int, ...], pain: tuple[int, int | None]
) -> None:
    with held(tmp_path, {"pain_before": "4", "pain_set_1": "2"}) as kept:
        kept.go_until_asked("pain_before").answer()
        if repetition:
            kept.go_until_repetition(*repetition)
    with read_journal(tmp_path) as reader:
        (one,) = sittings(reader.sessions())
    assert (one.pain_before, one.pain_after) == pain


def test_the_last_score_of_a_sitting_that_was_gone_on_with_is_that_of_its_last_part(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_before": "4", "pain_set_1": "2"}) as kept:
        kept.go_until_repetition(2, 1)
    with held(tmp_path, {"pain_now": "1", "pain_after": "1"}) as kept:
        kept.go_to_the_end()
    with read_journal(tmp_path) as reader:
        (one,) = sittings(reader.sessions())
    assert (len(one.sessions), one.pain_before, one.pain_after) == (2, 4, 1)


@pytest.mark.parametrize(("repetitions", "holds", "practised"), [(0, 0, False), (0, 1, True), (1, 0, True)])
def test_a_hold_or_a_repetition_is_some_of_the_exercise(
    tmp_path: Path, repetitions: int, holds: int, practised: bool
) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
    with read_journal(tmp_path) as reader:
        (session,) = reader.sessions()
    assert Sitting((replace(session, repetitions=repetitions, holds=holds),)).has_practised is practised


def test_an_answer_that_was_called_wrong_is_kept_beside_its_correction_and_its_score_counts_no_more(
    tmp_path: Path,
) -> None:
    with held(tmp_path, {"pain_before": "2"}) as kept:
        kept.go_until_asked("marker_moves")
        kept.hear("correct_right")
        kept.answers["pain_before"] = "3"
        kept.go_until_asked("marker_moves")
    it = told(tmp_path)
    answers = [
        (one.question, one.answer, one.taken_back) for one in it.answers if one.question in ("side", "pain_before")
    ]
    assert answers == [
        ("side", "left", True), ("pain_before", "2", True), ("side", "right", False), ("pain_before", "3", False),
    ]  # fmt: skip
    assert [pain.score for pain in it.pains] == [3]
    assert (it.session.side, it.session.pain_first) == ("right", 3)


def test_the_scores_of_an_exercise_on_the_wrong_side_stay(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_set_1": "2"}) as kept:
        kept.go_until_repetition(2, 2)
        kept.hear("correct_right")
        kept.go_until_asked("marker_moves")
    it = told(tmp_path)
    assert [pain.question for pain in it.pains] == ["pain_before", "pain_test", "pain_set_1", "pain_before"]
    assert it.session.repetitions == REPETITIONS + 1
    assert {one.side for one in it.repetitions} == {"left"}


def test_the_first_score_for_the_side_that_was_meant_is_none_after_the_exercise(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_before": "4", "pain_set_1": "2"}) as kept:
        kept.go_until_repetition(2, 2)
        kept.hear("correct_right")
        kept.answers["pain_before"] = "3"
        kept.go_until_asked("marker_moves")
    session = told(tmp_path).session
    assert (session.pain_first, session.pain_last) == (3, None)


def test_without_the_score_after_a_set_that_was_taken_back_the_one_before_it_is_the_last(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_before": "3", "pain_set_1": "2", "pain_set_2": "4"}) as kept:
        kept.go_until_asked("pain_set_2")
        kept.wait()
        kept.answer()
        kept.hear("correct")
        assert kept.session.memory.pain_last == 2
    session = told(tmp_path).session
    assert (session.pain_first, session.pain_last) == (3, 2)


@pytest.mark.parametrize(("keeps", "kept_words"), [(True, [("chest", "every blue moon")]), (False, [])])
def test_the_words_of_what_meant_nothing_to_a_question_are_kept_unless_that_is_turned_off(
    tmp_path: Path, keeps: bool, kept_words: list[tuple[str, str]]
) -> None:
    with held(tmp_path, about=dataclasses.replace(ABOUT, keep_words=keeps)) as kept:
        kept.go_until_asked("chest")
        kept.mumble("every blue moon")
        kept.go_until_repetition(1, 2)
    it = told(tmp_path)
    assert [(one.question, one.words) for one in it.not_understood] == kept_words
    assert [heard.words for heard in it.heard if heard.meaning is None] == [None]
