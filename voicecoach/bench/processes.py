"""What a process and all that it has started take of the machine, as psutil counts it."""

from contextlib import suppress
from typing import NamedTuple

import psutil

_MEGABYTE = 1024 * 1024


class Taken(NamedTuple):
    """Of a whole family of processes: memory now, computing and writing so far."""

    pss_mb: float
    cpu_seconds: float
    written_bytes: int


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all its descendants that run now."""
    try:
        eldest = psutil.Process(pid)
        return [eldest, *eldest.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def taken(pid: int) -> Taken:
    """Return what a process and its descendants take; what one shares with others counts by its share (PSS)."""
    each = []
    for member in family(pid):
        with suppress(psutil.Error):
            each.append(_taken(member))
    return Taken(
        sum(one.pss_mb for one in each), sum(one.cpu_seconds for one in each), sum(one.written_bytes for one in each)
    )


def _taken(process: psutil.Process) -> Taken:
    """Return what one process takes, its reaped children's computing included."""
    times = process.cpu_times()
    cpu = times.user + times.system + times.children_user + times.children_system
    return Taken(process.memory_full_info().pss / _MEGABYTE, cpu, process.io_counters().write_bytes)
