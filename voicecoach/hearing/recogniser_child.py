"""The program of the recogniser's own process: requests on standard input, replies on what was standard output."""

import os
import pickle
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.choosing import RecogniserChoice, open_recogniser
from voicecoach.hearing.contract import Recogniser


def main() -> None:
    """Load the recogniser, say so, and answer each (ticket, samples, phrases) with (ticket, verdict) until EOF.

    The first reply is True when all is well; a string at any time is the one sentence that ends this process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = _private_output()
    try:
        recogniser = open_recogniser(_choice(*sys.argv[1:]))
        _send(replies, True)
        _serve(recogniser, sys.stdin.buffer, replies)
    except VoicecoachError as error:
        _send(replies, str(error))
    except BrokenPipeError:
        return
    except Exception as error:
        _send(replies, f"The speech recogniser failed ({type(error).__name__}: {error}); start the program again.")


def _private_output() -> BinaryIO:
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def _choice(engine: str, language: str, folder: str | None = None) -> RecogniserChoice:
    return RecogniserChoice("vosk" if engine == "vosk" else "moonshine", language, Path(folder) if folder else None)


def _serve(recogniser: Recogniser, requests: BinaryIO, replies: BinaryIO) -> None:
    while True:
        try:
            ticket, samples, phrases = pickle.load(requests)
        except EOFError:
            return
        _send(replies, (ticket, recogniser.decide(samples, phrases)))


def _send(replies: BinaryIO, reply: object) -> None:
    pickle.dump(reply, replies)
    replies.flush()


if __name__ == "__main__":
    main()
