"""Asking for a session without a word."""

import os
import pty
import signal
import sys
import threading
from errno import EBUSY
from pathlib import Path
from queue import SimpleQueue
from typing import Self

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.service import triggers
from voicecoach.service.triggers import on_button, on_key, on_signal

gpiod = pytest.importorskip("gpiod", reason="gpiod is for Linux alone")


class Pins:
    """The kernel's requests for lines, which no machine of the tests has: what is asked for, and presses."""

    def __init__(self) -> None:
        self.presses: SimpleQueue[list[str]] = SimpleQueue()
        self.asked_for: list[tuple[str, list[int]]] = []
        self.let_go = False

    def request_lines(self, chip: str, consumer: str, config: dict[int, object]) -> Self:
        assert consumer
        if self.asked_for:
            raise OSError(EBUSY, os.strerror(EBUSY))
        self.asked_for.append((chip, list(config)))
        return self

    def read_edge_events(self) -> list[str]:
        return self.presses.get()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go = True
        self.presses.put([])


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> Pins:
    pins = Pins()
    monkeypatch.setattr(gpiod, "request_lines", pins.request_lines)
    monkeypatch.setattr(triggers, "_header_chip", lambda: "/dev/gpiochip4")
    return pins


def test_every_press_of_a_button_asks_once(pins: Pins) -> None:
    asked = threading.Semaphore(0)
    with on_button(17, asked.release):
        pins.presses.put(["pressed", "pressed, for it bounced"])
        assert asked.acquire(timeout=5)
        assert not asked.acquire(blocking=False)
        pins.presses.put(["pressed"])
        assert asked.acquire(timeout=5)
    assert pins.asked_for == [("/dev/gpiochip4", [17])]
    assert pins.let_go


@pytest.mark.usefixtures("pins")
def test_a_button_that_is_taken_is_refused_in_one_sentence() -> None:
    with (
        on_button(17, lambda: None),
        pytest.raises(VoicecoachError, match=r"GPIO 17 can't be used .*busy.*choose another --button"),
    ):
        on_button(17, lambda: None)


def test_a_button_is_refused_where_there_are_no_pins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(triggers, "_DEVICES", tmp_path)
    with pytest.raises(VoicecoachError, match=r"GPIO 17 can't be used \(this machine has no such pins\)"):
        on_button(17, lambda: None)


def test_enter_asks_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Semaphore(0)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        on_key(asked.release)
        os.write(ours, b"\n")
        assert asked.acquire(timeout=5)
        os.write(ours, b"\x04")


def test_a_signal_asks() -> None:
    asked = threading.Event()
    before = signal.getsignal(signal.SIGUSR1)
    on_signal(asked.set)
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, before)
    assert asked.is_set()
