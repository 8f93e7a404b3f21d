"""`bench timing`: how quickly the coach replies and falls silent, how exact its holds are, and what it computes."""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec.structs as structs
import numpy as np
import soundfile

from voicecoach.bench.interruptions import Case, spread, write_cases
from voicecoach.bench.paced_sessions import (
    GAIN_DB,
    Held,
    Setting,
    cases_of,
    false_interruptions,
    hold_session,
    listening_costs,
)
from voicecoach.bench.step_child import StepRequest
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.vad import SETTLING_SECONDS
from voicecoach.phrases import phrases
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Exercise, Programme
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.rehearsal.recording import measure_holds
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.session_plan import SessionPlan
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import NATURAL, CoachPrompts, open_prompts, voices_here
from voicecoach.worker import Worker, WorkerError

VOICES = ("gmw/en-us+m3", "gmw/en+f2", "gmw/en-gb-x-rp+m7", "gmw/en-us+f4")
COMMANDS = (
    ("pause", "pause"), ("repeat", "repeat"), ("slower", "too fast"), ("how_many_left", "how many left"),
    ("quieter", "turn it down"), ("it_hurts", "it hurts"), ("help", "what can i say"), ("faster", "faster"),
    ("louder", "turn it up"), ("pause", "wait"), ("repeat", "say that again"), ("how_many_left", "how many more"),
    ("it_hurts", "that hurts"), ("skip", "skip this"), ("gone", "the pain is gone"),
)  # fmt: skip
"""What "help" names, and a few other ways to say it."""
LAST = ("pins_and_needles", "pins and needles"), ("worse", "it's getting worse"), ("numb", "my foot is asleep")
"""Each of them ends its session."""


@dataclass(frozen=True)
class Extent:
    """How much `bench timing` measures: each voice holds two sessions at each loudness of the echo.

    `repetitions` is how long the sets of these sessions are; the holds are measured in a whole session.
    """

    voices: tuple[str, ...] = VOICES
    stops: int = 15
    commands: int = len(COMMANDS)
    repetitions: int = 8
    minutes_alone: float = 10.0


def bench_timing(
    programme: Programme,
    words: Words,
    wav: Path | None,
    show_progress: Callable[[float], object],
    extent: Extent | None = None,
    canceller: str = "auto",
) -> dict[str, Any]:
    """Hold the sessions, and return the figures of their timing, ready for JSON; write the cases to `wav`.

    `plain_loop` is None: `scripts/plain-loop` measures what to compare with.

    Raises VoicecoachError where voice or recogniser fail or the cases can't be written.
    """
    extent = extent or Extent()
    began = time.perf_counter()
    with ExitStack() as stack:
        recogniser = stack.enter_context(closing(RecogniserProcess()))
        coach = stack.enter_context(closing(open_prompts(programme, words, DEFAULT_VOICE)))
        plan = SessionPlan(programme, words, canceller=canceller)
        setting = Setting(plan, coach, recogniser)
        sounds = _some_sounds(coach, known_ahead(programme, words), 60 * extent.minutes_alone)
        recogniser.wait_ready()
        voices = {name: stack.enter_context(closing(_voice(name))) for name in extent.voices}
        cases: list[Case] = []
        shorter = replace(setting, plan=replace(plan, programme=_shortened(programme, extent.repetitions)))
        for seed, (name, echo_db, commands) in enumerate(_sessions(extent)):
            held = hold_session(shorter, voices[name], commands, echo_db, seed, show_progress)
            cases += cases_of(held, name, echo_db)
        whole = hold_session(setting, voices[extent.voices[0]], (), 0.0, 0, show_progress)
        alone = {
            echo_db: false_interruptions(
                sounds,
                phrases(words, words.meanings),
                recogniser,
                canceller,
                echo_db,
                extent.minutes_alone,
                show_progress,
            )
            for echo_db in GAIN_DB
        }
        idle, callback = listening_costs(sounds, recogniser, canceller, 30.0)
    if wav is not None:
        write_cases(wav, cases)
    holds = _holds(whole)
    return {
        "recogniser": recogniser.name,
        "canceller": whole.canceller,
        "settling_seconds": SETTLING_SECONDS,
        "reply_seconds": _spread(cases, "reply"),
        "replies_missed": sum(case.kind == "reply" and case.seconds is None for case in cases),
        "stop_to_silence_seconds": _spread(cases, "stop"),
        "hold_error_samples": max((abs(hold - samples(3)) for hold in holds), default=None),
        "holds": len(holds),
        "false_interruptions": sum(alone.values()),
        "minutes_alone": {f"{echo_db:g}": extent.minutes_alone for echo_db in alone},
        "commands_obeyed": {f"{echo_db:g}": _share_obeyed(cases, echo_db) for echo_db in GAIN_DB},
        "commands_said": {f"{echo_db:g}": len(_commands(cases, echo_db)) for echo_db in GAIN_DB},
        "commands_missed": [
            {"words": case.words, "heard": case.heard, "voice": case.voice, "echo_db": case.echo_db}
            for echo_db in GAIN_DB
            for case in _commands(cases, echo_db)
            if not case.obeyed
        ],
        "idle_core_share": round(idle, 4),
        "session_core_share": round(whole.busy_seconds * SAMPLES_PER_SECOND / whole.coach.size, 4),
        "callback_block_share": round(callback, 4),
        "plain_loop": None,
        "wav": str(wav) if wav else None,
        "wall_seconds": round(time.perf_counter() - began, 1),
    }


