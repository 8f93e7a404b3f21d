"""What the report tells, gathered from journals that real sessions have written."""

import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.kept import REPETITIONS, SETS, held
from tests.report.journals import Kept, write
from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.reader import read_journal
from voicecoach.report.contents import Report, gather
from voicecoach.report.detail import Answered
from voicecoach.report.summary import summary
from voicecoach.report.wording import read_report_words

WORDS = read_report_words("en")
DAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def gathered(folder: Path, programme: str | None = None) -> Report:
    with read_journal(folder) as reader:
        return gather(reader, programme, "en")


def test_a_session_is_told_with_its_sets_and_the_pain_after_each(tmp_path: Path) -> None:
    with held(
        tmp_path, {"pain_before": "4", "pain_test": "4", "pain_set_1": "4", "pain_set_2": "3", "pain_after": "1"}
    ) as kept:
        kept.go_to_the_end()
    detail = gathered(tmp_path).detail
    assert [(one.side, one.number, one.repetitions, one.pain) for one in detail.sets] == [
        ("left", 1, REPETITIONS, 4), ("left", 2, REPETITIONS, 3), ("left", 3, REPETITIONS, 3),
    ]  # fmt: skip
    assert [(one.when, one.number, one.score) for one in detail.pains] == [
        ("start", 0, 4), ("between", 0, 4), ("set", 1, 4), ("set", 2, 3), ("set", 3, 3), ("end", 0, 1),
    ]  # fmt: skip
    assert detail.sets_planned == 3
    assert {(one.step, one.side, round(one.seconds)) for one in detail.kept} == {
        ("glute", "left", 20), ("glute", "right", 20), ("knee", None, 30),
    }  # fmt: skip


