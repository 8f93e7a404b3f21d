"""The exercises' positions as line drawings, computed from the angles of joints, with their alternatives in words."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from math import cos, radians, sin
from typing import Literal

import svg
from msgspec import Struct

from voicecoach.programme.steps import Exercise, Phase, Programme
from voicecoach.report.wording import ProgrammeTexts, ReportWords

Point = tuple[float, float]
_SIZE = 206
"""Of every image, in both directions, so that bodies are equally large."""


class Shape(Struct, frozen=True):
    """A line through points, bent if `bend` is a point that pulls it; or, with a radius, a circle round the first."""

    look: str
    """A class of the style sheet."""
    points: tuple[Point, ...]
    bend: Point | None = None
    radius: float | None = None


def reach(start: Point, degrees: float, length: float) -> Point:
    """Return the point so far away in a direction: 0 is forwards (to the right), 90 is up. Up is a smaller y."""
    return start[0] + length * cos(radians(degrees)), start[1] - length * sin(radians(degrees))


def arrow(start: Point, degrees: float, length: float) -> list[Shape]:
    """Return the shapes of an arrow."""
    tip = reach(start, degrees, length)
    barbs = (reach(tip, degrees + 145, 8), tip, reach(tip, degrees - 145, 8))
    return [Shape("mark", (start, tip)), Shape("mark", barbs)]


def image(shapes: Sequence[Shape], name: str, title: str, description: str) -> str:
    """Return shapes as an SVG image with its text alternatives; `name` tells it from the others on a page."""
    xs = [x for shape in shapes for x in _extent(shape, 0)]
    ys = [y for shape in shapes for y in _extent(shape, 1)]
    left, top = (round((min(values) + max(values) - _SIZE) / 2, 1) for values in (xs, ys))
    alternatives: list[svg.Element] = [
        svg.Title(id=f"{name}-title", text=escape(title)),
        svg.Desc(id=f"{name}-desc", text=escape(description)),
    ]
    drawing = svg.SVG(
        xmlns=None,
        class_=["figure"],
        viewBox=svg.ViewBoxSpec(left, top, _SIZE, _SIZE),
        extra={"role": "img", "aria-labelledby": f"{name}-title {name}-desc"},
        elements=[*alternatives, *map(_element, shapes)],
    )
    return str(drawing)


def _extent(shape: Shape, axis: int) -> list[float]:
    around = shape.radius or 0
    return [point[axis] + side for point in shape.points for side in (-around, around)]


def _element(shape: Shape) -> svg.Element:
    (x, y), *others = map(_rounded, shape.points)
    if shape.radius is not None:
        return svg.Circle(class_=[shape.look], cx=x, cy=y, r=shape.radius)
    if shape.bend is None:
        drawn: list[svg.PathData] = [svg.LineTo(*point) for point in others]
    else:
        drawn = [svg.QuadraticBezier(*_rounded(shape.bend), *point) for point in others]
    return svg.Path(class_=[shape.look], d=[svg.MoveTo(x, y), *drawn])


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


Direction = Literal["up", "down"]

_HIP: Point = (0, 0)
_THIGH, _SHANK, _FOOT = 50.0, 50.0, 21.0
_HEAD_RADIUS = 12.5
_FLOOR = 82.0


def slump_test() -> list[Shape]:
    """Return the drawing of somebody slumped on a table, the chin on the chest, with one foot lifted."""
    shapes, head, toes = _seated(knee=-14, ankle=96, neck=6, gaze=-66)
    return [*shapes, *arrow((toes[0] + 14, toes[1] + 12), 90, 26), *arrow((head[0] + 24, head[1] - 12), -90, 26)]


def flossing(toes: Direction | None, head: Direction | None) -> list[Shape]:
    """Return the drawing of a phase of nerve flossing; the knee is bent alike in all, and the back is rounded."""
    ankle = {"up": 118, "down": 28, None: 90}[toes]
    neck, gaze = {"up": (82, 14), "down": (6, -66), None: (50, -20)}[head]
    shapes, at_head, at_toes = _seated(knee=-30, ankle=ankle, neck=neck, gaze=gaze)
    if head is not None:
        shapes += _pointing(head, (at_head[0] + 27, at_head[1]))
    if toes is not None:
        shapes += _pointing(toes, (at_toes[0] + 15, at_toes[1]))
    return shapes


def figure_four() -> list[Shape]:
    """Return the drawing of somebody seated, seen from the front, one ankle on the other knee."""
    table = [Shape("table", ((-58, 10), (58, 10))), Shape("far", ((-48, 12), (-48, _FLOOR))),
             Shape("far", ((48, 12), (48, _FLOOR)))]  # fmt: skip
    neck, head = (0.0, -58.0), (0.0, -82.0)
    knee, other_knee = (27.0, 14.0), (-38.0, 8.0)
    ankle = (29.0, 4.0)
    arms = [
        Shape("limb", ((-17, -52), (-31, -24), other_knee)),
        Shape("limb", ((17, -52), (30, -26), (22, -4))),
    ]
    leg = [Shape("limb", ((10, -2), knee, (27, 66), (36, 71)))]
    crossed = [Shape("mark-limb", ((-9, -4), other_knee, ankle, (41, -4)))]
    trunk = [Shape("trunk", (neck, (0, -6))), Shape("limb", ((-17, -52), (17, -52))), Shape("head", (head,), radius=13)]
    return [*table, *trunk, *leg, *arms, *crossed]


def knee_rolling() -> list[Shape]:
    """Return the drawing of somebody on their back, from above, bent knees rolled to one side; paler, the other."""
    hips, shoulders = (30.0, 0.0), (-28.0, 0.0)
    body = [
        Shape("trunk", (shoulders, hips)),
        Shape("limb", ((-10, -46), (-27, -18), (-27, 18), (-10, 46))),
        Shape("head", ((-56, 0),), radius=13),
    ]
    other = [Shape("far-limb", ((34, -7), (54, -44), (82, -12))), Shape("far-limb", ((38, 5), (62, -26), (88, 2)))]
    legs = [Shape("mark-limb", ((34, 7), (54, 44), (82, 12))), Shape("mark-limb", ((38, -5), (62, 26), (88, -2)))]
    return [*body, *other, *legs, *arrow((104, 20), -90, 30), *arrow((104, -20), 90, 30)]


def _seated(*, knee: float, ankle: float, neck: float, gaze: float) -> tuple[list[Shape], Point, Point]:
    """Return the drawing of somebody who sits slumped, seen from the side, and where head and toes are.

    `knee` is the direction of the lifted shank, `ankle` the angle from the shank to the foot (90: square), `neck` and
    `gaze` the directions of the neck and of the face.
    """
    shoulder: Point = (13, -56)
    at_knee = reach(_HIP, 0, _THIGH)
    at_ankle = reach(at_knee, knee, _SHANK)
    toes = reach(at_ankle, knee + ankle, _FOOT)
    hanging = reach(at_knee, -90, _SHANK)
    head = reach(shoulder, neck, 21)
    nose = reach(head, gaze, _HEAD_RADIUS + 5)
    return [
        Shape("table", ((-46, 12), (38, 12))),
        Shape("far", ((-38, 14), (-38, _FLOOR))),
        Shape("far", ((26, 14), (26, _FLOOR))),
        Shape("far-limb", (at_knee, hanging, reach(hanging, -8, _FOOT - 3))),
        Shape("trunk", (_HIP, shoulder), bend=(-40, -34)),
        Shape("limb", (_HIP, at_knee, at_ankle)),
        Shape("mark-limb", (at_ankle, toes)),
        Shape("limb", (shoulder, (8, -26), (19, 6))),
        Shape("face", (reach(head, gaze + 24, _HEAD_RADIUS), nose, reach(head, gaze - 20, _HEAD_RADIUS))),
        Shape("head", (head,), radius=_HEAD_RADIUS),
    ], head, toes  # fmt: skip


def _pointing(direction: Direction, middle: Point) -> list[Shape]:
    degrees = 90 if direction == "up" else -90
    return arrow(reach(middle, degrees + 180, 14), degrees, 28)


_STEPS: dict[tuple[str, str], tuple[tuple[str, ...], str, Callable[[], list[Shape]]]] = {
    ("calf", "slump_test"): (("slump_position?", "slump_lift?"), "slump", slump_test),
    ("calf", "glute"): (("glute_how",), "four", figure_four),
    ("calf", "knee"): (("knee_how",), "knees", knee_rolling),
}
"""By programme and step: the prompts that describe the position, the name of the figure, the drawing."""


class Figure(Struct, frozen=True):
    """The drawing of a position with its text alternatives, its name, and how the programme describes it."""

    svg: str
    title: str
    caption: str
    addition: str | None


def position_name(programme_id: str, step_id: str, words: ReportWords) -> str | None:
    """Return the name of a step's position; None where there is no figure of it."""
    known = _STEPS.get((programme_id, step_id))
    return None if known is None else words.say(f"figure_{known[1]}_title")


