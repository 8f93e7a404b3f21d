"""Ctrl-C, a request to end and a closed terminal, handed to whatever can end the program in order."""

import signal
from collections.abc import Callable

_ENDS = ("SIGINT", "SIGTERM", "SIGQUIT", "SIGHUP")
INTERRUPTED = 130
"""The exit code of a command that was interrupted."""


def on_interrupt(interrupt: Callable[[], None]) -> None:
    """Call `interrupt` when the program is to end, or its terminal has been closed.

    Who has it go on when the terminal is closed (`nohup`) has it go on.
    """
    for name in _ENDS:
        number = getattr(signal, name, None)
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            signal.signal(number, lambda *_: interrupt())
