"""How long the loop that hears "stop" takes for a block, at most, while nothing that it says has been rendered."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from voicecoach.bench.step_child import StepRequest
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.choosing import RecogniserChoice
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.speaking.choosing import NATURAL, voices_here
from voicecoach.worker import Worker, WorkerError

_CHILD = "voicecoach.bench.step_child"
_LIMIT_SECONDS = 300.0
"""For starting, and for ending, which takes as long as what is being rendered."""


def longest_steps(
    words: Words, recogniser: RecogniserChoice, seconds: float, show_progress: Callable[[float], object]
) -> dict[str, float]:
    """Return the longest step of a session's loop for each kind of voice here, each beginning with no prompt.

    Raises VoicecoachError where a session breaks off.
    """
    steps = {}
    for voice in (name for name in (DEFAULT_VOICE, NATURAL) if name in voices_here(words)):
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as home, closing(Worker(_CHILD)) as worker:
            request = StepRequest(words.language, voice, recogniser, seconds, Path(home))
            try:
                longest = worker.answer(request, seconds + _LIMIT_SECONDS)
            except WorkerError as error:
                raise VoicecoachError(f"The session with the voice {voice} broke off: {error}") from None
        steps[voice] = round(longest, 4)
        show_progress(seconds)
    return steps
