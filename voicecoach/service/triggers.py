"""Triggers, the ways to ask for a session without a word: a button, a terminal's key, a keyboard, a signal."""

import os
import signal
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

from voicecoach.errors import VoicecoachError
from voicecoach.extras import installing
from voicecoach.small_files import reason

_BOUNCES_SECONDS = 0.05
_DEVICES = Path("/dev")


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


def on_button(pin: int, ask: Callable[[], None]) -> AbstractContextManager[object]:
    """Call `ask` for every press of the button between this GPIO pin (Broadcom's number) and ground.

    The kernel takes the bounces out, and the pin is let go with what is returned. Raises VoicecoachError where there
    are no such pins, or what drives them is missing.
    """
    check_button_installed()
    from gpiod import LineSettings, RequestReleasedError, request_lines
    from gpiod.line import Bias, Edge

    bounces = timedelta(seconds=_BOUNCES_SECONDS)
    pressed = LineSettings(edge_detection=Edge.RISING, bias=Bias.PULL_UP, active_low=True, debounce_period=bounces)
    try:
        lines = request_lines(_header_chip(), consumer="voicecoach", config={pin: pressed})
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise VoicecoachError(f"The button on GPIO {pin} can't be used ({why}); choose another --button.") from None

    def follow() -> None:
        with suppress(RequestReleasedError, OSError):
            while lines.read_edge_events():
                ask()

    threading.Thread(target=follow, daemon=True).start()
    return lines


def _header_chip() -> str:
    """Return the device of the pins on the header of a Raspberry Pi, which kernels number differently."""
    from gpiod import Chip

    for device in sorted(_DEVICES.glob("gpiochip*")):
        with Chip(str(device)) as chip:
            if chip.get_info().label.startswith("pinctrl-"):
                return str(device)
    raise OSError("this machine has no such pins")


def check_button_installed() -> None:
    """Raise VoicecoachError where the extra for buttons is missing."""
    from importlib.util import find_spec

    if find_spec("gpiod") is None:
        raise VoicecoachError(f"A button needs an extra: {installing('gpio')}, then try again.")


_INPUTS = Path("/sys/class/input")
_NODES = Path("/dev/input")
_EVENT = struct.Struct("@llHHi")
"""The kernel's `struct input_event`: seconds, microseconds, type, code, value (Documentation/input/input.rst)."""
_KEY_TYPE, _PRESSED = 1, 1
_FIRST_BUTTON = 0x100
"""Codes from here on are the buttons of mice, joysticks and tablets."""
_LOOKS_AGAIN_SECONDS = 5.0


class PluggedKeys:
    """Calls `ask` for every key pressed on a device with this in its name, once it is plugged in. Close it when done.

    What is missing, and what has come, is said once with `show_line`.
    """

    def __init__(self, name: str, ask: Callable[[], None], show_line: Callable[[str], object]) -> None:
        self._name = name
        self._ask = ask
        self._show_line = show_line
        self._selector = DefaultSelector()
        self._open: dict[str, int] = {}
        """By the name of its node."""
        self._said: set[str] = set()
        self._ended = os.eventfd(0)
        self._selector.register(self._ended, EVENT_READ)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let the keyboard go."""
        os.eventfd_write(self._ended, 1)
        self._thread.join()
        for node in list(self._open):
            self._let_go(node)
        self._selector.close()
        os.close(self._ended)

    def _follow(self) -> None:
        while True:
            self._look()
            for ready, _ in self._selector.select(_LOOKS_AGAIN_SECONDS):
                if ready.fd == self._ended:
                    return
                self._read(ready.data)

    def _look(self) -> None:
        inputs = keyboards()
        for node, name in inputs.items():
            if self._name.lower() in name.lower() and node not in self._open:
                self._take(node, name)
        if not self._open:
            there = ", ".join(sorted(set(inputs.values()))) or "none"
            self._say(f"No keyboard named {self._name!r} can be used, so it is looked for; there is {there}.")

    def _take(self, node: str, name: str) -> None:
        try:
            opened = os.open(_NODES / node, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            self._say(f"The keyboard {name} can't be read ({reason(error)}); the group input may do that.")
            return
        self._open[node] = opened
        self._selector.register(opened, EVENT_READ, node)
        self._say(f"The keys of {name} begin a session.")

    def _read(self, node: str) -> None:
        try:
            events = os.read(self._open[node], _EVENT.size * 64)
        except OSError:
            events = b""
        if not events:
            self._let_go(node)
        for *_, kind, code, value in _EVENT.iter_unpack(events[: len(events) // _EVENT.size * _EVENT.size]):
            if (kind, value) == (_KEY_TYPE, _PRESSED) and code < _FIRST_BUTTON:
                self._ask()

    def _let_go(self, node: str) -> None:
        self._said.clear()
        opened = self._open.pop(node)
        self._selector.unregister(opened)
        os.close(opened)

    def _say(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._show_line(line)


def keyboards() -> dict[str, str]:
    """Return the names of all input devices that have keys, by their nodes, such as event0."""
    found = {}
    for node in sorted(_INPUTS.glob("event*")):
        try:
            words = (node / "device/capabilities/key").read_text(encoding="ascii").split()
            name = (node / "device/name").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            continue
        if _has_keys(words):
            found[node.name] = name
    return found


def _has_keys(words: list[str]) -> bool:
    """Whether an input device has keys below the first button; the kernel writes its words of bits highest first."""
    bits = 8 * struct.calcsize("@l")
    lowest = list(reversed(words))[: _FIRST_BUTTON // bits]
    return any(int(word, 16) for word in lowest)
