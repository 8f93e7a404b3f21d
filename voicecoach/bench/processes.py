"""What a process and all that it has started take of the machine, as Linux counts it."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PARENT, _TIMES = 1, slice(11, 15)
"""Fields of /proc/PID/stat, counted from the one after the name: own and reaped children's user and system time."""


class Taken(NamedTuple):
    """Of a whole family of processes: memory now, computing and writing so far."""

    pss_mb: float
    cpu_seconds: float
    written_bytes: int


def family(pid: int) -> list[int]:
    """Return a process and all its descendants that run now."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(_fields(stat)[_PARENT])
    members = [pid]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def taken(pid: int) -> Taken:
    """Return what a process and its descendants take; what one shares with others counts by its share (PSS)."""
    each = []
    for member in family(pid):
        with suppress(OSError):
            each.append(_taken(Path("/proc") / str(member)))
    return Taken(
        sum(one.pss_mb for one in each), sum(one.cpu_seconds for one in each), sum(one.written_bytes for one in each)
    )


def _taken(process: Path) -> Taken:
    shares = dict(line.split()[:2] for line in (process / "smaps_rollup").read_text().splitlines()[1:])
    cpu = sum(map(int, _fields(process / "stat")[_TIMES])) / _TICKS
    written = dict(line.split(": ") for line in (process / "io").read_text().splitlines())
    return Taken(int(shares["Pss:"]) / 1024, cpu, int(written["write_bytes"]))


def _fields(stat: Path) -> list[str]:
    return stat.read_text().rpartition(")")[2].split()
