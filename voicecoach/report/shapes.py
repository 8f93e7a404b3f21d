"""Lines and circles in a plane, and the SVG that they are; colours and widths are left to the page's style."""

from collections.abc import Sequence
from html import escape
from math import cos, radians, sin

from msgspec import Struct

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
    """Return an arrow."""
    tip = reach(start, degrees, length)
    barbs = (reach(tip, degrees + 145, 8), tip, reach(tip, degrees - 145, 8))
    return [Shape("mark", (start, tip)), Shape("mark", barbs)]


def svg(shapes: Sequence[Shape], name: str, title: str, description: str) -> str:
    """Return shapes as an SVG image with its text alternatives; `name` tells it from the others on a page."""
    xs = [x for shape in shapes for x in _extent(shape, 0)]
    ys = [y for shape in shapes for y in _extent(shape, 1)]
    left, top = ((min(values) + max(values) - _SIZE) / 2 for values in (xs, ys))
    box = f"{left:.1f} {top:.1f} {_SIZE} {_SIZE}"
    return (
        f'<svg class="figure" viewBox="{box}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{''.join(map(_element, shapes))}</svg>"
    )


def _extent(shape: Shape, axis: int) -> list[float]:
    around = shape.radius or 0
    return [point[axis] + side for point in shape.points for side in (-around, around)]


def _element(shape: Shape) -> str:
    if shape.radius is not None:
        x, y = shape.points[0]
        return f'<circle class="{shape.look}" cx="{x:.1f}" cy="{y:.1f}" r="{shape.radius:.1f}"/>'
    first, *others = (f"{x:.1f} {y:.1f}" for x, y in shape.points)
    bend = "" if shape.bend is None else f"Q{shape.bend[0]:.1f} {shape.bend[1]:.1f} "
    path = f"M{first}{bend or 'L'}{' L'.join(others)}"
    return f'<path class="{shape.look}" d="{path}"/>'
