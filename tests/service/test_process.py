"""The service as systemd runs it: a process of its own, on the real PortAudio, that reports to a real socket."""

import ctypes.util
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from voicecoach.bench.processes import PipedRoom, alsa_environment
from voicecoach.blocks import Samples
from voicecoach.journal.reader import read_journal
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.service.systemd import Machine, render_unit
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.taught import Situation, Taught, TaughtMeaning, keep_taught

from .conftest import Somebody, said

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None, reason="needs PortAudio (Debian: libportaudio2), which is not here"
)
PROGRAMME = Path(__file__).with_name("hello.toml")
PATIENCE_SECONDS = 60.0
WATCHDOG_SECONDS = 1.0
SIGN_OF_LIFE = "WATCHDOG=1"


class Served:
    """The service and the room that it is in. Its time goes on while `until` waits, as fast as it computes."""

    def __init__(self, folder: Path, environment: dict[str, str], *prefix: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(folder / "notify"))
        self._socket.setblocking(False)
        self.somebody = Somebody()
        self._room = PipedRoom(folder, Room(self.somebody, RoomSettings(), seed=0))
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "voicecoach", "service", "run", str(PROGRAMME)],
            env=environment
            | alsa_environment(folder)
            | {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": str(round(WATCHDOG_SECONDS * 1e6))},
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.now = 0
        self.speeches = 0
        self._silence = samples(1)

    def told(self) -> list[str]:
        """Return what systemd has been told since the last time."""
        messages = []
        while True:
            try:
                messages += self._socket.recv(4096).decode().splitlines()
            except BlockingIOError:
                return messages

    def told_next(self, limit_seconds: float) -> list[str]:
        """Return what systemd is told next, while no time goes by in the room; nothing where that is nothing."""
        select.select([self._socket], [], [], limit_seconds)
        return self.told()

    def until(self, seen: Callable[[list[str]], bool]) -> None:
        """Let time go by until all that has been told since shows something."""
        told: list[str] = []
        by = time.monotonic() + PATIENCE_SECONDS
        while True:
            told += self.told()
            if seen(told):
                return
            assert time.monotonic() < by, told
            played = self._room.carry(1.0)
            if played is None:
                assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
                continue
            self.now += BLOCK_SAMPLES
            self.speeches += bool(played.any() and self._silence >= samples(1))
            self._silence = 0 if played.any() else self._silence + BLOCK_SAMPLES

    def say(self, sound: Samples) -> None:
        """Say something half a second from now."""
        self.somebody.sayings = [(self.now + samples(0.5), sound)]

    def end(self) -> tuple[int, list[str]]:
        """Ask it to end, and return its exit code and what it told last."""
        self.process.send_signal(signal.SIGTERM)
        while self.process.poll() is None:
            self._room.carry(0.1)
        return self.process.returncode, self.told()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self._room.close()
        self._socket.close()


@pytest.fixture
def environment(tmp_path: Path, kept_cache: Path) -> dict[str, str]:
    folders = {"XDG_DATA_HOME": tmp_path / "state", "XDG_CONFIG_HOME": tmp_path / "state", "XDG_CACHE_HOME": kept_cache}
    return dict(os.environ) | {name: str(folder) for name, folder in folders.items()}


@pytest.fixture
def served(tmp_path: Path, environment: dict[str, str]) -> Iterator[Served]:
    with closing(Served(tmp_path, environment)) as served:
        yield served


def test_it_is_ready_when_it_has_said_so_and_gives_signs_of_life_only_while_it_hears(served: Served) -> None:
    served.until(lambda _: served.speeches == 1)
    assert "READY=1" not in served.told()
    served.until(lambda told: "READY=1" in told)
    began = served.now
    served.until(lambda _: served.now - began >= samples(2 * WATCHDOG_SECONDS))
    served.until(lambda told: SIGN_OF_LIFE in told)
    while "STATUS=Waits for the sound, which was lost." not in (told := served.told_next(PATIENCE_SECONDS)):
        assert told
    assert served.told_next(2 * WATCHDOG_SECONDS) == []


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or ctypes.util.find_library("seccomp") is None,
    reason="needs systemd-analyze and libseccomp (Debian: systemd), which are not here",
)
def test_a_session_is_asked_for_aloud_held_and_waited_after_within_the_limits_of_the_unit(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    unit = tmp_path / "unit"
    unit.write_text(render_unit(Machine(252), []), encoding="utf-8")
    request = said("start session")
    taught = Taught(
        Situation("default", "en", "moonshine-tiny-en"), date(2026, 1, 2), {"yes": TaughtMeaning(0.2, 0.85)}
    )
    keep_taught(tmp_path / "state" / "voicecoach" / "taught.json", (), taught)
    prefix = (sys.executable, "-m", "tests.service.confined", str(unit))
    with closing(Served(tmp_path, environment, *prefix)) as served:
        served.until(lambda told: "READY=1" in told)
        served.say(request)
        served.until(lambda told: "STATUS=Holds a session." in told)
        served.until(lambda told: "READY=1" in told and SIGN_OF_LIFE in told)
        code, told = served.end()
        logged = served.process.stderr.read() if served.process.stderr else ""
    assert code == 0
    assert "It counts what was taught on 2026-01-02" in logged
    assert "STOPPING=1" in told
    assert served.speeches >= 3
    with read_journal(tmp_path / "state" / "voicecoach" / "journal") as reader:
        assert [(session.programme, session.outcome) for session in reader.sessions()] == [("hello", "complete")]


def test_the_limits_of_the_unit_are_felt(tmp_path: Path) -> None:
    """Else the test above would show nothing."""
    if shutil.which("systemd-analyze") is None or ctypes.util.find_library("seccomp") is None:
        pytest.skip("needs systemd-analyze and libseccomp (Debian: systemd), which are not here")
    unit = tmp_path / "unit"
    unit.write_text(render_unit(Machine(252), []), encoding="utf-8")
    tries = (
        "import os, socket\n"
        "for attempt in (lambda: socket.socket(socket.AF_INET), lambda: os.chroot('/')):\n"
        "    try: print(attempt())\n"
        "    except OSError as error: print(error.strerror)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.service.confined", str(unit), sys.executable, "-c", tries],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["Address family not supported by protocol", "Operation not permitted"]
