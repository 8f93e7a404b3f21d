"""What the phases of a repetition do to a nerve: a slider pulls it at one end at a time, a tensioner at both at once.

One swapped word would make the one the other, which has to be declared.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from voicecoach.programme.bounds import HoldSeconds, Key, Load, Movement, MoveSeconds
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.step import Part

_DISTAL = {"toes": "up", "wrist": "back"}
_PROXIMAL = {"head": "down", "elbow": "straight"}
_BOTH = ("pulled", "pulled")
_NEITHER = ("slack", "slack")


class Phase(Part, frozen=True, kw_only=True):
    """One position of a repetition: a move into it, then the hold.

    The parts of the body say which end of the nerve is pulled; `distal` and `proximal` say it for other parts.
    """

    id: Key
    toes: Literal["up", "down"] | None = None
    head: Literal["up", "down"] | None = None
    wrist: Literal["back", "forward"] | None = None
    elbow: Literal["straight", "bent"] | None = None
    distal: Load | None = None
    proximal: Load | None = None
    move_seconds: MoveSeconds | None = None
    hold_seconds: HoldSeconds | None = None

    def loads(self) -> tuple[Load | None, Load | None]:
        """Return what the far and the near end of the nerve are under; None where the phase does not say it."""
        return self._load(_DISTAL) or self.distal, self._load(_PROXIMAL) or self.proximal

    def contradiction(self) -> str | None:
        """Return the end (`distal` or `proximal`) that is stated otherwise than its parts of the body say."""
        for end, pulling, stated in (("distal", _DISTAL, self.distal), ("proximal", _PROXIMAL, self.proximal)):
            if stated is not None and self._load(pulling) not in (None, stated):
                return end
        return None

    def _load(self, pulling: dict[str, str]) -> Load | None:
        """Return what an end of the nerve is under: one part of the body that pulls is enough to pull it."""
        positions = {part: getattr(self, part) for part in pulling}
        if not any(positions.values()):
            return None
        return "pulled" if any(positions[part] == pulling[part] for part in pulling) else "slack"


def movement_problems(movement: Movement, phases: Sequence[Phase], place: Place) -> Iterator[Problem]:
    """Yield the problems of phases that load the nerve as the movement does not, or of the whole movement."""
    wrong = [p for number, phase in enumerate(phases) for p in _phase(movement, phase, (*place, "phases", number))]
    yield from wrong or _whole(movement, phases, place)


def _phase(movement: Movement, phase: Phase, place: Place) -> Iterator[Problem]:
    """Yield the problem of a phase, its cause only."""
    both = phase.loads()
    end = phase.contradiction()
    if end is not None:
        what = f'{end} is "{getattr(phase, end)}", and the positions of this phase say otherwise'
        yield Problem((*place, end), what, f"leave `{end}` out")
    elif phase.toes and phase.head and phase.toes != phase.head and movement != "tensioner":
        ends = "at both ends" if both == _BOTH else "at neither end"
        yield Problem(
            (*place, "head"),
            f"toes {phase.toes} with head {phase.head} pulls the nerve {ends}, which a slider never does",
            f'write head = "{phase.toes}", or movement = "tensioner" if that is meant',
        )
    elif both == _BOTH and movement != "tensioner":
        what = f"this phase pulls the nerve at both ends, which no {movement} does"
        yield Problem(place, what, 'let one end go, or write movement = "tensioner" if that is meant')
    elif None in both and movement in ("slider", "tensioner"):
        what = f"this phase does not say what both ends of the nerve are under, as a {movement} has to"
        yield Problem(place, what, "write `distal` and `proximal`, or another `movement`")
    elif both == _NEITHER and movement == "slider":
        yield Problem(place, "this phase pulls the nerve at neither end, which a slider never does", "let one end pull")


def _whole(movement: Movement, phases: Sequence[Phase], place: Place) -> Iterator[Problem]:
    pulled = [phase.loads() for phase in phases]
    if movement == "slider" and len(set(pulled)) < 2:
        what = "every phase pulls the nerve at the same end, and a slider goes to and fro"
        yield Problem((*place, "phases"), what, "add a phase that pulls at the other end")
    if movement == "tensioner" and _BOTH not in pulled:
        what = "no phase pulls the nerve at both ends, so this is no tensioner"
        yield Problem((*place, "movement"), what, 'write movement = "slider"')