def test_a_session_that_broke_off_after_one_score_has_none_after_the_exercise(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_repetition(1, 3)
    report = gathered(tmp_path)
    assert [(one.when, one.score) for one in report.detail.pains] == [("start", 3), ("between", 3)]
    assert (report.detail.sitting.pain_before, report.detail.sitting.pain_after) == (3, None)
    assert "Pain was 3 at the start, and was not asked for after any exercise." in str(summary(report, WORDS))
    assert [day.pain_after for day in report.course.each_day if day.sittings] == [None]


def test_the_score_at_the_start_is_called_so_where_it_hurt_before(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_now": "2"}) as kept:
        kept.go_until_asked("chest").hear("it_hurts")
        kept.go_until_asked("slump_different")
    pains = [(one.when, one.score) for one in gathered(tmp_path).detail.pains]
    assert pains == [("between", 2), ("start", 3)]


def test_the_result_is_what_the_coach_said(tmp_path: Path) -> None:
    with held(tmp_path, {"slump_eases": "no", "marker_massage": "no"}) as kept:
        kept.go_to_the_end()
    result = gathered(tmp_path).detail.result
    assert result is not None
    assert result.matched
    assert result.prompts == ("match", "pattern_markers_1", "pattern_slump_eases_no")
    assert set(result.prompts) <= set(kept.prompts())


def test_one_no_in_the_test_is_no_match_and_no_adverse_event(tmp_path: Path) -> None:
    with held(tmp_path, {"slump_different": "no"}) as kept:
        kept.go_to_the_end()
    report = gathered(tmp_path)
    assert report.detail.result is not None
    assert report.detail.result.prompts == ("no_match",)
    (trouble,) = report.troubles.shown
    assert (trouble.outcome, trouble.events, report.troubles.adverse) == ("no_match", (), 0)


def test_what_broke_off_and_was_gone_on_with_is_one_session_with_all_its_repetitions(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_repetition(2, 3)
    with held(tmp_path) as kept:
        kept.go_to_the_end()
    report = gathered(tmp_path)
    assert report.course.sessions == 1
    assert [one.id for one in report.detail.sitting.sessions] == [1, 2]
    assert [one.repetitions for one in report.detail.sets] == [REPETITIONS] * SETS
    assert report.detail.result is not None
    assert not report.troubles.shown


def test_an_adverse_event_comes_with_its_time_and_the_words_heard(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_repetition(2, 1)
        kept.hear("worse")
        kept.go_to_the_end()
    report = gathered(tmp_path)
    (trouble,) = report.troubles.shown
    (event,) = trouble.events
    assert (event.kind, event.value, event.heard, trouble.outcome) == ("worse", None, "worse", "adverse")
    assert event.when > report.detail.sitting.began_at
    assert report.detail.sitting.ended_early


def test_a_warning_sign_names_its_question(tmp_path: Path) -> None:
    with held(tmp_path, {"chest": "yes"}) as kept:
        kept.go_to_the_end()
    report = gathered(tmp_path)
    assert [(event.kind, event.value) for event in report.troubles.shown[0].events] == [("screening", "chest")]
    assert {one.question: one.answers for one in report.detail.screening}["chest"] == ("yes",)
    assert report.detail.result is None


def test_a_pain_score_that_ended_it_comes_with_the_word_for_the_score_not_with_its_confirmation(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_before": "7"}) as kept:
        kept.go_to_the_end()
    (event,) = gathered(tmp_path).troubles.shown[0].events
    assert (event.kind, event.value, event.heard) == ("pain", "7", "7")


def test_an_unsure_answer_is_shown_as_asked_back(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("slump_familiar").go_until(lambda p: p.session.memory.awaited is None)
        kept.hear("yes", sure=False)
        kept.go_to_the_end()
    test = {one.question: one for one in gathered(tmp_path).detail.test}
    assert test["slump_familiar"].asked_back
    assert not test["slump_different"].asked_back
    assert "slump_familiar_check" not in test


def test_a_yes_taken_back_is_shown_with_the_no(tmp_path: Path) -> None:
    with held(tmp_path, {"chest_confirm": "no"}) as kept:
        kept.go_until_asked("chest").go_until(lambda p: p.session.memory.awaited is None)
        kept.hear("yes")
        kept.go_to_the_end()
    chest = next(one for one in gathered(tmp_path).detail.screening if one.question == "chest")
    assert (chest.answers, chest.asked_back) == (("yes", "no"), True)


def test_a_last_session_in_which_nothing_was_said_is_not_the_one_in_detail(tmp_path: Path) -> None:
    write(tmp_path, Kept(DAY), Kept(DAY + timedelta(days=1), sets=(), pains=(), answers=[], outcome="unanswered"))
    report = gathered(tmp_path)
    assert (report.detail.sitting.latest.id, report.latest) == (1, 2)


def test_the_report_is_about_the_programme_of_the_last_session_and_counts_the_others(tmp_path: Path) -> None:
    other = Kept(DAY, programme="warm_up", title="Warm-up", answers=[], sets=())
    write(tmp_path, other, Kept(DAY + timedelta(days=1)))
    report = gathered(tmp_path)
    assert (report.course.sessions, report.other_sessions, report.other_programmes) == (1, 1, ("Warm-up",))
    assert gathered(tmp_path, "warm_up").title == "Warm-up"


def test_a_programme_whose_file_is_not_known_is_reported_without_its_words(tmp_path: Path) -> None:
    write(tmp_path, Kept(DAY, programme="my_own", title="My own"))
    report = gathered(tmp_path)
    assert report.words is None
    assert report.detail.result is None
    assert [one.repetitions for one in report.detail.sets] == [25, 25, 25]
    assert "slump_familiar" in {one.question for one in report.detail.others}


def test_rehearsals_are_counted(tmp_path: Path) -> None:
    write(tmp_path, Kept(DAY, kind="rehearsal"), Kept(DAY))
    assert gathered(tmp_path).rehearsals == 1


def test_a_smaller_dose_is_what_was_planned(tmp_path: Path) -> None:
    write(tmp_path, Kept(DAY, sets=(8,), pains=(3, 3, 2), profile="cautious"))
    detail = gathered(tmp_path).detail
    assert (detail.sets[0].planned, detail.sets_planned) == (10, 1)


@pytest.fixture(scope="module")
def sound_journal(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("sound")
    write(folder, Kept(DAY, adverse=(("worse", "worse"),)), Kept(DAY + timedelta(days=1), sets=(4, 4, 4)))
    return journal_file(folder).read_bytes()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(100, 40_000), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_damaged_journal_is_a_sentence_or_still_a_report(sound_journal: bytes, damage: list[tuple[int, int]]) -> None:
    content = bytearray(sound_journal)
    for at, value in damage:
        content[at % len(content)] = value
    with tempfile.TemporaryDirectory() as folder:
        journal_file(Path(folder)).write_bytes(content)
        with suppress(VoicecoachError):
            gathered(Path(folder))


@pytest.mark.parametrize("column", ["started_at", "pain_first", "title", "last_sample"])
def test_a_value_of_a_wrong_kind_is_a_sentence(tmp_path: Path, column: str) -> None:
    write(tmp_path, Kept(DAY))
    with closing(sqlite3.connect(journal_file(tmp_path))) as connection, connection:
        connection.execute(f"UPDATE session SET {column} = x'00ff'")
    with pytest.raises(VoicecoachError, match="is damaged"):
        gathered(tmp_path)


@pytest.mark.parametrize("programme", [None, "median"])
def test_no_session_is_a_sentence(tmp_path: Path, programme: str | None) -> None:
    if programme:
        write(tmp_path, Kept(DAY))
    with pytest.raises(VoicecoachError, match="has been kept yet, so there is nothing to report"):
        gathered(tmp_path, programme)


def test_an_answer_that_was_corrected_is_shown_with_its_correction(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("slump_different")
        kept.hear("correct_no")
        kept.go_until_asked("pain_test")
        kept.go_to_the_end()
    one = next(one for one in detailed(tmp_path) if one.question == "slump_familiar")
    assert (one.answers, one.corrected, one.taken_back) == (("yes", "no"), True, False)


def test_an_answer_taken_back_for_which_there_is_no_other_decides_nothing(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("slump_different")
        kept.hear("yes")
        kept.hear("correct")
    one = next(one for one in detailed(tmp_path) if one.question == "slump_different")
    assert (one.answers, one.taken_back) == (("yes",), True)
    assert gathered(tmp_path).detail.result is None


def detailed(folder: Path) -> tuple[Answered, ...]:
    return gathered(folder).detail.test
