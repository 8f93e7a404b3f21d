"""The service on the machine as an administrator sees it there: what systemd and its log say, waited for by the machine's clock."""

import json
from typing import Any

from tests.boot.machine import Machine
from voicecoach.errors import VoicecoachError

COACH = "/srv/voicecoach/.venv/bin/voicecoach"
NAME = "voicecoach.service"


class Failed(VoicecoachError):
    """Something is not as it should be."""


class Board:
    """A machine, and the service on it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def must(self, command: str, limit_seconds: float = 600.0) -> str:
        """Return what a command prints. Raises Failed where it fails."""
        code, printed = self.machine.run(command, limit_seconds)
        if code:
            raise Failed(f"{command} failed with {code}: {printed}")
        return printed

    def until(self, condition: str, seconds: int, why: str) -> None:
        """Wait for a condition of the shell, so many seconds of the machine. Raises Failed where it never holds."""
        code, _ = self.machine.run(
            f"for i in $(seq {seconds * 2}); do if {condition}; then exit_=0; break; fi; exit_=1; sleep 0.5; done; "
            "(exit $exit_)",
            seconds * 20.0,
        )
        if code:
            log = self.machine.run(f"journalctl -b -u {NAME} -o cat -n 12")[1]
            raise Failed(f"{why} within {seconds} s; its log ends: {log}")

    def shown(self, name: str) -> str:
        """Return a property of the service."""
        return self.must(f"systemctl show {NAME} --value -p {name}")

    def ready(self, seconds: int = 120) -> None:
        """Wait until it waits for somebody."""
        self.until(f"systemctl show {NAME} -p ActiveState,StatusText | grep -c -e =active -e 'Waits for somebody' | grep -q 2",
            seconds, "The service is not ready")

    def lines(self, text: str) -> int:
        """Return how often its log has had a line with this since the machine started."""
        return int(self.machine.run(f"journalctl -b -u {NAME} -o cat | grep -c -F {text!r}")[1])

    def logged(self, text: str, times: int, seconds: int = 30) -> None:
        """Wait until its log has had a line with this so often."""
        self.until(
            f"[ $(journalctl -b -u {NAME} -o cat | grep -c -F {text!r}) -ge {times} ]",
            seconds, f"The log does not say {text!r} {times} times",
        )

    def status(self) -> dict[str, Any]:
        """Return what `service status --json` says."""
        found: dict[str, Any] = json.loads(self.machine.run(f"{COACH} service status --json")[1])
        return found
