"""The plots of the report as SVG in the looks of the page, each by the name of its heading; always the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import count, pairwise
from math import ceil

import svg
from msgspec import Struct

from voicecoach.report.contents import Report
from voicecoach.report.session_view import SessionView
from voicecoach.report.wording import ReportWords

_WIDTH, _HEIGHT = 317, 169
_LEFT, _RIGHT = 28, 314
_TOP, _BOTTOM = 22, 149
_BELOW_TWO_LINES = 36
_ABOVE_TWO_LINES = 137
_LINE_HEIGHT = 13
_LETTERS, _KEY_LETTERS, _SCORE_LETTERS = 10.0, 9.0, 9.0
_MANY, _SMALL_LETTERS = 6, 7.5
"""More names than so many are written in small letters."""
_ABOVE_POINT = 4.5
"""How far above its point a score is written: with letters this small it ends below the next one, maybe a limit."""
_ABOVE_BAR = 3
_DASHES = "\N{EN DASH} \N{EN DASH}"
_MANY_DAYS = 40
_DATES, _STEPS = 4, 5
"""So many dates and steps of a scale there are at most."""


class Limits(Struct, frozen=True):
    """The pain scores from which on one eases off, and from which on the exercise ends."""

    ease_from: int
    stop_from: int


class PainDay(Struct, frozen=True):
    """The pain of a day: the first score, the last one, and whether there was an adverse event."""

    day: date
    before: int | None
    after: int | None
    adverse: bool


class Labels(Struct, frozen=True):
    """The words that are written in the plots."""

    repetitions: str
    planned: str
    before: str
    after: str
    adverse: str
    ease_from: str
    stop_from: str


class _Key(Struct, frozen=True):
    """What a sign in a plot stands for; `look` is a class of the style sheet."""

    sign: str
    look: str
    label: str


class _Axes(Struct, frozen=True):
    """Where values are in a plot: the lowest and the highest value along each axis, and the axes' place."""

    across: tuple[float, float]
    up: tuple[float, float]
    top: float = _TOP
    bottom: float = _BOTTOM

    def x(self, value: float) -> float:
        """Return where a value is along the horizontal axis."""
        return round(_LEFT + (_RIGHT - _LEFT) * _share(value, self.across), 1)

    def y(self, value: float) -> float:
        """Return where a value is along the vertical axis."""
        return round(self.bottom - (self.bottom - self.top) * _share(value, self.up), 1)

    def level(self, value: float, look: str) -> svg.Line:
        """Return a line from side to side at a value."""
        return svg.Line(class_=[look], x1=_LEFT, x2=_RIGHT, y1=self.y(value), y2=self.y(value))

    def bar(self, at: float, value: float, width: float, look: str) -> svg.Rect:
        """Return a bar around a place, from zero to a value."""
        left, high = self.x(at - width / 2), self.y(value)
        size = round(self.x(at + width / 2) - left, 1), round(self.bottom - high, 1)
        return svg.Rect(class_=[look], x=left, y=high, width=size[0], height=size[1])

    def dot(self, at: float, value: float, radius: float, look: str) -> svg.Circle:
        """Return a dot at a place and a value."""
        return svg.Circle(class_=[look], cx=self.x(at), cy=self.y(value), r=radius)


def pain_in_session(names: Sequence[str], scores: Sequence[int], limits: Limits | None, labels: Labels) -> str:
    """Return the plot of a session's pain scores, one after the other."""
    axes = _Axes((-0.5, len(scores) - 0.5), (-0.3, 10.3))
    dots = list(enumerate(scores))
    return _plot(
        *_scale(axes, range(0, 11, 2)),
        *_names(axes, names),
        *_limits(axes, limits),
        *(
            svg.Line(class_=["curve"], x1=axes.x(at), y1=axes.y(one), x2=axes.x(later), y2=axes.y(other))
            for (at, one), (later, other) in pairwise(dots)
        ),
        *(axes.dot(at, score, 3.5, "full") for at, score in dots),
        *(_text(axes.x(at), axes.y(score) - _ABOVE_POINT, str(score), _SCORE_LETTERS, "value") for at, score in dots),
        *_key_lines(_limit_keys(limits, labels)),
    )


