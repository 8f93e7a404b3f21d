"""Printing that stops nothing: what can't be printed while a session runs is given up, and the session goes on."""

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

_GONE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EPIPE, errno.EBADF)
"""Why an output takes no more: a full disk, a terminal that was closed, a reader that has gone."""


def settle_streams() -> None:
    """Give each standard stream somewhere to go, and a stand-in for characters that its encoding lacks.

    A stream that was closed would hand its number to the first file that is opened.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    sys.stdout = _settled(sys.stdout)
    sys.stderr = _settled(sys.stderr)


def _settled(stream: TextIO | None) -> TextIO:
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
    return stream


def show(line: str) -> None:
    """Print a line on standard output, or give it up."""
    _print(line, sys.stdout)


def show_aside(line: str) -> None:
    """Print a line on standard error, or give it up."""
    _print(line, sys.stderr)


def warn(sentence: str) -> None:
    """Print a sentence on standard error, or give it up."""
    _print(f"voicecoach: {sentence}", sys.stderr)


def _print(line: str, stream: TextIO) -> None:
    with suppress(ValueError):  # it is closed
        try:
            stream.write(f"{line}\n")
            stream.flush()
        except OSError:
            _give_up(stream)


def flush() -> None:
    """Write to the standard streams what is still to be written, or give it up."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError):  # it is closed
            try:
                stream.flush()
            except OSError:
                _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Send a stream nowhere, with what it still holds."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def takes_no_more(error: OSError) -> bool:
    """Whether an OSError is that of a standard stream that failed, and of no file with a name."""
    return error.errno in _GONE and error.filename is None
