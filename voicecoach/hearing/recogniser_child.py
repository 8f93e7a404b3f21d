"""The program of the recogniser's own process: loads the recogniser, and decides utterance after utterance.

`python -m voicecoach.hearing.recogniser_child ENGINE LANGUAGE [FOLDER]`.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_choice import RecogniserChoice, open_recogniser
from voicecoach.worker_child import serve

Request = tuple[int, Samples, Sequence[Phrase], bool]
"""A ticket, an utterance of shape (n,), what it may mean, and whether it is written out."""


def _loaded() -> Callable[[Request], tuple[int, Verdict]]:
    recogniser = open_recogniser(_choice(*sys.argv[1:]))

    def decide(request: Request) -> tuple[int, Verdict]:
        ticket, samples, phrases, writes = request
        return ticket, recogniser.decide(samples, phrases, writes=writes)

    return decide


def _choice(engine: str, language: str, folder: str | None = None) -> RecogniserChoice:
    return RecogniserChoice("vosk" if engine == "vosk" else "moonshine", language, Path(folder) if folder else None)


if __name__ == "__main__":
    serve(_loaded, sentences=(VoicecoachError,))
