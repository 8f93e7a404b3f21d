"""The sound that the service needs: waited for where it is away."""

import threading

import pytest

from voicecoach.service import assembly
from voicecoach.service.assembly import open_when_there
from voicecoach.service.systemd import Systemd
from voicecoach.sound.device_names import NoSound


class Socket:
    """A device that can be opened at the third attempt."""

    def __init__(self, why: list[str]) -> None:
        self._why = why

    def open(self) -> "Socket":
        if self._why:
            raise NoSound(self._why.pop(0))
        return self


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "_TRY_AGAIN_SECONDS", 0.0)


def test_a_device_that_is_away_is_waited_for_and_each_reason_said_once() -> None:
    socket = Socket(["No loudspeaker.", "No loudspeaker.", "No microphone."])
    lines: list[str] = []
    opened = open_when_there(socket.open, Systemd({}), lines.append, threading.Event())  # type: ignore[arg-type]
    assert isinstance(opened, Socket)
    assert lines == ["No loudspeaker. It is waited for.", "No microphone. It is waited for."]


def test_to_end_while_a_device_is_waited_for_ends() -> None:
    ended = threading.Event()

    def away() -> None:
        ended.set()
        raise NoSound("No loudspeaker.")

    assert open_when_there(away, Systemd({}), lambda _: None, ended) is None  # type: ignore[arg-type]
