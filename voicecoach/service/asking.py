"""The ways to ask for a session without a word: a button, a key in a terminal, a signal."""

import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from voicecoach.errors import VoicecoachError

_BOUNCES_SECONDS = 0.05


def on_signal(ask: Callable[[], None]) -> None:
    """Call `ask` for the signal USR1: `systemctl kill --kill-whom main --signal USR1 voicecoach`."""
    signal.signal(signal.SIGUSR1, lambda *_: ask())


def on_key(ask: Callable[[], None]) -> None:
    """Call `ask` for every Enter, where the program runs in a terminal."""
    if not sys.stdin.isatty():
        return

    def follow() -> None:
        for _ in sys.stdin:
            ask()

    threading.Thread(target=follow, daemon=True).start()


def on_button(pin: int, ask: Callable[[], None]) -> Any:
    """Call `ask` when the button between this GPIO pin (Broadcom's number) and ground is pressed; close what returns.

    Raises VoicecoachError where there are no such pins, or what drives them is missing.
    """
    check_button_installed()
    from gpiozero import Button, GPIOZeroError

    try:
        button = Button(pin, bounce_time=_BOUNCES_SECONDS)
    except (GPIOZeroError, OSError, ImportError) as error:
        raise VoicecoachError(f"The button on GPIO {pin} can't be used ({error}); choose another --button.") from None
    button.when_pressed = ask
    return button


def check_button_installed() -> None:
    """Raise VoicecoachError where the extra for buttons is missing."""
    from importlib.util import find_spec

    if find_spec("gpiozero") is None:
        raise VoicecoachError("A button needs an extra: .venv/bin/pip install --editable '.[gpio]', then try again.")
