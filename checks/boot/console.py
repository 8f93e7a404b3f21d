"""The serial console of the board: a root shell that is typed at, and what it prints until a mark."""

import re
import select
import socket
import time
from pathlib import Path

from voicecoach.errors import VoicecoachError

_PROMPT = re.compile(rb"root@\S+:~# ")
_TOLD_WHERE_IT_STUCK = 2000


class Console:
    """A connection to the serial console; all that comes from it goes into the log too."""

    def __init__(self, connection: socket.socket, log: Path) -> None:
        self._connection = connection
        self._log = log
        self._typed = 0
        self._rest = b""

    def wait_for_shell(self, limit_seconds: float) -> None:
        """Wait for the shell of a booting board. Raises VoicecoachError where none comes in the (real) time."""
        self._until(_PROMPT, limit_seconds)
        self.run("stty -echo; set +m; bind 'set enable-bracketed-paste off'; PS1= PS2=", 60)
        self.run("export TERM=dumb PAGER=cat SYSTEMD_COLORS=0", 60)

    def run(self, command: str, limit_seconds: float) -> tuple[int, str]:
        """Run a command in the board's shell; return its exit code and what it printed.

        Raises VoicecoachError where it does not end in the (real) time.
        """
        self._typed += 1
        mark = f"end-{self._typed}"
        self.type(f"{{ {command}\n}} 2>&1; echo \"{mark[:3]}\"'{mark[3:]}' $?")
        printed, code = self._until(re.compile(rf"(.*?){mark} (\d+)\r?\n".encode(), re.DOTALL), limit_seconds).groups()
        return int(code), printed.decode(errors="replace").replace("\r", "").strip()

    def type(self, line: str) -> None:
        """Type a line, and Enter, at the console."""
        self._connection.sendall(f"{line}\n".encode())

    def _until(self, pattern: re.Pattern[bytes], limit_seconds: float) -> re.Match[bytes]:
        by = time.monotonic() + limit_seconds
        while not (found := pattern.search(self._rest)):
            ready, _, _ = select.select([self._connection], [], [], max(by - time.monotonic(), 0.0))
            got = self._connection.recv(65536) if ready else b""
            if not got:
                last = self._rest.decode(errors="replace")[-_TOLD_WHERE_IT_STUCK:]
                raise VoicecoachError(f"The machine did not print {pattern.pattern!r} in time; it last printed: {last}")
            with self._log.open("ab") as log:
                log.write(got)
            self._rest += got
        self._rest = self._rest[found.end() :]
        return found
