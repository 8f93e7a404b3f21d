"""The plots of a report, each by the name of its heading."""

from voicecoach.report import plots
from voicecoach.report.gathering import Report
from voicecoach.report.session_view import SessionView
from voicecoach.report.wording import ReportWords


def drawn(report: Report, session: SessionView, words: ReportWords) -> dict[str, str]:
    """Return the plots as SVG; those of a session without repetitions or scores are left out."""
    plots.prepare()
    labels = plots.Labels(*(words.say(f"label_{name}") for name in plots.Labels.__struct_fields__))
    pain = None if report.programme is None else report.programme.pain
    limits = None if pain is None else plots.Limits(pain.ease_from, pain.stop_from)
    days = report.course.each_day
    each_day = [plots.PainDay(day.day, day.pain_before, day.pain_after, day.adverse > 0) for day in days]
    found = {
        "plot_pain_days": plots.pain_over_days(each_day, limits, labels),
        "plot_repetitions_days": plots.repetitions_over_days(
            [day.day for day in days], [day.repetitions for day in days]
        ),
    }
    if session.detail.pains:
        scores = [one.score for one in session.detail.pains]
        found["plot_pain_session"] = plots.pain_in_session(session.pain_names(), scores, limits, labels)
    if session.detail.sets:
        done = [one.repetitions for one in session.detail.sets]
        planned = [one.planned for one in session.detail.sets]
        found["plot_repetitions_session"] = plots.repetitions_in_session(
            session.short_set_names(), done, planned, labels
        )
    return found
