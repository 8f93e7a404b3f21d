"""An arm64 Debian in a folder: making it, giving it this machine's network, running in it; its mounts end with it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from checks.arm64.emulation import EMULATED
from checks.arm64.registry import pip_settings
from voicecoach.errors import VoicecoachError

RELEASE = "bookworm"
CHECKOUT = "/srv/voicecoach"
PROCESSOR = "cortex-a72"
"""A Raspberry Pi 4's: an instruction that only newer processors have ends the program that uses it."""
CPUINFO = """\
processor\t: {}
BogoMIPS\t: 108.00
Features\t: fp asimd evtstrm crc32 cpuid
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x0
CPU part\t: 0xd08
CPU revision\t: 3

"""
"""What the kernel says there of each core. qemu-user shows this machine's, at which ONNX Runtime breaks off."""

_ALONE = (
    "setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"
)  # fmt: skip
"""With mounts and processes of its own, which end when it ends and when this program does."""
_ENTER = """
root=$1; shift
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
[ ! -e "$root/run/cpuinfo" ] || mount --bind "$root/run/cpuinfo" "$root/proc/cpuinfo"
exec chroot "$root" "$@"
"""
_BUNDLE = "etc/ssl/certs/ca-certificates.crt"


def is_there(root: Path) -> bool:
    """Return whether a finished Debian is in the folder.

    Raises:
        VoicecoachError: something else is.

    """
    if (root / "var/lib/dpkg/status").exists() and not (root / "debootstrap").exists():
        return True
    if root.exists() and any(root.iterdir()):
        raise VoicecoachError(f"{root} has no finished root file system in it; name an empty folder, or a new one.")
    return False


def making(root: Path) -> list[str]:
    """Return the command that makes a small arm64 Debian with Python, from the mirror that this machine's apt uses."""
    return debootstrap(root, RELEASE, "--arch=arm64", "--include=python3,ca-certificates")


def debootstrap(root: Path, release: str, *options: str) -> list[str]:
    """Return the command that makes a small Debian of a release, from the mirror that this machine's apt uses."""
    return [*_ALONE, "debootstrap", "--variant=minbase", *options, release, str(root), _mirror()]


def inside(root: Path, command: str, user: str = "root", checkout: str = CHECKOUT) -> list[str]:
    """Return the command that runs a shell's command in a checkout inside the Debian, as a user."""
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root" if user == "root" else f"/home/{user}",
        "USER": user,
        "LANG": "C.UTF-8",
        "QEMU_CPU": PROCESSOR,
    } | {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    given = [f"{name}={value}" for name, value in environment.items()]
    shell = ("sh", "-ec", f"cd {checkout}; {command}")
    become = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups")
    return [*_ALONE, "sh", "-ec", _ENTER, "enter", str(root), *become, "env", "-i", *given, *shell]


def hand_over(root: Path, project: Path, *, emulated: bool = EMULATED) -> None:
    """Put the last commit into the Debian in place of any older checkout, with this machine's network settings."""
    shutil.copy("/etc/hosts", root / "etc/hosts")
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    network = re.findall(r"^Acquire::(?:https?|Check-).*\n", _output("apt-config", "dump", "Acquire"), re.MULTILINE)
    (root / "etc/apt/apt.conf.d/99handed-over").write_text("".join(network))
    _hand_over_pip(root)
    if emulated:
        (root / "run/cpuinfo").write_text("".join(CPUINFO.format(core) for core in range(os.cpu_count() or 1)))
    checkout = root / CHECKOUT.lstrip("/")
    shutil.rmtree(checkout, ignore_errors=True)
    checkout.mkdir(parents=True)
    archive = subprocess.run(["git", "-C", project, "archive", "HEAD"], stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["tar", "-x", "-C", checkout], input=archive, check=True)


def _hand_over_pip(root: Path) -> None:
    settings = pip_settings()
    if Path("/", _BUNDLE).exists():
        shutil.copy(Path("/", _BUNDLE), root / _BUNDLE)
    if "cert" in settings:
        shutil.copy(settings["cert"], root / "etc/pip-cert.pem")
        settings["cert"] = "/etc/pip-cert.pem"
    lines = [f"{name} = {value}".replace("\n", "\n  ") for name, value in settings.items()]
    (root / "etc/pip.conf").write_text("\n".join(["[global]", *lines, ""]))


def _mirror() -> str:
    listed = _output(
        "apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages"
    )
    found = re.search(rf"^(\S+) {RELEASE} main$", listed, re.MULTILINE)
    if found is None:
        raise VoicecoachError(
            f"apt on this machine has no source of Debian {RELEASE}, from which to take the arm64 one; "
            "add one, or run this where Debian 12 is installed."
        )
    return found[1]


def _output(*command: str) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
