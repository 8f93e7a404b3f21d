"""The disk of the board: the Debian of the arm64 check with a kernel, systemd, sound and the project in it."""

import shutil
from pathlib import Path

import soundfile

from checks.arm64.debian import inside
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

PACKAGES = "systemd-sysv udev dbus alsa-utils kmod initramfs-tools linux-image-arm64"
REQUEST = "/root/request.wav"
_GUEST = Path(__file__).with_name("guest")
_GIGABYTES = 4
_FILES = {
    "usr/share/initramfs-tools/modules.d/machine": "virtio_blk\nvirtio_pci\next4\n",
    "etc/initramfs-tools/conf.d/machine": "MODULES=list\n",
    "etc/modules-load.d/sound.conf": "snd-aloop\n",
    "etc/modprobe.d/sound.conf": "options snd-aloop index=0 pcm_substreams=1\n",
    "etc/fstab": "/dev/vda / ext4 defaults 0 1\n",
    "etc/hostname": "board\n",
    "etc/default/locale": "LANG=en_GB.UTF-8\n",
    "etc/systemd/system/serial-getty@ttyAMA0.service.d/root.conf": (
        "[Service]\nExecStart=\nExecStart=-/sbin/agetty --autologin root --noclear %I linux\n"
    ),
}


def packing(root: Path) -> list[str]:
    """Return the command that installs what a board needs beyond a root file system."""
    for name, text in _FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    install = f"DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends {PACKAGES}"
    versions = "dpkg-query -W -f '${Package} ${Version}  ' linux-image-arm64 systemd alsa-utils"
    return inside(root, f"dpkg --configure -a; apt-get update -q; {install}; apt-get clean; {versions}")


def furnish(root: Path) -> None:
    """Put the room at the sound card's other side into the disk, and what somebody says in it."""
    unit = "etc/systemd/system/room.service"
    shutil.copy(_GUEST / "room.service", root / unit)
    wanted = root / "etc/systemd/system/multi-user.target.wants/room.service"
    wanted.parent.mkdir(parents=True, exist_ok=True)
    wanted.unlink(missing_ok=True)
    wanted.symlink_to(f"/{unit}")
    sound = Pyttsx3Voice("gmw/en-us+m3").render("start session")
    soundfile.write(root / REQUEST.lstrip("/"), sound, SAMPLES_PER_SECOND, subtype="PCM_16")


def making_image(root: Path, image: Path) -> list[str]:
    """Return the command that makes the image of a disk with all of the root file system in it."""
    return ["mkfs.ext4", "-q", "-F", "-d", str(root), str(image), f"{_GIGABYTES}G"]


def kernel(root: Path) -> tuple[Path, Path]:
    """Return the newest kernel in the root file system, and its initial file system."""
    newest = max((root / "boot").glob("vmlinuz-*"))
    return newest, newest.with_name(newest.name.replace("vmlinuz", "initrd.img"))
