"""Programs for arm64 on this machine: what has to be installed, and the kernel told to start them with qemu-user."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from voicecoach.errors import VoicecoachError

_RULE = Path("/usr/lib/binfmt.d/qemu-aarch64.conf")
_KERNEL = Path("/proc/sys/fs/binfmt_misc")
EMULATED = platform.machine() != "aarch64"


def install_missing(also: Mapping[str, str]) -> None:
    """Install the Debian packages that the check needs; `also` are further programs and what packages have them.

    Raises:
        VoicecoachError: they cannot be installed.

    """
    missing = [] if shutil.which("debootstrap") else ["debootstrap"]
    if EMULATED and not _RULE.exists():
        missing.append("qemu-user-static")
    missing += [package for program, package in also.items() if not shutil.which(program)]
    if not missing:
        return
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if not shutil.which("apt-get") or subprocess.run(install, env=quiet, stdout=2, check=False).returncode != 0:
        raise VoicecoachError(f"The check needs what Debian calls {' and '.join(missing)}; install that first.")


@contextmanager
def arm64_programs() -> Iterator[None]:
    """Have the kernel start arm64 programs meanwhile; what was not so before is undone afterwards."""
    with ExitStack() as undo:
        if EMULATED and not (_KERNEL / "register").exists():
            subprocess.run(["mount", "-t", "binfmt_misc", "binfmt_misc", _KERNEL], check=True)
            undo.callback(lambda: subprocess.run(["umount", _KERNEL], check=True))
        rule = _KERNEL / "qemu-aarch64"
        if EMULATED and not rule.exists():
            (_KERNEL / "register").write_text(_RULE.read_text())
            undo.callback(rule.write_text, "-1")
        yield
