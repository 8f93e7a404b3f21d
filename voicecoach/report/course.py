"""The course of sittings over days and the adverse events, in words: the last weeks by day, all else by month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Any

from msgspec import Struct

from voicecoach.journal.reader import Reader
from voicecoach.journal.records import Adverse, Heard, Sitting
from voicecoach.report.wording import ProgrammeTexts, ReportWords
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.adverse import read as read_adverse

WEEKS = 12
MONTHS = 12


class Day(Struct, frozen=True):
    """One day of the course, and what was done on it."""

    day: date
    sittings: tuple[Sitting, ...] = ()

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


def course(sittings: Sequence[Sitting]) -> Course:
    """Return the course of these sittings, at least one; it ends with the sitting that was begun last.

    A wrong clock can have dated some after that; they are outside the weeks.
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
        weeks.append(tuple(Day(day, tuple(by_day.get(day, ())) if day <= last else ()) for day in days))
        begin += timedelta(weeks=1)
    inside = {day.day for week in weeks for day in week if day.day <= last}
    outside = [one for one in sittings if one.day not in inside]
    return Course(min(first, last), last, len(sittings), len(by_day), tuple(weeks), tuple(_months(outside)))


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


SHOWN = 12


class Event(Struct, frozen=True):
    """An adverse event: its kind, what it names (a score, a question), and the words that were heard.

    One of a kind that is not known here names what the journal has of it.
    """

    when: datetime
    kind: AdverseKind | None
    value: str | None
    heard: str | None


class Trouble(Struct, frozen=True):
    """A sitting with adverse events, or that ended early, or both. `outcome` is None where it broke off."""

    when: datetime
    events: tuple[Event, ...]
    outcome: str | None
    ended_early: bool


class Troubles(Struct, frozen=True):
    """The latest troubled sittings, newest first, and what all of them count up to."""

    shown: tuple[Trouble, ...]
    left_out: int
    adverse: int
    ended_early: int


def troubles(sittings: Sequence[Sitting], reader: Reader) -> Troubles:
    """Return what went wrong in sittings, with the words heard in the latest ones."""
    some = [one for one in sittings if one.adverse or one.ended_early]
    shown = some[-SHOWN:][::-1]
    ids = [session.id for one in shown for session in one.sessions if session.adverse]
    adverse, heard = reader.adverse(ids), reader.heard(ids)
    return Troubles(
        tuple(
            Trouble(one.began_at, tuple(_events(one, adverse, heard)), one.latest.outcome, one.ended_early)
            for one in shown
        ),
        len(some) - len(shown),
        sum(one.adverse for one in some),
        sum(one.ended_early for one in some),
    )


def _events(sitting: Sitting, adverse: Iterable[Adverse], heard: Sequence[Heard]) -> Iterable[Event]:
    sessions = {session.id: session for session in sitting.sessions}
    for event in adverse:
        if event.session in sessions:
            kind, value = read_adverse(event.what) or (None, event.what)
            words = _words(event, value if kind is AdverseKind.PAIN else None, heard)
            yield Event(sessions[event.session].time(event.at_seconds), kind, value or None, words)


def _words(event: Adverse, meaning: str | None, heard: Sequence[Heard]) -> str | None:
    """Return what was last heard before an event, with a certain meaning if one is given."""
    before = [
        one.words
        for one in heard
        if one.session == event.session and one.at_seconds <= event.at_seconds and one.words is not None
        and meaning in (None, one.meaning)
    ]  # fmt: skip
    return before[-1] if before else None


class CourseView:
    """The course in words; what the page's template asks for by name."""

    def __init__(self, course: Course, troubles: Troubles, texts: ProgrammeTexts, words: ReportWords) -> None:
        """Word this course and these troubles."""
        self.course = course
        self._troubles = troubles
        self._texts = texts
        self._words = words

    def days_with_sessions(self) -> list[Day]:
        """Return the days of the weeks on which there was a session."""
        return [day for day in self.course.each_day if day.sittings]

    def calendar(self) -> list[dict[str, Any]]:
        """Return the rows of the calendar."""
        return [
            {"week": week[0].day.isoformat(), "days": [self._cell(day) for day in week]} for week in self.course.weeks
        ]

    def _cell(self, day: Day) -> dict[str, Any]:
        say = self._words.say
        parts = []
        if day.practised:
            parts.append(say("calendar_done", day.practised))
        elif day.sittings:
            parts.append(say("calendar_begun"))
        if day.adverse:
            parts.append(say("calendar_adverse", day.adverse))
        look = "done" if day.practised else "begun" if day.sittings else "none"
        return {
            "number": day.day.day,
            "look": f"{look} adverse" if day.adverse else look,
            "text": ", ".join(parts) or say("calendar_nothing"),
            "is_to_come": day.day > self.course.last,
        }

    def pain_sentence(self) -> str:
        """Return how pain changed on the days, as a sentence."""
        pairs = [(day.pain_before, day.pain_after) for day in self.course.each_day]
        changes = [after - before for before, after in pairs if before is not None and after is not None]
        return self._words.say(
            "plot_pain_days_text",
            len(changes),
            lower=sum(change < 0 for change in changes),
            same=changes.count(0),
            higher=sum(change > 0 for change in changes),
        )

    def repetitions_sentence(self) -> str:
        """Return how many repetitions were done, as a sentence."""
        done = [day.repetitions for day in self.course.each_day if day.repetitions]
        return self._words.say("plot_repetitions_days_text", len(done), total=sum(done), most=max(done, default=0))

    def months(self) -> list[dict[str, Any]]:
        """Return the rows of the table of sessions outside the weeks."""
        return [
            {
                "month": f"{month.first:%Y-%m}"
                if month.is_one_month
                else self._words.say("until_month", month=f"{month.last:%Y-%m}"),
                "sessions": month.sessions,
                "days": month.days,
                "repetitions": month.repetitions,
                "before": "" if month.pain_before is None else f"{month.pain_before:.1f}",
                "after": "" if month.pain_after is None else f"{month.pain_after:.1f}",
                "adverse": month.adverse,
                "early": month.ended_early,
            }
            for month in self.course.outside
        ]

    def troubles(self) -> list[dict[str, Any]]:
        """Return the rows of the table of adverse events and early endings."""
        say = self._words.say
        return [
            {
                "when": f"{one.when:%Y-%m-%d %H:%M}",
                "events": [self._event(event) for event in one.events] or [say("no_event")],
                "heard": [say("quoted", words=event.heard) for event in one.events if event.heard],
                "ended": self._words.how_it_ended(one.outcome),
                "is_adverse": bool(one.events),
            }
            for one in self._troubles.shown
        ]

    def _event(self, event: Event) -> str:
        value = (
            self._texts.question(event.value) if event.kind is AdverseKind.SCREENING and event.value else event.value
        )
        return self._words.event(event.kind, value)