def repetitions_in_session(
    names: Sequence[str], done: Sequence[int], planned: Sequence[int | None], labels: Labels
) -> str:
    """Return the plot of how many repetitions of each set were done, against those planned."""
    goals = [goal or 0 for goal in planned]
    across = (-0.6, max(len(done) - 0.4, 1.6))
    bottom = _ABOVE_TWO_LINES if any("\n" in name for name in names) else _BOTTOM
    axes = _Axes(across, (0, 1.18 * max([*done, *goals, 1])), bottom=bottom)
    keys = [_Key("■", "full", labels.repetitions)]
    if any(goals):
        keys.append(_Key("□", "open", labels.planned))
    return _plot(
        *_scale(axes, _round_steps(axes.up[1])),
        *_names(axes, names),
        *(axes.bar(at, number, 0.5, "full") for at, number in enumerate(done)),
        *(axes.bar(at, goal, 0.5, "planned") for at, goal in enumerate(goals) if goal),
        *(
            _text(axes.x(at), axes.y(number) - _ABOVE_BAR, str(number), _LETTERS, "value")
            for at, number in enumerate(done)
        ),
        *_key_lines(keys),
    )


def pain_over_days(days: Sequence[PainDay], limits: Limits | None, labels: Labels) -> str:
    """Return the plot of the pain before and after, day by day."""
    axes = _Axes(_span(days), (-0.3, 10.3), top=_BELOW_TWO_LINES)
    keys = [_Key("○", "open", labels.before), _Key("●", "full", labels.after)]
    if any(day.adverse for day in days):
        keys.append(_Key("▼", "warn", labels.adverse))
    return _plot(
        *_scale(axes, range(0, 11, 2)),
        *_dates(axes, [day.day for day in days]),
        *_limits(axes, limits),
        *_pain_signs(axes, days),
        *_key_lines(keys, _limit_keys(limits, labels)),
    )


def repetitions_over_days(days: Sequence[date], repetitions: Sequence[int]) -> str:
    """Return the plot of how many repetitions were done, day by day."""
    axes = _Axes(_span(days), (0, 1.1 * max(10, *repetitions)))
    return _plot(
        *_scale(axes, _round_steps(axes.up[1])),
        *_dates(axes, days),
        *(axes.bar(at, number, 0.8, "full") for at, number in enumerate(repetitions) if number),
    )


def _share(value: float, ends: tuple[float, float]) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _span(days: Sequence[object]) -> tuple[float, float]:
    return -1, max(len(days), 7)


def _round_steps(highest: float) -> range:
    """Return the numbers along a scale from 0: few, and steps of 1, 2 or 5 or ten times those, or a hundred times."""
    steps = (digit * 10**zeros for zeros in count() for digit in (1, 2, 5))
    return range(0, int(highest) + 1, next(step for step in steps if highest <= _STEPS * step))


def _scale(axes: _Axes, values: Sequence[int]) -> Iterator[svg.Element]:
    """Yield the vertical axis: a line and a number for each of these values, and the line at the bottom."""
    for value in values:
        yield axes.level(value, "grid")
        yield _text(_LEFT - 4, axes.y(value) + 3.5, str(value), _LETTERS, "number")
    yield svg.Line(class_=["grid"], x1=_LEFT, x2=_RIGHT, y1=axes.bottom, y2=axes.bottom)


def _names(axes: _Axes, names: Sequence[str]) -> Iterator[svg.Element]:
    letters = _LETTERS if len(names) <= _MANY else _SMALL_LETTERS
    for at, name in enumerate(names):
        yield from _below(axes, at, name, letters)


def _dates(axes: _Axes, days: Sequence[date]) -> Iterator[svg.Element]:
    for at in range(0, len(days), ceil(len(days) / _DATES)):
        yield from _below(axes, at, days[at].isoformat(), _LETTERS)


