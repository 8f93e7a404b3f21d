"""What systemd is told, over a real socket."""

import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.service.systemd import Heartbeat, LossWatch, Systemd
from voicecoach.sound.room import Room, RoomSettings

from .conftest import Somebody

SOUND = np.zeros(BLOCK_SAMPLES, np.float32)


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


def told(listening: socket.socket) -> list[str]:
    messages = []
    while True:
        try:
            messages.append(listening.recv(4096).decode())
        except BlockingIOError:
            return messages


def test_systemd_is_told_that_the_service_is_ready_and_what_it_does(listening: socket.socket) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": str(listening.getsockname())})
    systemd.ready("waits")
    systemd.doing("holds a session")
    systemd.ending()
    assert told(listening) == ["READY=1\nSTATUS=waits", "STATUS=holds a session", "STOPPING=1"]


def test_an_abstract_socket_is_reached_too() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0voicecoach-test-of-notifying")
        listening.setblocking(False)
        Systemd({"NOTIFY_SOCKET": "@voicecoach-test-of-notifying"}).alive()
        assert told(listening) == ["WATCHDOG=1"]


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nowhere/notify"}])
def test_without_systemd_nothing_happens(environment: dict[str, str]) -> None:
    Systemd(environment).ready("waits")


def test_signs_of_life_come_four_times_in_the_watchdogs_time_of_sound_that_is_heard(listening: socket.socket) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": str(listening.getsockname()), "WATCHDOG_USEC": "2000000"})
    room = Room(Somebody(), RoomSettings(), seed=0)
    heartbeat = Heartbeat(systemd, room)
    for at in range(0, 2 * 16_000, BLOCK_SAMPLES):
        heartbeat.listened(at, SOUND)
    assert told(listening) == ["WATCHDOG=1"] * 4
    room.lost = True
    for at in range(0, 20 * 16_000, BLOCK_SAMPLES):
        heartbeat.listened(at, SOUND)
    assert told(listening) == []


def test_without_a_watchdog_there_are_no_signs_of_life(listening: socket.socket) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": str(listening.getsockname())})
    heartbeat = Heartbeat(systemd, Room(Somebody(), RoomSettings(), seed=0))
    heartbeat.listened(0, SOUND)
    assert told(listening) == []


def test_while_the_sound_is_lost_systemd_shows_that_and_then_what_was_done_before(listening: socket.socket) -> None:
    systemd = Systemd({"NOTIFY_SOCKET": str(listening.getsockname())})
    room = Room(Somebody(), RoomSettings(), seed=0)
    watch = LossWatch(systemd, room, list[str]().append)
    systemd.doing("holds a session")
    for lost in (False, True, True, False):
        room.lost = lost
        watch.listened(0, SOUND)
    away = "STATUS=Waits for the sound, which was lost."
    assert told(listening) == ["STATUS=holds a session", away, "STATUS=holds a session"]
