"""A room on a private PulseAudio daemon: one null sink, whose left channel is the loudspeaker and right the person.

Both channels have one clock, so `room.monitor` records what the coach said and what the person said to the sample. The
microphone is a source that hears the two channels together. Nothing here touches the user's own daemon.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from voicecoach.samples import SAMPLES_PER_SECOND

PROGRAMS = ("pulseaudio", "pactl", "pacat")
_LIMIT_SECONDS = 10
_ALSA = """
pcm.pulse { type pulse hint { show on description "Room" } }
ctl.pulse { type pulse }
pcm.!default { type pulse hint { show on description "Default" } }
ctl.!default { type pulse }
"""


class RoomError(Exception):
    """The sound daemon did not do what it was asked to."""


def missing_programs() -> list[str]:
    """Return which of the sound daemon's programs are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Room:
    """The sound daemon, what is plugged into it, and the means of pulling that out. Close it when done."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="voicecoach-room-"))
        for name in ("pulse", "config/pulse"):
            (self.folder / name).mkdir(parents=True, mode=0o700)
        (self.folder / "asound.conf").write_text(_ALSA, encoding="utf-8")
        self._socket = self.folder / "pulse" / "native"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")} | {
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_RUNTIME_PATH": str(self.folder / "pulse"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "ALSA_CONFIG_PATH": str(self.folder / "asound.conf"),
        }
        self._microphone = ""
        self._daemon: subprocess.Popen[bytes] | None = None
        try:
            self.start_daemon()
        except BaseException:
            self.close()
            raise

    def start_daemon(self) -> None:
        """Start the sound daemon with a loudspeaker, a microphone and a person's place."""
        self._socket.unlink(missing_ok=True)
        with (self.folder / "daemon.log").open("ab") as log:
            self._daemon = subprocess.Popen(
                [
                    "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no",
                    "--high-priority=no", f"--load=module-native-protocol-unix auth-anonymous=1 socket={self._socket}",
                ],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self._wait_for_socket()
        rate = f"rate={SAMPLES_PER_SECOND} format=s16le"
        self.control(
            "load-module", "module-null-sink", "sink_name=room", rate, "channels=2 channel_map=front-left,front-right"
        )
        for sink, channel in (("speaker", "front-left"), ("person", "front-right")):
            self.control(
                "load-module", "module-remap-sink", f"sink_name={sink}", "master=room channels=1 channel_map=mono",
                f"master_channel_map={channel} remix=no",
            )  # fmt: skip
        self.control("set-default-sink", "speaker")
        self.plug_microphone()

    def _wait_for_socket(self) -> None:
        waiting = threading.Event()
        for _ in range(_LIMIT_SECONDS * 20):
            if self._socket.exists() and self._control("info").returncode == 0:
                return
            waiting.wait(0.05)
        raise RoomError(f"PulseAudio does not start; its log is {self.folder / 'daemon.log'}.")

    def plug_microphone(self) -> None:
        """Add the microphone, and make it the default one."""
        self._microphone = self.control(
            "load-module", "module-remap-source", "source_name=microphone", "master=room.monitor",
            "channels=1 channel_map=mono remix=yes",
        )  # fmt: skip
        self.control("set-default-source", "microphone")

    def unplug_microphone(self) -> None:
        """Take the microphone away; what listened to it is moved to another source, a loudspeaker's monitor."""
        self.control("unload-module", self._microphone)

    def suspend_microphone(self, *, suspended: bool) -> None:
        """Suspend the microphone, or let it go on."""
        self.control("suspend-source", "microphone", "1" if suspended else "0")

    def freeze_daemon(self, *, frozen: bool) -> None:
        """Stop the sound daemon's process, or let it go on."""
        self._running.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def kill_daemon(self) -> None:
        """End the sound daemon at once."""
        self._running.kill()
        self._running.wait()

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self._daemon is None:
            raise RoomError("PulseAudio does not run.")
        return self._daemon

    def control(self, *arguments: str) -> str:
        """Send the sound daemon a command; return its answer. Raises RoomError where it fails."""
        done = self._control(*arguments)
        if done.returncode != 0:
            raise RoomError(f"pactl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _control(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        words = [word for argument in arguments for word in argument.split()]
        return subprocess.run(
            ["pactl", *words], env=self.environment, capture_output=True, text=True, timeout=_LIMIT_SECONDS, check=False
        )

    def close(self) -> None:
        """End the sound daemon and remove its files."""
        if self._daemon is not None and self._daemon.poll() is None:
            self._daemon.send_signal(signal.SIGCONT)
            self._daemon.terminate()
            try:
                self._daemon.wait(_LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill_daemon()
        shutil.rmtree(self.folder, ignore_errors=True)
