"""A person at a real terminal, who sees what is on its screen and presses keys, and who owns the session's clock."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyte

from voicecoach.bench.processes import BLOCK_BYTES, SILENCE_AHEAD, alsa_environment, open_pipes
from voicecoach.keyboard.picture import SIZES, Blocks, large

DEADLINE_SECONDS = 120.0
BLOCKS_A_LOOK = 25
LOOK_SECONDS = 0.01
QUIET_SECONDS = 0.2


class Sitting:
    """A session in a terminal of its own. Its time goes on while `until` waits, and stands still else."""

    def __init__(self, folder: Path, programme: Path, surroundings: dict[str, str]) -> None:
        self._pipes = open_pipes(folder)
        self._random = np.random.default_rng(0)
        for _ in range(SILENCE_AHEAD):
            os.write(self._pipes[1], self._silence())
        self.terminal, self.program_side = pty.openpty()
        self.screen = pyte.Screen(80, 24)
        self.resize(80, 24)
        self.settings = termios.tcgetattr(self.program_side)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        self.errors = folder / "errors"
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.end_to_end.keyboard_session", str(programme)],
                stdin=self.program_side, stdout=self.program_side, stderr=errors, start_new_session=True,
                env=surroundings | alsa_environment(folder) | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip

    def _silence(self) -> bytes:
        """Return a quiet room's block; exact zeros would be a microphone that is switched off."""
        return self._random.integers(-2, 3, BLOCK_BYTES // 2).astype(np.int16).tobytes()

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def look(self, seconds: float = 0.0) -> bool:
        """Take in what has been drawn, waiting `seconds` for something; return whether something came."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        data = os.read(self.terminal, 1 << 16)
        self.output += data
        self._stream.feed(data)
        return True

    def pass_blocks(self, count: int) -> None:
        """Let this much of the session's time go by."""
        speaker, microphone = self._pipes
        for _ in range(count):
            data = b""
            while len(data) < BLOCK_BYTES:
                if not select.select([speaker], [], [], 0.05)[0]:
                    self.look()
                    if self.process.poll() is not None:
                        return
                    continue
                data += os.read(speaker, BLOCK_BYTES - len(data))
            if select.select([], [microphone], [], 1)[1]:
                os.write(microphone, self._silence())

    def until(self, seen: Callable[[], bool], *, standing_still: bool = False) -> None:
        """Let the session's time go by, or stand still, until something is to be seen on the screen."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            self.look(LOOK_SECONDS)
            if seen():
                return
            assert time.monotonic() < deadline, f"never seen; the screen shows\n{self.text}\n{self.errors.read_text()}"
            if not standing_still:
                self.pass_blocks(BLOCKS_A_LOOK)

    def settle(self) -> None:
        """Let the session's time stand still until the screen does too."""
        while self.look(QUIET_SECONDS):
            pass

    @property
    def rows(self) -> list[str]:
        return [row.rstrip() for row in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def shows(self, *texts: str) -> bool:
        """Return whether one of these texts can be read on the screen, in letters of any size."""
        ordinary = " ".join(" ".join(self.rows).split())
        return any(text in ordinary or self.shows_large(text) for text in texts)

    def shows_large(self, text: str) -> bool:
        """Return whether a text can be read on the screen in large letters."""
        rows = [large(text, self.screen.columns, size, Blocks()) for size in SIZES]
        return any("\n".join(letters) in self.text for letters in rows if letters)

    def press(self, key: str) -> None:
        """Press a key once the remark on the last one has gone, and wait until the screen names the new one."""
        self.until(lambda: not self.rows[-1])
        os.write(self.terminal, key.encode())
        self.until(lambda: bool(self.rows[-1]), standing_still=True)

    @property
    def terminal_is_as_before(self) -> bool:
        left = self.output.rfind(b"\x1b[?1049l") > self.output.rfind(b"\x1b[?1049h") > 0
        cursor_shown = self.output.rfind(b"\x1b[?25h") > self.output.rfind(b"\x1b[?25l")
        return left and cursor_shown and termios.tcgetattr(self.program_side) == self.settings

    def end(self) -> int:
        """Let the session's time go by until the program has ended; return its exit code."""
        self.until(lambda: self.process.poll() is not None)
        while self.look():
            pass
        return self.process.returncode

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for number in (self.terminal, self.program_side, *self._pipes):
            os.close(number)
