"""A rehearsal from beginning to end, and its result as figures."""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import platformdirs
from tqdm import tqdm

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.interrupts import on_interrupt
from voicecoach.journal.sessions import Begun
from voicecoach.journal.transcript import Transcript
from voicecoach.meanings import YES_NO
from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import PersonVoice, RecordedVoice, SynthesisedVoice
from voicecoach.rehearsal.recording import Recording, measure_holds
from voicecoach.rehearsal.sample import Sample
from voicecoach.rehearsal.script import Script, completed, in_words, read_script
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.session.memory import Opening, Previous
from voicecoach.session_plan import SessionPlan, hold
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.watcher import Watcher


@dataclass(frozen=True)
class Rehearsal:
    """What to rehearse, with whom, and where to write."""

    plan: SessionPlan
    script: Script
    name: str
    output: Path
    person_voice: Path | None = None
    seed: int = 0
    sample_made: Callable[[Path], object] | None = None
    """Told of a short compressed sample, which is made beside the recording where somebody is to be told."""


def rehearse(
    rehearsal: Rehearsal,
    show_line: Callable[[str], object],
    show_progress: Callable[[float], object],
    on_start: Callable[[Callable[[], None]], object],
) -> dict[str, Any]:
    """Run a rehearsal and return the figures of its result, ready for JSON.

    `show_line` gets each line of the transcript, `show_progress` the seconds of each block; `on_start` is given what
    interrupts the session. Where it can't go on, nothing has been written, and the result says `error`.
    """
    began = time.perf_counter()
    plan, script = rehearsal.plan, rehearsal.script
    if script.previous and plan.opening.previous is None:
        plan = replace(plan, opening=msgspec.structs.replace(plan.opening, previous=Previous()))
    with plan.begin("rehearsal") as begun:
        session = begun.session
        try:
            recording: Recording | None = _record(rehearsal, plan, begun, show_line, show_progress, on_start)
            problem = {}
        except VoicecoachError as error:
            recording, problem = None, {"error": str(error)}
    holds = measure_holds(recording.wav) if recording else []
    memory = session.memory
    return {
        "programme": plan.programme.id,
        "ended": memory.ended if recording else Outcome.ERROR,
        "recogniser": plan.recogniser.name,
        "repetitions": memory.repetitions,
        "holds": memory.holds,
        "hold_seconds": {"min": min(holds, default=None), "max": max(holds, default=None)},
        "questions": [{"id": q.id, "asked": q.asked, "answer": q.answer, "heard": q.heard} for q in memory.questions],
        "audio_seconds": recording.seconds if recording else 0.0,
        "wall_seconds": round(time.perf_counter() - began, 3),
        "wav": str(recording.wav) if recording else None,
        "transcript": str(recording.transcript) if recording else None,
        **problem,
    }


def _record(
    rehearsal: Rehearsal,
    plan: SessionPlan,
    begun: Begun,
    show_line: Callable[[str], object],
    show_progress: Callable[[float], object],
    on_start: Callable[[Callable[[], None]], object],
) -> Recording:
    words = plan.words
    with ExitStack() as stack:
        recogniser = stack.enter_context(closing(RecogniserProcess(plan.recogniser)))
        script = completed(rehearsal.script, plan.programme, words)
        person = Person(script, _person_voice(rehearsal, script, stack), words, rehearsal.seed)
        room = Room(person, RoomSettings(), rehearsal.seed)
        recogniser.wait_ready()
        recording = stack.enter_context(Recording(rehearsal.output, rehearsal.name))

        def write_line(line: str) -> None:
            recording.write_line(line)
            show_line(line)

        made = rehearsal.sample_made
        sample = None if made is None else Sample(recording.wav.with_suffix(".ogg"), made)
        recorder = _Recorder(recording, sample, room, show_progress)
        watchers = (person, Transcript(words, write_line), recorder)
        hold(plan, begun, room, VirtualDeciding(recogniser), watchers, lambda started: on_start(started.interrupt))
    return recording


def keep_quiet(line: str) -> None:
    """Take a line of the transcript and show nothing of it."""
    del line


def rehearsals_folder() -> Path:
    """Return the folder where recordings go unless somebody wants them elsewhere."""
    return platformdirs.user_data_path("voicecoach", appauthor=False) / "rehearsals"


def estimated_seconds(programme: Programme) -> float:
    """Return about how long a whole session of a programme lasts, in seconds, without rendering anything."""
    return sum(step.about_seconds() for step in programme.steps)


def _person_voice(rehearsal: Rehearsal, script: Script, stack: ExitStack) -> PersonVoice:
    if rehearsal.person_voice is not None:
        words = sorted({*script.phrases(), *(in_words(answer, rehearsal.plan.words) for answer in YES_NO)})
        return RecordedVoice(rehearsal.person_voice, words, rehearsal.seed)
    prompts = PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())
    prompts.prepare(script.phrases())
    return SynthesisedVoice(stack.enter_context(closing(prompts)))


class _Recorder(Watcher):
    """A watcher that records both sides of the conversation."""

    def __init__(
        self, recording: Recording, sample: Sample | None, room: Room, show_progress: Callable[[float], object]
    ) -> None:
        self._recording = recording
        self._sample = sample
        self._room = room
        self._show_progress = show_progress

    def played(self, at: int, block: Samples) -> None:
        """Record a block of both sides."""
        del at
        self._recording.write(self._room.sounding, self._room.spoken)
        if self._sample is not None:
            self._sample.write(self._room.sounding, self._room.spoken)
        self._show_progress(block.size / SAMPLES_PER_SECOND)


def rehearse_built_in(name: str, output: Path | None, language: str | None, *, cautious: bool) -> dict[str, Any]:
    """Rehearse a built-in programme with the default person; return its figures. Raises VoicecoachError."""
    programme, words = read_chosen(name, None, language=language)
    dosed = with_profile(programme, CAUTIOUS) if cautious else programme
    opening = Opening(profile=CAUTIOUS if cautious else None)
    rehearsal = Rehearsal(
        SessionPlan(programme, words, recogniser=choose_recogniser("auto", words.language), opening=opening),
        read_script("default"),
        name=f"{programme.id}-default-0",
        output=(output or rehearsals_folder()).absolute(),
    )
    with tqdm(total=estimated_seconds(dosed), desc=name, unit="s", disable=None, leave=False) as bar:
        return rehearse(rehearsal, keep_quiet, bar.update, on_interrupt)