def _below(axes: _Axes, at: int, name: str, letters: float) -> Iterator[svg.Element]:
    x = axes.x(at)
    yield svg.Line(class_=["grid"], x1=x, x2=x, y1=axes.bottom, y2=axes.bottom + 3)
    for number, line in enumerate(name.split("\n"), 1):
        yield _text(x, axes.bottom + 1 + number * _LINE_HEIGHT, line, letters, "name")


def _limits(axes: _Axes, limits: Limits | None) -> Iterator[svg.Element]:
    if limits is not None:
        yield axes.level(limits.ease_from, "limit")
        yield axes.level(limits.stop_from, "limit stop")


def _limit_keys(limits: Limits | None, labels: Labels) -> list[_Key]:
    if limits is None:
        return []
    return [_Key(_DASHES, "open", labels.ease_from), _Key(_DASHES, "warn", labels.stop_from)]


def _pain_signs(axes: _Axes, days: Sequence[PainDay]) -> Iterator[svg.Element]:
    radius = 2.5 if len(days) < _MANY_DAYS else 1.8
    for at, day in enumerate(days):
        if day.before is not None and day.after is not None:
            x = axes.x(at)
            yield svg.Line(class_=["change"], x1=x, x2=x, y1=axes.y(day.before), y2=axes.y(day.after))
    for at, day in enumerate(days):
        if day.before is not None:
            yield axes.dot(at, day.before, radius + 0.8, "open")
        if day.after is not None:
            yield axes.dot(at, day.after, radius, "full")
        if day.adverse:
            x, y = axes.x(at), axes.y(10)
            corners = ((x - 4, y - 3.5), (x + 4, y - 3.5), (x, y + 3.5))
            yield svg.Polygon(class_=["warn"], points=[svg.Point(round(a, 1), round(b, 1)) for a, b in corners])


def _key_lines(*lines: Sequence[_Key]) -> Iterator[svg.Element]:
    """Yield what the signs stand for, in lines of text that go on as wide as their letters are."""
    for number, line in enumerate(filter(None, lines)):
        parts: list[svg.Element] = []
        for key in line:
            parts.append(svg.TSpan(text=key.sign, class_=[key.look], dx=12 if parts else 0))
            parts.append(svg.TSpan(text=escape(key.label), dx=4))
        yield svg.Text(class_=["key"], x=_LEFT, y=10 + number * _LINE_HEIGHT, font_size=_KEY_LETTERS, elements=parts)


def _text(x: float, y: float, text: str, size: float, look: str) -> svg.Text:
    """Return a text at a place, where its look has it begin, end or have its middle; nothing in it is markup."""
    return svg.Text(text=escape(text), class_=[look], x=round(x, 1), y=round(y, 1), font_size=size)


def _plot(*elements: svg.Element) -> str:
    box = svg.ViewBoxSpec(0, 0, _WIDTH, _HEIGHT)
    return str(svg.SVG(xmlns=None, class_=["plot"], viewBox=box, extra={"aria-hidden": "true"}, elements=[*elements]))


def drawn(report: Report, session: SessionView, words: ReportWords) -> dict[str, str]:
    """Return all plots as SVG by their names; those of a session without repetitions or scores are left out."""
    labels = Labels(*(words.say(f"label_{name}") for name in Labels.__struct_fields__))
    pain = None if report.programme is None else report.programme.pain
    limits = None if pain is None else Limits(pain.ease_from, pain.stop_from)
    days = report.course.each_day
    each_day = [PainDay(day.day, day.pain_before, day.pain_after, day.adverse > 0) for day in days]
    found = {
        "plot_pain_days": pain_over_days(each_day, limits, labels),
        "plot_repetitions_days": repetitions_over_days([day.day for day in days], [day.repetitions for day in days]),
    }
    if session.detail.pains:
        scores = [one.score for one in session.detail.pains]
        found["plot_pain_session"] = pain_in_session(session.pain_names(), scores, limits, labels)
    if session.detail.sets:
        done = [one.repetitions for one in session.detail.sets]
        planned = [one.planned for one in session.detail.sets]
        found["plot_repetitions_session"] = repetitions_in_session(session.short_set_names(), done, planned, labels)
    return found
