"""The service under systemd: its unit, what systemd is told by it, and how systemd says it is."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

import voicecoach
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import samples
from voicecoach.sound.interface import Sound
from voicecoach.watcher import Watcher

NAME = "voicecoach.service"
USER = "voicecoach"
HOME = "/var/lib/voicecoach"
SYSUSERS = f"""# Written by `voicecoach service install`.
u {USER} - "voicecoach, the exercise coach" {HOME}
"""
WATCHDOG_SECONDS = 120
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
_HAS_STEPS = 254
"""The version of systemd that learnt to wait longer and longer between restarts."""


@dataclass(frozen=True)
class Machine:
    """What the unit depends on: systemd's version, the Python that runs the program, and the folders that it needs."""

    systemd_version: int
    python: Path = Path(sys.executable)
    folders: tuple[Path, ...] = (Path(voicecoach.__file__).parents[1], Path(sys.prefix), Path(sys.base_prefix))


@dataclass(frozen=True)
class Access:
    """What a way to ask for a session needs besides the sound: a group and devices."""

    group: str
    devices: str


BUTTON = Access("gpio", "char-gpiochip rw")
KEY = Access("input", "char-input r")


def render_unit(machine: Machine, arguments: Sequence[str], needed: Sequence[Access] = ()) -> str:
    """Return the text of the unit that runs `voicecoach service run` with these arguments and this access."""
    template = Template(resources.files("voicecoach.service").joinpath(NAME).read_text(encoding="utf-8"))
    command = [str(machine.python), "-m", "voicecoach", "service", "run", *arguments]
    return template.substitute(
        version=voicecoach.__version__,
        documentation=f"file:{_escaped(str(machine.folders[0] / 'docs' / 'raspberry-pi.md'))}",
        command=" ".join(quoted(argument).replace("$", "$$") for argument in command),
        watchdog_seconds=WATCHDOG_SECONDS,
        back_off=_back_off(machine.systemd_version),
        groups=" ".join(["audio", *(access.group for access in needed)]),
        devices="\n".join(f"DeviceAllow={access.devices}" for access in needed),
        homes=_homes(machine.folders),
    )


def quoted(argument: str) -> str:
    """Return a word as a unit needs it: whole, in UTF-8 whatever it is, and nothing in it taken for a specifier."""
    whole = argument.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    whole = os.fsencode(whole).decode("utf-8", "backslashreplace")
    return f'"{whole.replace("%", "%%")}"'


def hidden_by_homes(path: Path) -> bool:
    """Whether a path lies in people's homes, where the service sees only what it needs."""
    return any(path.is_relative_to(home) for home in _HOMES)


def _homes(folders: Sequence[Path]) -> str:
    """Return the lines of the unit that hide people's homes but for the program, even if its owner lets nobody in."""
    each = dict.fromkeys(folder for folder in folders if hidden_by_homes(folder))
    needed = [folder for folder in each if not any(parent in each for parent in folder.parents)]
    if not needed:
        return "ProtectHome=yes"
    return "\n".join(["ProtectHome=tmpfs", *(f"BindReadOnlyPaths={quoted(str(folder))}" for folder in needed)])


def _back_off(systemd_version: int) -> str:
    if systemd_version < _HAS_STEPS:
        return "RestartSec=15"
    return "RestartSec=2\nRestartSteps=8\nRestartMaxDelaySec=300"


def _escaped(uri: str) -> str:
    return uri.replace("%", "%%").replace(" ", "%%20")


_SIGNS_OF_LIFE = 4
"""In the time after which the watchdog bites."""


_LISTENS_WITHIN_SECONDS = 0.2


class Systemd:
    """Sends systemd the datagrams of sd_notify(3); where no systemd listens, nothing happens."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._doing = ""
        self.watchdog_seconds = int(environment.get("WATCHDOG_USEC", "0")) / 1e6
        """How long it may hear nothing; 0: for ever."""

    def ready(self, doing: str) -> None:
        """Tell systemd that the service has started, and what it is doing."""
        self._doing = doing
        self._tell(f"READY=1\nSTATUS={doing}")

    def doing(self, what: str) -> None:
        """Tell systemd what the service is doing, as `systemctl status` shows it."""
        self._doing = what
        self._tell(f"STATUS={what}")

    def doing_meanwhile(self, what: str) -> None:
        """Tell systemd what the service is doing, and nothing of what it was doing before."""
        self._tell(f"STATUS={what}")

    def doing_again(self) -> None:
        """Tell systemd that the service is doing again what it did before."""
        self._tell(f"STATUS={self._doing}")

    def alive(self) -> None:
        """Tell systemd that the service lives, so that the watchdog's time begins anew."""
        self._tell("WATCHDOG=1")

    def ending(self) -> None:
        """Tell systemd that the service ends in order."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.settimeout(_LISTENS_WITHIN_SECONDS)
            out.sendto(state.encode(), self._address)


class Heartbeat(Watcher):
    """A watcher that tells systemd "alive" after so many samples really heard; a lost device gives none."""

    def __init__(self, systemd: Systemd, sound: Sound) -> None:
        self._systemd = systemd
        self._sound = sound
        self._every = samples(systemd.watchdog_seconds) // _SIGNS_OF_LIFE
        self._heard = 0

    def listened(self, at: int, block: Samples) -> None:
        """Count a block, shape (n,), unless it only stands for one that did not come."""
        del at
        if self._sound.lost or not self._every:
            return
        self._heard += block.size
        if self._heard >= self._every:
            self._heard = 0
            self._systemd.alive()


class LossWatch(Watcher):
    """A watcher that says, once each, that the sound is lost while the service runs, and that it is back."""

    def __init__(self, systemd: Systemd, sound: Sound, show_line: Callable[[str], object]) -> None:
        self._systemd = systemd
        self._sound = sound
        self._show_line = show_line
        self._lost = False

    def listened(self, at: int, block: Samples) -> None:
        """Look, at a block of shape (n,), whether the sound is there, and say so where that has changed."""
        del at, block
        if self._sound.lost == self._lost:
            return
        self._lost = self._sound.lost
        if self._lost:
            self._show_line("The microphone or the loudspeaker is away, or sends nothing; it is looked for.")
            self._systemd.doing_meanwhile("Waits for the sound, which was lost.")
        else:
            self._show_line("The sound is back.")
            self._systemd.doing_again()


_PROPERTIES = (
    "LoadState", "UnitFileState", "ActiveState", "MainPID", "StatusText", "NRestarts", "ActiveEnterTimestamp", "Result"
)  # fmt: skip


@dataclass(frozen=True)
class Status:
    """The state of the service as systemd knows it."""

    installed: bool
    active: str
    doing: str
    since: str
    restarts: int
    result: str
    starts_with_the_machine: bool

    @property
    def runs(self) -> bool:
        """Whether the service waits or holds a session now."""
        return self.active == "active"


def read_status() -> Status:
    """Ask systemd for the status of the service. Raises VoicecoachError where there is no systemd."""
    command = ["systemctl", "show", NAME, f"--property={','.join(_PROPERTIES)}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        done = None
    if done is None or done.returncode:
        raise VoicecoachError("systemd does not answer, so there is no service; try voicecoach service run.")
    return parse_status(done.stdout)


def parse_status(text: str) -> Status:
    """Return the status that `systemctl show` has printed; what a process said that has ended counts no more."""
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