def _some_sounds(coach: CoachPrompts, texts: Sequence[str], seconds: float) -> list[Samples]:
    """Return the first of these texts spoken, shape (n,) each, as many as last so long."""
    sounds: list[Samples] = []
    for text in texts:
        if sum(sound.size for sound in sounds) >= samples(seconds):
            break
        sounds.append(coach.samples(text))
    return sounds


def _shortened(programme: Programme, repetitions: int) -> Programme:
    steps = tuple(
        structs.replace(step, repetitions=repetitions) if isinstance(step, Exercise) else step
        for step in programme.steps
    )
    return structs.replace(programme, steps=steps)


def _voice(name: str) -> PromptCache:
    return PromptCache(Pyttsx3Voice(name, 150), cache_folder())


def _sessions(extent: Extent) -> Iterator[tuple[str, float, list[tuple[str, str]]]]:
    """Yield the voice, the echo and the commands of each session; the last command of each ends it."""
    for echo_db in GAIN_DB:
        for number, voice in enumerate(extent.voices):
            yield voice, echo_db, [("stop", "stop")] * extent.stops
            order = list(COMMANDS[: extent.commands])
            random.Random(number).shuffle(order)
            yield voice, echo_db, [*order, LAST[number % len(LAST)]]


def _holds(held: Held) -> list[int]:
    with TemporaryDirectory() as folder:
        wav = Path(folder) / "session.wav"
        soundfile.write(
            os.fsencode(wav), np.stack([held.coach, held.person], axis=1), SAMPLES_PER_SECOND, subtype="PCM_16"
        )
        return [samples(seconds) for seconds in measure_holds(wav)]


def _spread(cases: Sequence[Case], kind: str) -> dict[str, float | int | None]:
    return spread([case.seconds for case in cases if case.kind == kind and case.seconds is not None])


def _commands(cases: Sequence[Case], echo_db: float) -> list[Case]:
    return [case for case in cases if case.kind != "reply" and case.echo_db == echo_db]


def _share_obeyed(cases: Sequence[Case], echo_db: float) -> float | None:
    said = _commands(cases, echo_db)
    return round(sum(case.obeyed for case in said) / len(said), 4) if said else None


_CHILD = "voicecoach.bench.step_child"
_LIMIT_SECONDS = 300.0
"""For starting, and for ending, which takes as long as what is being rendered."""


def longest_steps(
    words: Words, recogniser: RecogniserChoice, seconds: float, show_progress: Callable[[float], object]
) -> dict[str, float]:
    """Return the longest step of a session's loop for each kind of voice here, each with an empty cache.

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
