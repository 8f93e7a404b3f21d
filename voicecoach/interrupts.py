"""Ctrl-C and a request to end, handed to whoever can end in order."""

import signal
from collections.abc import Callable

INTERRUPTED = 130
"""The exit code of a command that was interrupted."""


def on_interrupt(interrupt: Callable[[], None]) -> None:
    """Call `interrupt` when the program is to end."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupt())
