"""The child's side of a worker process; a child of one phrase imports it too, so it imports next to nothing."""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

NICENESS = 10
"""Of a child whose work is mostly not needed yet; a session that is being held goes first."""
READY = "ready"


class Failure(NamedTuple):
    """Why a worker process ends: a sentence for a person, or the words of an error."""

    reason: str
    is_sentence: bool


def serve(
    load: Callable[[], Callable[[Any], Any]], niceness: int = 0, sentences: tuple[type[Exception], ...] = ()
) -> None:
    """Load what answers requests, say so, and answer one after the other until standard input ends.

    Pickled requests come on standard input, pickled replies, none of them None, go to what was standard output; what
    is printed goes to standard error. An error ends the process, and is its last reply: the text of one of `sentences`
    as it is, another one with its type.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    replies = _private_output()
    try:
        answer = load()
        _send(replies, READY)
        while True:
            try:
                request = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            _send(replies, answer(request))
    except BrokenPipeError:
        return
    except sentences as error:
        _send(replies, Failure(str(error), is_sentence=True))
    except Exception as error:
        _send(replies, Failure(f"{type(error).__name__}: {error}".splitlines()[0], is_sentence=False))


def _private_output() -> BinaryIO:
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def _send(replies: BinaryIO, reply: object) -> None:
    pickle.dump(reply, replies, pickle.HIGHEST_PROTOCOL)
    replies.flush()
