"""When something was kept, so that the time since is known though the wall clock was set meanwhile."""

import time
from dataclasses import dataclass
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Moment:
    """A moment by the wall clock (UTC, since 1970) and, on a machine that knows it, since it was switched on."""

    wall_seconds: float
    uptime_seconds: float | None = None
    boot: str | None = None
    """Which switching on that was."""


def now() -> Moment:
    """Return this moment."""
    try:
        boot = _BOOT.read_text(encoding="ascii").strip()
        return Moment(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME), boot)
    except (OSError, AttributeError):
        return Moment(time.time())


def seconds_between(earlier: Moment, later: Moment) -> float | None:
    """Return how long it was; None where the clocks contradict each other."""
    if earlier.uptime_seconds is not None and later.uptime_seconds is not None and earlier.boot == later.boot:
        return later.uptime_seconds - earlier.uptime_seconds
    passed = later.wall_seconds - earlier.wall_seconds
    return passed if passed >= 0 else None
