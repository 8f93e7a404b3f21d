"""Keyboards and pedals: what the kernel tells of them begins a session, whenever they are plugged in."""

import os
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from voicecoach.service import triggers
from voicecoach.service.triggers import PluggedKeys, keyboards

KEYPAD, PEDAL, MOUSE = "SIGMACHIP USB Keypad", "PCsensor FootSwitch", "USB Mouse"
ENTER, LEFT_BUTTON = 28, 0x110
LIMIT_SECONDS = 60


class Machine:
    """Its input devices: folders as the kernel has them, and a pipe for each in the place of its node."""

    def __init__(self, root: Path) -> None:
        self.inputs, self.nodes = root / "input", root / "dev"
        self.nodes.mkdir(parents=True)

    def plug_in(self, node: str, name: str, keys: str) -> None:
        os.mkfifo(self.nodes / node)
        folder = self.inputs / node / "device"
        (folder / "capabilities").mkdir(parents=True)
        (folder / "name").write_text(f"{name}\n", encoding="utf-8")
        (folder / "capabilities/key").write_text(f"{keys}\n", encoding="ascii")

    @contextmanager
    def pressing(self, node: str) -> Iterator[int]:
        pipe = os.open(self.nodes / node, os.O_RDWR)
        yield pipe
        os.close(pipe)


def event(kind: int, code: int, value: int) -> bytes:
    return struct.pack("@llHHi", 1_700_000_000, 5, kind, code, value)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path)
    monkeypatch.setattr(triggers, "_INPUTS", machine.inputs)
    monkeypatch.setattr(triggers, "_NODES", machine.nodes)
    monkeypatch.setattr(triggers, "_LOOKS_AGAIN_SECONDS", 0.01)
    return machine


class Lines(list[str]):
    """Sentences, and that one more has come."""

    def __init__(self) -> None:
        self.come = threading.Semaphore(0)

    def append(self, line: str) -> None:
        super().append(line)
        self.come.release()

    def wait(self) -> None:
        assert self.come.acquire(timeout=LIMIT_SECONDS)


def test_a_press_asks_and_nothing_else_does(machine: Machine) -> None:
    machine.plug_in("event3", KEYPAD, "10000 7 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe")
    lines, asked = Lines(), threading.Semaphore(0)
    with machine.pressing("event3") as pipe, closing(PluggedKeys("usb keypad", asked.release, lines.append)):
        lines.wait()
        moved, released, repeated = event(2, 0, 5), event(1, ENTER, 0), event(1, ENTER, 2)
        os.write(pipe, moved + released + repeated + event(1, LEFT_BUTTON, 1) + event(0, 0, 0) + event(1, ENTER, 1))
        assert asked.acquire(timeout=LIMIT_SECONDS)
    assert not asked.acquire(blocking=False)
    assert lines == [f"The keys of {KEYPAD} begin a session."]


def test_a_pedal_that_is_unplugged_and_plugged_in_again_still_asks(machine: Machine) -> None:
    machine.plug_in("event0", MOUSE, "1f0000 0 0 0 0")
    missing = "No keyboard named 'footswitch' can be used, so it is looked for; there is none."
    taken = f"The keys of {PEDAL} begin a session."
    lines, asked = Lines(), threading.Semaphore(0)
    with closing(PluggedKeys("footswitch", asked.release, lines.append)):
        lines.wait()
        machine.plug_in("event1", PEDAL, "2000000")
        with machine.pressing("event1"):
            lines.wait()
            (machine.inputs / "event1/device/name").unlink()
        lines.wait()
        (machine.nodes / "event1").unlink()
        machine.plug_in("event2", PEDAL, "2000000")
        with machine.pressing("event2") as pipe:
            lines.wait()
            os.write(pipe, event(1, ENTER, 1))
            assert asked.acquire(timeout=LIMIT_SECONDS)
            assert lines == [missing, taken, missing, taken]  # once the pipe is closed it is unplugged again


def test_what_has_no_key_is_no_keyboard(machine: Machine) -> None:
    machine.plug_in("event0", MOUSE, "1f0000 0 0 0 0")
    machine.plug_in("event1", "Lid Switch", "0")
    machine.plug_in("event2", PEDAL, "2000000")
    machine.plug_in("event3", KEYPAD, "10000 7 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe")
    assert keyboards() == {"event2": PEDAL, "event3": KEYPAD}


def test_a_keyboard_that_may_not_be_read_is_said_once_and_named_with_what_helps(machine: Machine) -> None:
    machine.plug_in("event0", PEDAL, "2000000")
    (machine.nodes / "event0").unlink()
    lines = Lines()
    with closing(PluggedKeys("FootSwitch", lambda: None, lines.append)):
        lines.wait()
        lines.wait()
    assert len(lines) == 2
    assert lines[0].startswith(f"The keyboard {PEDAL} can't be read (No such file or directory)")