def figures(programme: Programme, texts: ProgrammeTexts, words: ReportWords) -> Iterator[Figure]:
    """Yield the figures of a programme's positions, in the order of its steps."""
    for step in programme.steps:
        if (programme.id, step.id) in _STEPS:
            prompts, name, draw = _STEPS[programme.id, step.id]
            title = words.say(f"figure_{name}_title")
            drawn = image(draw(), f"figure-{step.id}", title, words.say(f"figure_{name}_text"))
            yield Figure(drawn, title, " ".join(map(texts.prompt, prompts)), step.addition)
        elif isinstance(step, Exercise) and step.movement == "slider":
            for phase in step.phases:
                if phase.toes and phase.head:
                    yield _phase(step, phase, texts, words)


def _phase(step: Exercise, phase: Phase, texts: ProgrammeTexts, words: ReportWords) -> Figure:
    parts = words.say(
        "part_and", first=words.say(f"part_toes_{phase.toes}"), second=words.say(f"part_head_{phase.head}")
    )
    title = words.say("figure_flossing_title", parts=parts)
    description = words.say("figure_flossing_text", parts=parts[:1].upper() + parts[1:])
    drawn = image(flossing(phase.toes, phase.head), f"figure-{step.id}-{phase.id}", title, description)
    return Figure(drawn, title, texts.prompt(f"{step.id}_{phase.id}_full"), step.addition)
