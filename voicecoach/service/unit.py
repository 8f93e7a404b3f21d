"""The unit file, rendered for one machine; what it says stands in the template beside this file."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

import voicecoach

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
    """What a way to ask for a session needs beside the sound: a group, devices, a variable of the environment."""

    group: str
    devices: str
    environment: str = ""


BUTTON = Access("gpio", "char-gpiochip rw", "GPIOZERO_PIN_FACTORY=lgpio")
KEY = Access("input", "char-input r")


def render_unit(machine: Machine, arguments: Sequence[str], needed: Sequence[Access] = ()) -> str:
    """Return the unit that runs `voicecoach service run` with these arguments, which need access to so much."""
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
        environment="\n".join(f"Environment={access.environment}" for access in needed if access.environment),
        homes=_homes(machine.folders),
    )


def quoted(argument: str) -> str:
    """Return a word as a unit needs it: whole, and nothing in it taken for a specifier."""
    whole = argument.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{whole.replace("%", "%%")}"'


def hidden_by_homes(path: Path) -> bool:
    """Whether a path lies where the service sees only what it needs."""
    return any(path.is_relative_to(home) for home in _HOMES)


def _homes(folders: Sequence[Path]) -> str:
    """Hide people's homes; what of the program lies in one is shown, even where its owner lets nobody in."""
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
