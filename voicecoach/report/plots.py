"""The plots of the report as SVG in the colours of the page, each by the name of its heading; always the same bytes."""

import io
import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import platformdirs
from msgspec import Struct

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from voicecoach.report.contents import Report
from voicecoach.report.session_view import SessionView
from voicecoach.report.wording import ReportWords

_INK, _SOFT, _ACCENT, _LINE, _WARN = "#010101", "#010102", "#010103", "#010104", "#010105"
"""Stand for the page's colours until the plot is drawn."""
_COLOURS = {_INK: "--ink", _SOFT: "--soft", _ACCENT: "--accent", _LINE: "--line", _WARN: "--warn"}
_SIZE_INCHES = (4.4, 2.35)
_LOOK: dict[Any, Any] = {
    "svg.fonttype": "none", "text.parse_math": False, "font.size": 10, "text.color": _INK,
    "axes.edgecolor": _LINE, "axes.labelcolor": _SOFT, "axes.axisbelow": True, "axes.grid": True, "axes.grid.axis": "y",
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "grid.color": _LINE,
    "grid.linewidth": 0.6, "xtick.color": _LINE, "xtick.labelcolor": _INK, "ytick.color": _LINE,
    "ytick.labelcolor": _INK, "ytick.major.size": 0, "legend.frameon": False, "legend.handlelength": 1.2,
}  # fmt: skip
_INSIDE = (0.09, 0.12, 0.9, 0.75)
"""Where the axes are in a plot: left, bottom, width and height as shares of it."""
_INSIDE_ABOVE_TWO_LINES = (0.09, 0.2, 0.9, 0.67)
_INSIDE_BELOW_TWO_LINES = (0.09, 0.12, 0.9, 0.69)
_LEGEND_COLUMNS = 3
_MANY, _SMALL = 6, 7.5
"""More names than so many are written in small letters."""
_ABOVE_POINT, _BELOW_NEXT = 4.5, 9
"""How far above its point a score is written, and how large: it ends below the next score, where a limit may be."""
_TICKS = 4


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


def prepare() -> None:
    """Load Matplotlib with its own defaults: its files lie with ours, and nobody's settings change a report."""
    os.environ["MPLCONFIGDIR"] = str(platformdirs.user_cache_path("voicecoach", appauthor=False) / "matplotlib")
    os.environ.pop("MPLBACKEND", None)
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
    import matplotlib

    matplotlib.rcdefaults()


def pain_in_session(names: Sequence[str], scores: Sequence[int], limits: Limits | None, labels: Labels) -> str:
    """Return the plot of a session's pain scores, one after the other."""
    with _plot("pain_in_session") as (axes, finished):
        _pain_scale(axes, limits, labels)
        at = range(len(scores))
        axes.plot(at, scores, "o-", color=_ACCENT, markersize=7, linewidth=1.6, clip_on=False)
        for x, score in zip(at, scores, strict=True):
            axes.annotate(
                str(score), (x, score), (0, _ABOVE_POINT), textcoords="offset points", ha="center", va="baseline",
                weight="bold", size=_BELOW_NEXT,
            )  # fmt: skip
        axes.set_xticks(at, names, size=None if len(scores) <= _MANY else _SMALL)
        axes.set_xlim(-0.5, len(scores) - 0.5)
        _legend(axes)
    return finished[0]


def repetitions_in_session(
    names: Sequence[str], done: Sequence[int], planned: Sequence[int | None], labels: Labels
) -> str:
    """Return the plot of how many repetitions of each set were done, against those planned."""
    with _plot("repetitions_in_session") as (axes, finished):
        at = range(len(done))
        goals = [goal or 0 for goal in planned]
        if any(goals):
            axes.bar(at, goals, 0.5, fill=False, edgecolor=_SOFT, linestyle=(0, (3, 2)), label=labels.planned)
        for bar in axes.bar(at, done, 0.5, color=_ACCENT, label=labels.repetitions):
            axes.annotate(
                f"{bar.get_height():g}", (bar.get_x() + bar.get_width() / 2, bar.get_height()), (0, 3),
                textcoords="offset points", ha="center", weight="bold",
            )  # fmt: skip
        axes.set_xticks(at, names, size=None if len(done) <= _MANY else _SMALL)
        if any("\n" in name for name in names):
            axes.set_position(_INSIDE_ABOVE_TWO_LINES)
        axes.set_xlim(-0.6, max(len(done) - 0.4, 1.6))
        axes.set_ylim(0, 1.18 * max([*done, *goals, 1]))
        axes.locator_params("y", integer=True, nbins=5)
        _legend(axes)
    return finished[0]


