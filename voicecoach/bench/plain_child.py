"""The plain loop's own process: Vosk, pyttsx3 and the simulated room, so that the model's memory goes with it.

A `PlainRequest` on standard input; on what was standard output True for each case done, at last the `Outcome`, or a
string: the one sentence that says why there is none.
"""

import os
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from voicecoach.bench.plain_session import Outcome, PlainRequest, PlainSession
from voicecoach.speaking import pyttsx3_child

_RENDERINGS = 3


def _synthesis_seconds(voice: str, texts: tuple[str, ...]) -> dict[str, float]:
    """Return how long pyttsx3 computes on each text in a program that has it loaded already."""
    if sys.platform == "linux":
        pyttsx3_child._provide_espeak()
        pyttsx3_child._speak_within_the_call()
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("voice", voice)

    def once(text: str, file: str) -> float:
        began = time.perf_counter()
        engine.save_to_file(text, file)
        engine.runAndWait()
        return time.perf_counter() - began

    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        file = str(Path(folder) / "line.wav")
        return {text: statistics.median(once(text, file) for _ in range(_RENDERINGS)) for text in texts}


def _run(request: PlainRequest, on_case: Callable[[], object]) -> Outcome:
    import vosk

    vosk.SetLogLevel(-1)
    model = vosk.Model(str(request.model_folder))
    synthesis = _synthesis_seconds(request.language.coach_voice, request.language.lines)
    outcomes = [PlainSession(request, model, synthesis, echo_db).run(on_case) for echo_db in request.echoes_db]
    return Outcome(
        [case for outcome in outcomes for case in outcome.cases],
        [seconds for outcome in outcomes for seconds in outcome.stop_to_sentence_end_seconds],
        sum(outcome.acted_on_itself for outcome in outcomes),
    )


def main() -> None:
    """Answer the one request."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def send(reply: object) -> None:
        pickle.dump(reply, replies)
        replies.flush()

    try:
        send(_run(pickle.load(sys.stdin.buffer), lambda: send(True)))
    except Exception as error:
        send(f"The plain loop failed ({type(error).__name__}: {error}).")


if __name__ == "__main__":
    main()
