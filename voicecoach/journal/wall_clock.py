"""When something was kept, so that the time since then is known though the wall clock was set meanwhile."""

import ctypes
import time
from dataclasses import dataclass
from pathlib import Path

_TIME_ERROR = 5
_TIMEX_BYTES = 256
"""At least the size of the kernel's `struct timex`, all zero: nothing is to be changed."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Moment:
    """A moment by the wall clock (UTC, since 1970) and, on a machine that knows it, since it was switched on."""

    wall_seconds: float
    uptime_seconds: float | None = None
    boot: str | None = None
    """Which switching on that was."""
    is_set: bool = True
    """Whether the wall clock was set by others since then: a board without a clock begins where it left off."""


def now() -> Moment:
    """Return this moment, by the wall clock and since the machine was switched on."""
    try:
        boot = _BOOT.read_text(encoding="ascii").strip()
        return Moment(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME), boot, _is_set())
    except (OSError, AttributeError):
        return Moment(time.time())


def _is_set() -> bool:
    """Whether the kernel's clock is synchronised: adjtimex(2) returns TIME_ERROR where it is not."""
    timex = ctypes.create_string_buffer(_TIMEX_BYTES)
    return ctypes.CDLL(None).adjtimex(timex) != _TIME_ERROR  # type: ignore[no-any-return]


def seconds_between(earlier: Moment, later: Moment) -> float | None:
    """Return the seconds between two moments; None where the clocks contradict each other or can't be trusted."""
    if earlier.uptime_seconds is not None and later.uptime_seconds is not None and earlier.boot == later.boot:
        return later.uptime_seconds - earlier.uptime_seconds
    if not later.is_set:
        return None
    passed = later.wall_seconds - earlier.wall_seconds
    return passed if passed >= 0 else None
