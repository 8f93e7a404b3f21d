"""The summary of the report: sentences that say all of it in short."""

from collections.abc import Iterator

from voicecoach.programme.steps import Branch
from voicecoach.report.contents import Report
from voicecoach.report.wording import ReportWords
from voicecoach.session.policies import pain_change


def summary(report: Report, words: ReportWords) -> list[str]:
    """Return the sentences of the summary: sessions, the last one with its test and pain, what went wrong."""
    return [_sessions(report, words), " ".join(_last(report, words)), " ".join(_troubles(report, words))]


def meaningful_points(report: Report) -> int:
    """Return from how many points on a change of pain counts."""
    return report.rules.stop_rise


def _sessions(report: Report, words: ReportWords) -> str:
    course = report.course
    first, last = course.first.isoformat(), course.last.isoformat()
    if course.sessions > 1 and course.days == 1:
        return words.say("summary_sessions_day", course.sessions, first=first)
    return words.say("summary_sessions", course.sessions, days=course.days, first=first, last=last)


def _last(report: Report, words: ReportWords) -> Iterator[str]:
    date = report.detail.sitting.day.isoformat()
    result = report.detail.result
    if result is not None:
        yield words.say("summary_match" if result.matched else "summary_no_match", date=date)
    else:
        has_test = report.programme is not None and any(isinstance(step, Branch) for step in report.programme.steps)
        yield words.say("summary_no_test" if has_test else "summary_no_test_known", date=date)
    yield _pain(report, words)


def _pain(report: Report, words: ReportWords) -> str:
    before, after = report.detail.sitting.pain_before, report.detail.sitting.pain_after
    if before is None:
        return words.say("summary_pain_never")
    if after is None:
        return words.say("summary_pain_once", before=before)
    change = pain_change(before, after, report.rules)
    return words.say("summary_pain", before=before, after=after, change=words.say(f"change_{change}"))


def _troubles(report: Report, words: ReportWords) -> Iterator[str]:
    adverse, early = report.troubles.adverse, report.troubles.ended_early
    if not adverse and not early:
        yield words.say("summary_no_trouble")
    else:
        said = words.say("summary_adverse", adverse) if adverse else words.say("summary_no_adverse")
        ended = words.say("summary_early", early) if early else words.say("summary_early_none")
        yield words.say("summary_trouble", adverse=said, early=ended)
    if report.troubles.rises:
        yield words.say("summary_rises", report.troubles.rises)
    if report.troubles.unsettled:
        yield words.say("summary_unsettled", report.troubles.unsettled)
