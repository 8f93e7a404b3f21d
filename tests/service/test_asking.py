"""Asking for a session without a word."""

import os
import pty
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.service.triggers import on_button, on_key, on_signal


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Pins as gpiozero itself simulates them."""
    gpiozero = pytest.importorskip("gpiozero")
    from gpiozero.pins.mock import MockFactory

    factory = MockFactory()
    monkeypatch.setattr(gpiozero.Device, "pin_factory", factory)
    yield factory
    factory.reset()


def test_a_pressed_button_asks_once(pins: object) -> None:
    asked = threading.Semaphore(0)
    button = on_button(17, asked.release)
    pin = pins.pin(17)  # type: ignore[attr-defined]
    pin.drive_low()
    assert asked.acquire(timeout=5)
    pin.drive_high()
    assert not asked.acquire(blocking=False)
    button.close()


def test_a_button_that_is_taken_is_refused_in_one_sentence(pins: object) -> None:
    del pins
    button = on_button(17, lambda: None)
    with pytest.raises(VoicecoachError, match=r"GPIO 17 can't be used .*choose another --button"):
        on_button(17, lambda: None)
    button.close()


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
