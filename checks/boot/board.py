"""The service on the emulated board as its administrator sees it: what systemd, its log and the room say of it."""

import json
from typing import Any

from checks.arm64.debian import CHECKOUT
from checks.boot.machine import Machine
from voicecoach.errors import VoicecoachError

COACH = f"{CHECKOUT}/.venv/bin/voicecoach"
SERVICE = "voicecoach.service"
_LOG = f"journalctl -b -u {SERVICE} -o cat"
ROOM = "journalctl -b -u room -o cat"
_SLOWNESS = 20
"""How many real seconds one of the machine's is given when it is busy."""


class BoardError(VoicecoachError):
    """Something on the emulated board is not as it should be."""


class Board:
    """An emulated board that has booted, and the service on it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def must(self, command: str, limit_seconds: float = 600.0) -> str:
        """Return what a command on the board prints. Raises BoardError where it fails."""
        code, printed = self.machine.run(command, limit_seconds)
        if code:
            raise BoardError(f"{command} failed with {code}: {printed}")
        return printed

    def until(self, condition: str, seconds: int, missing: str) -> None:
        """Wait until a condition of the shell holds. Raises BoardError where it does not within so many seconds."""
        loop = f"for _ in $(seq {2 * seconds}); do if {condition}; then break; fi; sleep 0.5; done; {condition}"
        code, _ = self.machine.run(loop, seconds * _SLOWNESS)
        if code:
            raise BoardError(
                f"{missing}, for {seconds} s. The log ends:\n{self.machine.run(f'{_LOG} | tail -n 12')[1]}"
            )

    def shown(self, name: str) -> str:
        """Return a property of the service, as systemd shows it."""
        return self.must(f"systemctl show {SERVICE} --value -p {name}")

    def ready(self) -> None:
        """Wait until the service waits for somebody."""
        waits = f"systemctl show {SERVICE} -p StatusText | grep -q 'Waits for somebody'"
        self.until(f"systemctl is-active -q {SERVICE} && {waits}", 120, "It is not ready")

    def lines(self, text: str) -> int:
        """Return how many lines with this text the service has logged since the board started."""
        return int(self.machine.run(f"{_LOG} | grep -c -F '{text}'")[1])

    def logged(self, text: str, times: int) -> None:
        """Wait until the service has logged so many lines with this text."""
        self.until(f"[ $({_LOG} | grep -c -F '{text}') -ge {times} ]", 60, f"Its log does not say {text!r}")

    def speeches(self) -> int:
        """Return how often the room has heard the service begin to speak since the board started."""
        return int(self.machine.run(f"{ROOM} | grep -c ^begins")[1])

    def first_word_seconds(self) -> float:
        """Return how long after the start of the service's process the room heard something."""
        started = int(self.shown("ExecMainStartTimestampMonotonic")) / 1e6
        heard = self.must(f"{ROOM} | sed -n 's/^begins //p'").split()
        return min(float(each) for each in heard if float(each) > started) - started

    def memory(self) -> str:
        """Return what memory the service's processes take, and what the kernel counts as theirs, as a sentence."""
        processes = f"/sys/fs/cgroup/system.slice/{SERVICE}/cgroup.procs"
        sizes = self.must(f"for each in $(cat {processes}); do grep ^Pss: /proc/$each/smaps_rollup; done")
        kilobytes = sum(int(line.split()[1]) for line in sizes.splitlines())
        return f"{kilobytes / 1000:.0f} MB (its cgroup {int(self.shown('MemoryCurrent')) / 1e6:.0f} MB)"

    def uptime_seconds(self) -> float:
        """Return how long ago the board was started."""
        return float(self.must("cut -d ' ' -f 1 /proc/uptime"))

    def works_percent(self, seconds: int) -> float:
        """Return how much of the processor's time the service takes in so many seconds of the board."""
        taken, began = int(self.shown("CPUUsageNSec")), self.uptime_seconds()
        self.must(f"sleep {seconds}", seconds * _SLOWNESS)
        return (int(self.shown("CPUUsageNSec")) - taken) / 1e7 / (self.uptime_seconds() - began)

    def status(self) -> dict[str, Any]:
        """Return what `service status --json` says on the board."""
        found: dict[str, Any] = json.loads(self.machine.run(f"{COACH} service status --json")[1])
        return found
