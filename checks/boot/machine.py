"""The emulated arm64 board: started, typed at over its serial console, its keyboard and plugs handled over QMP."""

import json
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from checks.arm64.debian import PROCESSOR
from checks.boot.console import Console
from voicecoach.errors import VoicecoachError

MEGABYTES = 1024
SHIFT = 0
"""Each instruction takes 2**SHIFT nanoseconds of the machine's own time."""
_BOOT_LIMIT_SECONDS = 1200.0


class Machine:
    """The emulated board, off until `with` switches it on. Nothing of what it writes stays in its image."""

    def __init__(self, folder: Path, image: Path, kernel: Path, initrd: Path) -> None:
        self._sockets = {name: folder / f"{name}.socket" for name in ("serial", "qmp")}
        self._log = folder / "serial.log"
        self.loudspeaker = folder / "loudspeaker.wav"
        """What its last USB loudspeaker has played."""
        serial, qmp = (f"unix:{place},server=on,wait=off" for place in self._sockets.values())
        self._command = [
            "nice", "-n", "10", "qemu-system-aarch64", "-nodefaults", "-display", "none",
            "-M", "virt", "-cpu", PROCESSOR, "-smp", "1", "-m", str(MEGABYTES),
            "-icount", f"shift={SHIFT}", "-rtc", "clock=vm",
            "-kernel", str(kernel), "-initrd", str(initrd),
            "-append", "console=ttyAMA0 root=/dev/vda rw quiet loglevel=0 net.ifnames=0",
            "-drive", f"file={image},format=raw,if=virtio,snapshot=on",
            "-device", "qemu-xhci,id=usb", "-device", "usb-kbd,bus=usb.0,id=keyboard",
            "-audiodev", f"wav,id=sound,path={self.loudspeaker}",
            "-serial", serial, "-qmp", qmp,
        ]  # fmt: skip

    def __enter__(self) -> Self:
        """Switch the board on, and wait until its console takes commands."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
        self._serial, self._qmp = (self._connected(place) for place in self._sockets.values())
        self._console = Console(self._serial, self._log)
        self._answers = self._qmp.makefile("r")
        json.loads(self._answers.readline())
        self.ask("qmp_capabilities")
        self._console.wait_for_shell(_BOOT_LIMIT_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Pull the board's plug."""
        self._process.kill()
        self._process.wait()
        for each in (self._answers, self._qmp, self._serial):
            each.close()

    def run(self, command: str, limit_seconds: float = 600.0) -> tuple[int, str]:
        """Run a command in the board's shell; return its exit code and what it printed.

        Raises VoicecoachError where it does not end in the (real) time.
        """
        return self._console.run(command, limit_seconds)

    def reboot(self) -> None:
        """Restart the board, in order."""
        self._console.type("systemctl reboot")
        self._console.wait_for_shell(_BOOT_LIMIT_SECONDS)

    def press(self, key: str = "ret") -> None:
        """Press a key of the board's keyboard."""
        self.ask("send-key", keys=[{"type": "qcode", "data": key}])

    def plug_in(self, driver: str, name: str, **properties: str) -> None:
        """Plug a device into the board's USB."""
        self.ask("device_add", driver=driver, id=name, bus="usb.0", **properties)

    def unplug(self, name: str) -> None:
        """Pull a device out of the board's USB."""
        self.ask("device_del", id=name)

    def ask(self, execute: str, **arguments: Any) -> Any:
        """Send a QMP command and return its answer. Raises VoicecoachError where QEMU refuses it."""
        self._qmp.sendall(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = json.loads(self._answers.readline())
            if "error" in answer:
                raise VoicecoachError(f"QEMU refuses {execute} ({answer['error']['desc']}).")
            if "return" in answer:
                return answer["return"]

    def _connected(self, place: Path) -> socket.socket:
        while True:
            connection = socket.socket(socket.AF_UNIX)
            with suppress(OSError):
                connection.connect(str(place))
                return connection
            connection.close()
            if self._process.poll() is not None:
                raise VoicecoachError("QEMU did not start; what it said stands above.")
            time.sleep(0.1)
