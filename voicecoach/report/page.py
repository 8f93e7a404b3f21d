"""The page of the report: its contents, worded, with plots and figures, as one HTML file that loads nothing."""

from collections.abc import Iterator
from datetime import date
from importlib import resources

from voicecoach import __version__
from voicecoach.report.contents import Report
from voicecoach.report.course_view import CourseView
from voicecoach.report.plots import drawn
from voicecoach.report.positions import figures
from voicecoach.report.session_view import SessionView
from voicecoach.report.summary import meaningful_points, summary
from voicecoach.report.wording import ProgrammeTexts, ReportWords
from voicecoach.session.question_ids import read_id

_HERE = resources.files("voicecoach.report")


def page(report: Report, words: ReportWords, language: str, made: date) -> str:
    """Return the report's page as HTML. What a person said stands in it as text alone, whatever it was."""
    from jinja2 import Environment, StrictUndefined

    texts = ProgrammeTexts(report.words, report.detail.sitting.latest.side)
    session = SessionView(report.detail, texts, words)
    course = CourseView(report.course, report.troubles, texts, words)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((_HERE / "page.html").read_text(encoding="utf-8"))
    return template.render(
        say=words.say,
        weekdays=words.weekdays,
        language=language,
        made=made.isoformat(),
        version=__version__,
        style=(_HERE / "page.css").read_text(encoding="utf-8"),
        report=report,
        session=session,
        course=course,
        summary=summary(report, words),
        rule=words.say("change_rule", points=meaningful_points(report)),
        plots=drawn(report, session, words),
        figures=[] if report.programme is None else list(figures(report.programme, texts, words)),
        not_understood=list(_not_understood(report, texts, words)),
        method=list(_method(report, words)),
        additions=_additions(report),
    )


def _method(report: Report, words: ReportWords) -> Iterator[str]:
    session = report.detail.sitting.latest
    yield words.say("method_heard", recogniser=session.recogniser)
    yield words.say("method_counted")
    yield words.say("method_pain")
    if report.programme is not None:
        limits = report.programme.pain
        yield words.say("method_limits", ease_from=limits.ease_from, stop_from=limits.stop_from, rise=limits.stop_rise)
    yield words.say("method_session", software=session.software, voice=session.voice, language=session.language)
    yield words.say("method_no_assessment")


def _not_understood(report: Report, texts: ProgrammeTexts, words: ReportWords) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of what was not understood; a check stands under the question that it belongs to."""
    for one in report.not_understood.shown:
        yield {
            "when": f"{one.when:%Y-%m-%d %H:%M}",
            "question": texts.question(read_id(one.question).of),
            "words": words.say("quoted", words=one.words),
        }


def _additions(report: Report) -> list[str]:
    """Return where the additions to the programme's source come from, each once."""
    steps = () if report.programme is None else report.programme.steps
    return list(dict.fromkeys(step.addition for step in steps if step.addition))
