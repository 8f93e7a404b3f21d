"""What went wrong after a session belongs to that session: pain that rose, and what did not settle."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.report.journals import Kept, answers, write
from voicecoach.journal.reader import read_journal
from voicecoach.report.contents import Report, gather
from voicecoach.report.course_view import CourseView
from voicecoach.report.session_view import SessionView
from voicecoach.report.summary import summary
from voicecoach.report.wording import ProgrammeTexts, read_report_words

DAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
WORDS = read_report_words("en")


def gathered(folder: Path, *sessions: Kept) -> Report:
    write(folder, *sessions)
    with read_journal(folder) as reader:
        return gather(reader, None, "en")


def course_of(report: Report) -> CourseView:
    return CourseView(report.course, report.troubles, ProgrammeTexts(report.words, "left"), WORDS)


def on(day: int, **kept: object) -> Kept:
    return Kept(DAY + timedelta(days=day), **kept)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pains", "events"),
    [
        ((2, 3, 4, 4, 4), ["pain rose from 2 to 4"]),
        ((5, 5, 5, 6, 6), ["pain rose from 5 to 6"]),
        ((0, 2, 2, 2, 2), []),
        ((3, 3, 3, 3, 4), []),
    ],
)
def test_pain_that_rose_clearly_is_an_event_of_its_session(
    tmp_path: Path, pains: tuple[int, ...], events: list[str]
) -> None:
    report = gathered(tmp_path, on(0, pains=pains))
    assert [row["events"] for row in course_of(report).troubles()] == [events] * bool(events)
    assert report.troubles.rises == len(events)
    assert ("After one session pain was clearly more" in str(summary(report, WORDS))) is bool(events)


def test_what_had_not_settled_belongs_to_the_day_of_the_session_that_it_came_from(tmp_path: Path) -> None:
    told_later = on(2, answers=[*answers(), ("settled", "no", "no")])
    not_begun = on(1, sets=(), pains=(), answers=[], outcome="unanswered")
    report = gathered(tmp_path, on(0), not_begun, told_later)
    assert [day["settled"] for day in course_of(report).days_with_sessions()] == ["no", "", ""]
    rows = {row["when"][:10]: row["events"] for row in course_of(report).troubles()}
    assert rows == {"2026-03-02": ["had not settled within a day"], "2026-03-03": ["ended early"]}
    assert "One session had not settled within a day." in str(summary(report, WORDS))


def test_what_settled_is_no_trouble(tmp_path: Path) -> None:
    report = gathered(tmp_path, on(0), on(1, answers=[*answers(), ("settled", "yes", "yes")]))
    assert [day["settled"] for day in course_of(report).days_with_sessions()] == ["yes", ""]
    assert course_of(report).troubles() == []


def test_each_day_says_which_side(tmp_path: Path) -> None:
    assert [day["side"] for day in course_of(gathered(tmp_path, on(0))).days_with_sessions()] == ["left"]


def test_a_test_without_a_match_names_what_was_not_answered_yes(tmp_path: Path) -> None:
    report = gathered(tmp_path, on(0, answers=answers(slump_familiar="no"), sets=(), pains=(3,)))
    assert report.detail.result is not None
    assert report.detail.result.failing == ("slump_familiar",)
    texts = ProgrammeTexts(report.words, "left")
    assert (
        SessionView(report.detail, texts, WORDS).failing() == f"Not answered yes: “{texts.question('slump_familiar')}”."
    )
