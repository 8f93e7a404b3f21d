"""The positions of the exercises as line drawings, computed from the angles of a body's joints."""

from typing import Literal

from voicecoach.report.shapes import Point, Shape, arrow, reach

Direction = Literal["up", "down"]

_HIP: Point = (0, 0)
_THIGH, _SHANK, _FOOT = 50.0, 50.0, 21.0
_HEAD_RADIUS = 12.5
_FLOOR = 82.0


def slump_test() -> list[Shape]:
    """Return somebody slumped on a table, the chin on the chest, with one foot lifted."""
    shapes, head, toes = _seated(knee=-14, ankle=96, neck=6, gaze=-66)
    return [*shapes, *arrow((toes[0] + 14, toes[1] + 12), 90, 26), *arrow((head[0] + 24, head[1] - 12), -90, 26)]


def flossing(toes: Direction | None, head: Direction | None) -> list[Shape]:
    """Return a phase of nerve flossing; the knee is bent alike in all of them, and the back is rounded."""
    ankle = {"up": 118, "down": 28, None: 90}[toes]
    neck, gaze = {"up": (82, 14), "down": (6, -66), None: (50, -20)}[head]
    shapes, at_head, at_toes = _seated(knee=-30, ankle=ankle, neck=neck, gaze=gaze)
    if head is not None:
        shapes += _pointing(head, (at_head[0] + 27, at_head[1]))
    if toes is not None:
        shapes += _pointing(toes, (at_toes[0] + 15, at_toes[1]))
    return shapes


def figure_four() -> list[Shape]:
    """Return somebody seated, seen from the front, one ankle on the other knee."""
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
    """Return somebody lying on the back, seen from above, both bent knees rolled to one side; paler, to the other."""
    hips, shoulders = (0.0, 30.0), (0.0, -28.0)
    body = [
        Shape("trunk", (shoulders, hips)),
        Shape("limb", ((-46, -10), (-18, -27), (18, -27), (46, -10))),
        Shape("head", ((0, -56),), radius=13),
    ]
    other = [Shape("far-limb", ((-7, 34), (-44, 54), (-12, 82))), Shape("far-limb", ((5, 38), (-26, 62), (2, 88)))]
    legs = [Shape("mark-limb", ((7, 34), (44, 54), (12, 82))), Shape("mark-limb", ((-5, 38), (26, 62), (-2, 88)))]
    return [*body, *other, *legs, *arrow((20, 104), 0, 30), *arrow((-20, 104), 180, 30)]


def _seated(*, knee: float, ankle: float, neck: float, gaze: float) -> tuple[list[Shape], Point, Point]:
    """Return somebody who sits slumped on a table, seen from the side, and where head and toes are.

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
