"""Installing and removing the service: its user, its unit, its folders. Done again, it changes nothing."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_file
from voicecoach.service.systemd import HOME, NAME, SYSUSERS, USER, Access, Machine, hidden_by_homes, render_unit
from voicecoach.small_files import reason, replace_whole

_READABLE, _ENTERABLE = 0o004, 0o001


@dataclass(frozen=True)
class System:
    """A system to install the service in: this one, or the image of one in another folder, where nothing is started."""

    root: Path = Path("/")

    @property
    def unit(self) -> Path:
        """The path of the service's unit file."""
        return self.root / "etc/systemd/system" / NAME

    @property
    def sysusers(self) -> Path:
        """The path of the file from which systemd makes the service's user."""
        return self.root / "etc/sysusers.d/voicecoach.conf"

    @property
    def state(self) -> Path:
        """The folder that the service may write."""
        return self.root / HOME.lstrip("/")

    @property
    def journal(self) -> Path:
        """The folder of the service's journal."""
        return self.state / "journal"

    @property
    def cache(self) -> Path:
        """The folder of the service's rendered prompts."""
        return self.root / "var/cache/voicecoach"

    @property
    def is_running(self) -> bool:
        """Whether services can be started in this system now."""
        return self.root == Path("/")


def check_system(system: System) -> None:
    """Raise VoicecoachError where this account or this machine can't have a service."""
    if system.is_running and not Path("/run/systemd/system").is_dir():
        raise VoicecoachError(
            "This machine was not started by systemd, so it can't have the service; run voicecoach service run instead."
        )
    if os.geteuid() != 0:
        raise VoicecoachError("Only root can change a system's services; put sudo before the command.")


def systemd_version() -> int:
    """Return the version of systemd. Raises VoicecoachError where there is none."""
    first = _run(["systemctl", "--version"]).split()
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0


def check_reachable(machine: Machine) -> None:
    """Raise VoicecoachError where another user could not run the program from where it lies."""
    for folder in machine.folders:
        way = [folder, *(() if hidden_by_homes(folder) else folder.parents)]
        if any(not _allows(place, _ENTERABLE) for place in way):
            raise VoicecoachError(
                f"The service's user could not look into {folder}; let others in (chmod o+rx), or move it to /opt."
            )
    for file in (machine.python.resolve(), Path(__file__), machine.folders[1] / "pyvenv.cfg"):
        if file.exists() and not _allows(file, _READABLE):
            raise VoicecoachError(f"The service's user could not read {file}; let others read it (chmod -R o+rX).")


def install(
    system: System,
    machine: Machine,
    arguments: Sequence[str],
    needed: Sequence[Access],
    show_line: Callable[[str], object],
) -> None:
    """Install the service, to begin now and whenever the machine starts; its arguments need access to so much.

    Raises VoicecoachError where something of it fails; what was done until then is done again the next time.
    """
    check_reachable(machine)
    if _user_home(system) not in (None, HOME):
        raise VoicecoachError(
            f"Somebody's account is called {USER}, which the service needs for itself; rename that account first."
        )
    changed = _write(system.sysusers, SYSUSERS)
    _run(["systemd-sysusers", f"--root={system.root}", NAME.replace(".service", ".conf")])
    changed |= _write(system.unit, render_unit(machine, arguments, needed))
    if system.is_running:
        _run(["systemctl", "daemon-reload"])
    _run(["systemctl", *_in(system), "enable", NAME])
    if system.is_running and (changed or not _is_active()):
        _run(["systemctl", "restart", "--no-block", NAME])
    elif not changed:
        show_line("The service is installed already; nothing had to be changed.")
        return
    show_line("The service is installed. It says that it is ready when it is; see voicecoach service status.")


def remove(system: System, show_line: Callable[[str], object]) -> None:
    """Remove the service, and all it has written but the journal.

    Raises VoicecoachError where something of it fails.
    """
    if system.unit.exists():
        _run(["systemctl", *_in(system), "disable", *(["--now"] if system.is_running else []), NAME])
    try:
        for file in (system.unit, system.sysusers):
            file.unlink(missing_ok=True)
        _remove_state(system)
    except OSError as error:
        raise VoicecoachError(f"{error.filename} can't be removed ({reason(error)}); remove it by hand.") from None
    if system.is_running:
        _run(["systemctl", "daemon-reload"])
        _run(["systemctl", "reset-failed", NAME], may_fail=True)
    if _user_home(system) == HOME:
        _run(["userdel", *([] if system.is_running else ["--prefix", str(system.root)]), USER])
    show_line("The service is removed.")
    if journal_file(system.journal).exists():
        show_line(
            f"Its journal is still in {system.journal}, for root alone: sudo voicecoach history --state "
            f"{system.journal} shows it, and sudo rm -r {system.state} removes it."
        )


def _remove_state(system: System) -> None:
    if system.cache.exists():
        shutil.rmtree(system.cache)
    if not system.state.exists():
        return
    for each in system.state.iterdir():
        if each == system.journal:
            continue
        shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
    for each in (system.state, *system.state.rglob("*")):
        os.chown(each, 0, 0, follow_symlinks=False)
    if not any(system.state.iterdir()):
        system.state.rmdir()


def _write(file: Path, text: str) -> bool:
    """Write a file for everybody to read; return whether that changed it."""
    try:
        if file.exists() and file.read_bytes() == text.encode():
            return False
        replace_whole(file, text.encode())
        file.chmod(0o644)
    except OSError as error:
        raise VoicecoachError(f"{file} can't be written ({reason(error)}); make its folder writable.") from None
    return True


def _allows(place: Path, others: int) -> bool:
    return bool(place.stat().st_mode & others)


def _in(system: System) -> list[str]:
    return [] if system.is_running else [f"--root={system.root}"]


def _is_active() -> bool:
    return _run(["systemctl", "is-active", NAME], may_fail=True).strip() in ("active", "activating")


def _user_home(system: System) -> str | None:
    """Return the home of the account with the service's name; None: there is no such account."""
    try:
        accounts = (system.root / "etc/passwd").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return next((line.split(":")[5] for line in accounts if line.startswith(f"{USER}:")), None)


def _run(command: Sequence[str], *, may_fail: bool = False) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise VoicecoachError(f"{command[0]} can't be run here ({reason(error)}); the service needs systemd.") from None
    if done.returncode and not may_fail:
        said = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise VoicecoachError(f"{' '.join(command)} failed ({said}); mend that, then do this again.")
    return done.stdout
