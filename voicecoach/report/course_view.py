"""The course over days and what went wrong, worded for the page of the report."""

from typing import Any

from voicecoach.report.course import Course, Day
from voicecoach.report.troubles import Event, Trouble, Troubles
from voicecoach.report.wording import ProgrammeTexts, ReportWords
from voicecoach.session.adverse import AdverseKind


class CourseView:
    """The course in words; what the page's template asks for by name."""

    def __init__(self, course: Course, troubles: Troubles, texts: ProgrammeTexts, words: ReportWords) -> None:
        """Word this course and these troubles."""
        self.course = course
        self._troubles = troubles
        self._texts = texts
        self._words = words

    def days_with_sessions(self) -> list[dict[str, Any]]:
        """Return the rows of the table of days, those of the weeks on which there was a session."""
        return [
            {
                "day": day.day,
                "sessions": len(day.sittings),
                "repetitions": day.repetitions,
                "side": self._sides(day),
                "before": day.pain_before,
                "after": day.pain_after,
                "settled": "" if day.settled is None else self._texts.answer("yes" if day.settled else "no"),
                "adverse": day.adverse,
            }
            for day in self.course.each_day
            if day.sittings
        ]

    def _sides(self, day: Day) -> str:
        sides = dict.fromkeys(one.latest.side for one in day.sittings if one.latest.side)
        return ", ".join(map(self._texts.answer, sides))

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
        if day.settled is False:
            parts.append(say("calendar_unsettled"))
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
                "events": self._events(one) or [say("no_event")],
                "heard": [say("quoted", words=event.heard) for event in one.events if event.heard],
                "ended": self._words.how_it_ended(one.outcome),
                "is_adverse": bool(one.events),
            }
            for one in self._troubles.shown
        ]

    def _events(self, trouble: Trouble) -> list[str]:
        events = [self._event(event) for event in trouble.events]
        if trouble.rise is not None:
            before, after = trouble.rise
            events.append(self._words.say("event_rise", before=before, after=after))
        if trouble.unsettled:
            events.append(self._words.say("event_unsettled"))
        return events

    def _event(self, event: Event) -> str:
        value = (
            self._texts.question(event.value) if event.kind is AdverseKind.SCREENING and event.value else event.value
        )
        return self._words.event(event.kind, value)
