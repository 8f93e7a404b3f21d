"""How the service is, as systemd sees it."""

import subprocess
from dataclasses import dataclass

from voicecoach.errors import VoicecoachError
from voicecoach.service.unit import NAME

_PROPERTIES = (
    "LoadState", "UnitFileState", "ActiveState", "MainPID", "StatusText", "NRestarts", "ActiveEnterTimestamp", "Result"
)  # fmt: skip


@dataclass(frozen=True)
class Status:
    """What there is to know of it."""

    installed: bool
    active: str
    doing: str
    since: str
    restarts: int
    result: str
    starts_with_the_machine: bool

    @property
    def runs(self) -> bool:
        """Whether it waits or holds a session now."""
        return self.active == "active"


def read_status() -> Status:
    """Ask systemd. Raises VoicecoachError where there is none."""
    command = ["systemctl", "show", NAME, f"--property={','.join(_PROPERTIES)}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        done = None
    if done is None or done.returncode:
        raise VoicecoachError("systemd does not answer, so there is no service; try voicecoach service run.")
    return parse_status(done.stdout)


def parse_status(text: str) -> Status:
    """Return what `systemctl show` has printed; what a process said that has ended counts no more."""
    known = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return Status(
        installed=known.get("LoadState") == "loaded",
        active=known.get("ActiveState", ""),
        doing=known.get("StatusText", "") if int(known.get("MainPID") or 0) else "",
        since=known.get("ActiveEnterTimestamp", ""),
        restarts=int(known.get("NRestarts") or 0),
        result=known.get("Result", ""),
        starts_with_the_machine=known.get("UnitFileState") == "enabled",
    )
