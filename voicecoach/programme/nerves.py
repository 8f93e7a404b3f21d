"""Which end of a nerve a position pulls: what tells a slider (one end at a time) from a tensioner (both at once)."""

from voicecoach.programme.bounds import Load
from voicecoach.programme.steps import Phase

_DISTAL = {"toes": "up", "wrist": "back"}
_PROXIMAL = {"head": "down", "elbow": "straight"}


def loads(phase: Phase) -> tuple[Load | None, Load | None]:
    """Return what the far and the near end of the nerve are under; None where the phase does not say it."""
    return _load(phase, _DISTAL) or phase.distal, _load(phase, _PROXIMAL) or phase.proximal


def contradicts_itself(phase: Phase) -> str | None:
    """Return which end (`distal` or `proximal`) is stated otherwise than its parts of the body say."""
    for end, pulling, stated in (("distal", _DISTAL, phase.distal), ("proximal", _PROXIMAL, phase.proximal)):
        if stated is not None and _load(phase, pulling) not in (None, stated):
            return end
    return None


def _load(phase: Phase, pulling: dict[str, str]) -> Load | None:
    """One part that pulls is enough to pull that end."""
    positions = {part: getattr(phase, part) for part in pulling}
    if not any(positions.values()):
        return None
    return "pulled" if any(positions[part] == pulling[part] for part in pulling) else "slack"
