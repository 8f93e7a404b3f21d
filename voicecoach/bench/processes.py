"""Running the program as a process of its own: its sound through two pipes, and the memory and processor it takes."""

import fcntl
import os
import select
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.sound.room import Room

_MEGABYTE = 1024 * 1024


class Taken(NamedTuple):
    """The memory that a family of processes takes now, and its computing and writing so far."""

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
    """Return what a process and its descendants take; memory that is shared counts by its share (PSS)."""
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


_ALSA = """
pcm.nothing {{ type null }}
pcm.speaker {{ type file slave.pcm nothing file "{folder}/speaker" format raw }}
pcm.microphone {{ type file slave.pcm nothing file "/dev/null" infile "{folder}/microphone" format raw }}
pcm.room {{ type asym playback.pcm speaker capture.pcm microphone hint {{ show on description "room" }} }}
pcm.!default {{
  type plug
  slave {{ pcm room rate 16000 channels 1 format S16_LE }}
  hint {{ show on description "default" }}
}}
"""
BLOCK_BYTES = 2 * BLOCK_SAMPLES
SILENCE_AHEAD = 5
"""Blocks in the microphone's pipe at the start, or the file device would read less than it wants."""
_PIPE_BYTES = 4096


def open_pipes(folder: Path) -> list[int]:
    """Make the FIFOs of the loudspeaker and of the microphone in `folder`, and open them."""
    pipes = []
    for name in ("speaker", "microphone"):
        os.mkfifo(folder / name)
        pipe = os.open(folder / name, os.O_RDWR)
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        pipes.append(pipe)
    return pipes


def alsa_environment(folder: Path) -> dict[str, str]:
    """Return the environment variables that make the pipes in `folder` a program's default sound device."""
    file = folder / "asound.conf"
    file.write_text(_ALSA.format(folder=folder), encoding="utf-8")
    return {"ALSA_CONFIG_PATH": str(file)}


class PipedRoom:
    """A simulated room between the loudspeaker and the microphone of another program. Close it when done."""

    def __init__(self, folder: Path, room: Room) -> None:
        self._speaker, self._microphone = open_pipes(folder)
        self._room = room
        os.write(self._microphone, bytes(SILENCE_AHEAD * BLOCK_BYTES))

    def carry(self, limit_seconds: float) -> Samples | None:
        """Carry one block each way; return what the program played, shape (320,), or None: nothing in time."""
        data = b""
        while len(data) < BLOCK_BYTES:
            if not select.select([self._speaker], [], [], limit_seconds)[0]:
                return None
            data += os.read(self._speaker, BLOCK_BYTES - len(data))
        played = np.frombuffer(data, np.int16).astype(np.float32) / np.float32(32768)
        heard = self._room.exchange(played)
        if select.select([], [self._microphone], [], limit_seconds)[1]:
            os.write(self._microphone, (heard * 32767).astype(np.int16).tobytes())
        return played

    def close(self) -> None:
        """Close the pipes."""
        os.close(self._speaker)
        os.close(self._microphone)
