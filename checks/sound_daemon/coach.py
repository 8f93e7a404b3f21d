"""`voicecoach run` as a process of its own in the room, and what it prints, with the time of each line."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from checks.sound_daemon.room import Room

PROGRAMME = Path(__file__).parent / "short.toml"


class Line(NamedTuple):
    """A line that the coach printed, with its time."""

    at_seconds: float
    text: str


class TooLate(Exception):  # noqa: N818
    """A line or an end that was waited for has not come."""


class Coach:
    """A live session as a process of its own."""

    def __init__(self, room: Room, read: Callable[[str], object]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voicecoach", "run", str(PROGRAMME), "--region", "GB"],
            env=room.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines: list[Line] = []
        self._changed = threading.Condition()
        self._read = read
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        assert self._process.stdout is not None
        for text in self._process.stdout:
            self._read(text.rstrip())
            with self._changed:
                self.lines.append(Line(time.monotonic(), text.rstrip()))
                self._changed.notify_all()

    def wait_for(self, part: str, limit_seconds: float, after: int = 0) -> int:
        """Return the number of the first line, from line `after` on, that contains `part`. Raises TooLate."""
        found: list[int] = []

        def look() -> bool:
            found[:] = [n for n, line in enumerate(self.lines) if n >= after and part in line.text][:1]
            return bool(found)

        with self._changed:
            if not self._changed.wait_for(look, limit_seconds):
                raise TooLate(f"{part!r} was not printed within {limit_seconds} s")
        return found[0]

    def wait_ended(self, limit_seconds: float) -> int:
        """Return the exit code of the coach. Raises TooLate."""
        try:
            return self._process.wait(limit_seconds)
        except subprocess.TimeoutExpired:
            raise TooLate(f"the program has not ended within {limit_seconds} s") from None

    def interrupt(self) -> None:
        """Press Ctrl-C in the coach's terminal."""
        self._process.send_signal(signal.SIGINT)

    def hold_up(self, seconds: float) -> None:
        """Keep the process from running for a while, so that the sound device runs dry."""
        self._process.send_signal(signal.SIGSTOP)
        threading.Event().wait(seconds)
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End the coach, if it has not ended."""
        self._process.send_signal(signal.SIGCONT)
        self._process.kill()
        self._process.wait()
