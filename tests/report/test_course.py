"""The course over days: nothing is counted twice or lost, whatever the dates are."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.journal.records import Session, Sitting, sittings
from voicecoach.report.course import MONTHS, WEEKS, course

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def session(
    number: int, began: datetime, *, repetitions: int = 75, pain: tuple[int | None, int | None] | None = (3, 1),
    outcome: str | None = "complete", adverse: int = 0, continues: int | None = None,
) -> Session:  # fmt: skip
    first, last = pain or (None, None)
    return Session(
        number, "live", "calf", "Calf", None, "en", "default", "moonshine", "0.1.0", began, 1200.0, outcome, "left",
        first, last, repetitions, 2 * repetitions, adverse, continues, None,
    )  # fmt: skip


def held(*days: int) -> list[Sitting]:
    return sittings(session(number, MONDAY + timedelta(days=day)) for number, day in enumerate(days, 1))


@given(st.lists(st.integers(-10, 10) | st.integers(-4000, 4000), min_size=1, max_size=60))
def test_every_sitting_is_either_in_the_weeks_or_outside_them(days: list[int]) -> None:
    told = course(held(*days), {})
    inside = sum(len(day.sittings) for week in told.weeks for day in week)
    assert inside + sum(month.sessions for month in told.outside) == len(days) == told.sessions
    assert len(told.weeks) <= WEEKS
    assert len(told.outside) <= MONTHS + 1
    assert told.days == len(set(days))


def test_the_weeks_begin_on_mondays_and_end_with_that_of_the_last_session() -> None:
    told = course(held(0, 9), {})
    assert [week[0].day for week in told.weeks] == [date(2026, 3, 2), date(2026, 3, 9)]
    assert [day.day.day for day in told.each_day] == list(range(2, 12))
    assert [bool(day.sittings) for day in told.each_day] == [True] + [False] * 8 + [True]


def test_a_session_that_a_wrong_clock_dated_later_is_outside() -> None:
    told = course(held(0, 800, 1), {})
    assert told.last == date(2026, 3, 3)
    assert [(month.first, month.sessions) for month in told.outside] == [(date(2028, 5, 10), 1)]


def test_the_time_before_the_months_is_one_line() -> None:
    told = course(held(*range(0, 3000, 10)), {})
    assert [month.is_one_month for month in told.outside] == [True] * MONTHS + [False]


def test_two_sittings_of_a_day_give_its_first_and_last_pain() -> None:
    later = session(2, MONDAY + timedelta(hours=3), pain=(2, 0), repetitions=10)
    (day,) = [day for day in course(sittings([session(1, MONDAY), later]), {}).each_day if day.sittings]
    assert (day.pain_before, day.pain_after, day.repetitions, day.practised) == (3, 0, 85, 2)


def test_pain_before_an_exercise_that_was_not_done_is_no_pain_after_it() -> None:
    (one,) = sittings([session(1, MONDAY, repetitions=0, pain=(7, 7), outcome="pain_limit")])
    assert (one.pain_before, one.pain_after, one.has_practised) == (7, None, False)


def test_one_score_is_none_after_the_exercise() -> None:
    (one,) = sittings([session(1, MONDAY, outcome=None, repetitions=30, pain=(3, None))])
    assert (one.pain_before, one.pain_after, one.has_practised) == (3, None, True)
    (day,) = [day for day in course([one], {}).each_day if day.sittings]
    assert (day.pain_before, day.pain_after) == (3, None)


def test_two_sessions_that_went_on_with_the_same_one_are_one_sitting_with_it() -> None:
    parts = [
        session(1, MONDAY, outcome=None, repetitions=30, pain=(4, None)),
        session(2, MONDAY, outcome=None, repetitions=0, pain=None, continues=1),
        session(3, MONDAY, repetitions=45, pain=(None, 2), continues=1),
    ]
    (one,) = sittings(parts)
    assert (one.sessions, one.pain_before, one.pain_after) == (tuple(parts), 4, 2)


def test_sessions_that_went_on_with_each_other_are_one_sitting() -> None:
    parts = [
        session(1, MONDAY, outcome=None, repetitions=30, pain=(4, 4)),
        session(2, MONDAY, outcome=None, repetitions=20, pain=(4, 3), continues=1),
        session(3, MONDAY, repetitions=25, pain=(3, 2), adverse=1, continues=2),
        session(4, MONDAY),
    ]
    first, second = sittings(parts)
    assert (first.repetitions, first.pain_before, first.pain_after, first.adverse) == (75, 4, 2, 1)
    assert not first.ended_early
    assert second.sessions == (parts[3],)