def pain_over_days(days: Sequence[PainDay], limits: Limits | None, labels: Labels) -> str:
    """Return the plot of the pain before and after, day by day."""
    with _plot("pain_over_days") as (axes, finished):
        axes.set_position(_INSIDE_BELOW_TWO_LINES)
        first = [(at, one.before) for at, one in enumerate(days) if one.before is not None]
        last = [(at, one.after) for at, one in enumerate(days) if one.after is not None]
        before = dict(first)
        lasting = [(at, before[at], after) for at, after in last if at in before]
        if lasting:
            axes.vlines(*zip(*lasting, strict=True), color=_ACCENT, linewidth=1.2)
        size = 5.0 if len(days) < 40 else 3.6
        axes.plot(*_columns(first), "o", color=_SOFT, markersize=size + 1.6, fillstyle="none", label=labels.before)
        axes.plot(*_columns(last), "o", color=_ACCENT, markersize=size, label=labels.after)
        adverse = [(at, 10) for at, one in enumerate(days) if one.adverse]
        if adverse:
            axes.plot(*_columns(adverse), "v", color=_WARN, markersize=7, label=labels.adverse, clip_on=False)
        _pain_scale(axes, limits, labels)
        _dates(axes, [one.day for one in days])
        _legend(axes)
    return finished[0]


def repetitions_over_days(days: Sequence[date], repetitions: Sequence[int]) -> str:
    """Return the plot of how many repetitions were done, day by day."""
    with _plot("repetitions_over_days") as (axes, finished):
        axes.bar(range(len(days)), repetitions, 0.8, color=_ACCENT)
        axes.set_ylim(0, 1.1 * max(10, *repetitions))
        axes.locator_params("y", integer=True, nbins=5)
        _dates(axes, days)
    return finished[0]


def _columns(points: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [x for x, _ in points], [y for _, y in points]


def _pain_scale(axes: "Axes", limits: Limits | None, labels: Labels) -> None:
    axes.set_ylim(-0.3, 10.3)
    axes.set_yticks(range(0, 11, 2))
    if limits is not None:
        dashes = (0, (4, 3))
        axes.axhline(limits.ease_from, color=_SOFT, linewidth=1, linestyle=dashes, label=labels.ease_from)
        axes.axhline(limits.stop_from, color=_WARN, linewidth=1, linestyle=dashes, label=labels.stop_from)


def _dates(axes: "Axes", days: Sequence[date]) -> None:
    step = max(1, -(-len(days) // _TICKS))
    at = range(0, len(days), step)
    axes.set_xticks(at, [days[number].isoformat() for number in at])
    axes.set_xlim(-1, max(len(days), 7))


def _legend(axes: "Axes") -> None:
    _, names = axes.get_legend_handles_labels()
    if names:
        columns = min(len(names), _LEGEND_COLUMNS)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.01), ncols=columns, borderaxespad=0, fontsize=9)


@contextmanager
def _plot(name: str) -> Iterator[tuple["Axes", list[str]]]:
    """Give axes to draw in, and a list that has the SVG afterwards; the name keeps its ids from those of others."""
    import warnings

    import matplotlib
    from matplotlib.figure import Figure

    finished: list[str] = []
    with matplotlib.rc_context(_LOOK | {"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
        figure = Figure(figsize=_SIZE_INCHES)
        axes = figure.add_axes(_INSIDE)
        yield axes, finished
        content = io.StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(content, format="svg", transparent=True, metadata=nothing)
        finished.append(_for_page(content.getvalue()))


def _for_page(drawn: str) -> str:
    """Return a drawing as part of a page: without a frame of its own, in the page's colours and letters."""
    inside = drawn[drawn.index("<svg") :]
    inside = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", inside, flags=re.DOTALL)
    inside = re.sub(
        r"<svg [^>]*viewBox=\"([^\"]*)\"[^>]*>", r'<svg class="plot" viewBox="\1" aria-hidden="true">', inside
    )
    inside = re.sub(r' font-family: [^;"]*;?', "", inside)
    inside = re.sub(r'<g id="[^"]*">', "<g>", inside)
    for placeholder, name in _COLOURS.items():
        inside = inside.replace(placeholder, f"var({name})")
    return inside.replace("xlink:href", "href").replace("\n", "")


def drawn(report: Report, session: SessionView, words: ReportWords) -> dict[str, str]:
    """Return all plots as SVG by their names; those of a session without repetitions or scores are left out."""
    prepare()
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
