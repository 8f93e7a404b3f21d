"""The course of sittings over days: the last weeks by day, all else by month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import mean

from msgspec import Struct

from voicecoach.journal.records import Sitting

WEEKS = 12
MONTHS = 12


class Day(Struct, frozen=True):
    """One day of the course, and what was done on it."""

    day: date
    sittings: tuple[Sitting, ...] = ()
    settled: bool | None = None
    """Whether what it stirred up had settled within a day, as the next session asked; None where none did."""

    @property
    def practised(self) -> int:
        """In how many sittings of the day some of the exercise was done."""
        return sum(one.has_practised for one in self.sittings)

    @property
    def repetitions(self) -> int:
        """How many repetitions were finished on the day."""
        return sum(one.repetitions for one in self.sittings)

    @property
    def adverse(self) -> int:
        """How many adverse events there were on the day."""
        return sum(one.adverse for one in self.sittings)

    @property
    def pain_before(self) -> int | None:
        """The first pain score of the day."""
        return next((one.pain_before for one in self.sittings if one.pain_before is not None), None)

    @property
    def pain_after(self) -> int | None:
        """The last pain score of the day after some of the exercise."""
        return next((one.pain_after for one in reversed(self.sittings) if one.pain_after is not None), None)


class Month(Struct, frozen=True):
    """Some sittings in short: those of a month, or of all the time before the months that are listed."""

    first: date
    last: date
    is_one_month: bool
    sessions: int
    days: int
    repetitions: int
    pain_before: float | None
    """The mean of the scores, as is the one after."""
    pain_after: float | None
    adverse: int
    ended_early: int


class Course(Struct, frozen=True):
    """All sittings: `weeks` of seven days each, from Monday on, the last one last; `outside` them the newest first."""

    first: date
    last: date
    sessions: int
    days: int
    weeks: tuple[tuple[Day, ...], ...]
    outside: tuple[Month, ...]

    @property
    def each_day(self) -> list[Day]:
        """The days of the weeks, up to the last one with a session."""
        return [day for week in self.weeks for day in week if day.day <= self.last]


def course(sittings: Sequence[Sitting], settled: Mapping[int, bool]) -> Course:
    """Return the course of these sittings, at least one; it ends with the sitting that was begun last.

    A wrong clock can have dated some after that; they are outside the weeks. `settled` has by the id of a sitting's
    last session whether it settled.
    """
    by_day: dict[date, list[Sitting]] = defaultdict(list)
    for one in sittings:
        by_day[one.day].append(one)
    last = sittings[-1].day
    first = min(by_day)
    monday = _monday(last)
    begin = max(monday - timedelta(weeks=WEEKS - 1), _monday(first))
    weeks = []
    while begin <= monday:
        days = (begin + timedelta(days=number) for number in range(7))
        weeks.append(tuple(_day(day, by_day.get(day, []) if day <= last else [], settled) for day in days))
        begin += timedelta(weeks=1)
    inside = {day.day for week in weeks for day in week if day.day <= last}
    outside = [one for one in sittings if one.day not in inside]
    return Course(min(first, last), last, len(sittings), len(by_day), tuple(weeks), tuple(_months(outside)))


def _day(day: date, some: Sequence[Sitting], settled: Mapping[int, bool]) -> Day:
    known = [settled[one.latest.id] for one in some if one.latest.id in settled]
    return Day(day, tuple(some), all(known) if known else None)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months(sittings: Iterable[Sitting]) -> Iterable[Month]:
    by_month: dict[date, list[Sitting]] = defaultdict(list)
    for one in sittings:
        by_month[one.day.replace(day=1)].append(one)
    newest = sorted(by_month, reverse=True)
    for month in newest[:MONTHS]:
        yield _in_short(by_month[month], is_one_month=True)
    before = [one for month in newest[MONTHS:] for one in by_month[month]]
    if before:
        yield _in_short(before, is_one_month=False)


def _in_short(some: list[Sitting], *, is_one_month: bool) -> Month:
    days = {one.day for one in some}
    before = [one.pain_before for one in some if one.pain_before is not None]
    after = [one.pain_after for one in some if one.pain_after is not None]
    return Month(
        min(days), max(days), is_one_month, len(some), len(days), sum(one.repetitions for one in some),
        mean(before) if before else None, mean(after) if after else None,
        sum(one.adverse for one in some), sum(one.ended_early for one in some),
    )  # fmt: skip
