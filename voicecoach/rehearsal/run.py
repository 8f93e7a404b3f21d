"""A rehearsal from beginning to end, and its result as figures."""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
from msgspec.structs import replace
from tqdm import tqdm

from voicecoach.blocks import Samples
from voicecoach.conversation import Conversation
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser_choice import MOONSHINE, RecogniserChoice, choose_recogniser
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.interrupts import on_interrupt
from voicecoach.journal.open_journal import OpenJournal
from voicecoach.journal.sessions import About, Begun, session_with_journal
from voicecoach.journal.transcript import Transcript
from voicecoach.meanings import YES_NO
from voicecoach.programme.profiles import CAUTIOUS
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import PersonVoice, RecordedVoice, SynthesisedVoice
from voicecoach.rehearsal.recording import Recording, measure_holds
from voicecoach.rehearsal.script import Script, completed, in_words, read_script
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.session.memory import Opening, Previous
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import open_prompts
from voicecoach.watcher import Watcher


@dataclass(frozen=True)
class Rehearsal:
    """What to rehearse, with whom, and where to write."""

    programme: Programme
    words: Words
    script: Script
    name: str
    output: Path
    voice: str
    person_voice: Path | None = None
    seed: int = 0
    recogniser: RecogniserChoice = MOONSHINE
    opening: Opening = field(default_factory=Opening)
    cautious: bool = False
    """Whether the programme comes in its cautious dose."""
    journal: OpenJournal | None = None
    """Where it is kept; what broke off there is gone on with."""


def rehearse(
    rehearsal: Rehearsal,
    show_line: Callable[[str], object],
    show_progress: Callable[[float], object],
    on_start: Callable[[Callable[[], None]], object],
) -> dict[str, Any]:
    """Run it and return the result's figures, ready for JSON.

    `show_line` gets each line of the transcript, `show_progress` the seconds of each block; `on_start` is given what
    interrupts the session. Where it can't go on, nothing has been written, and the result says `error`.
    """
    began = time.perf_counter()
    opening = rehearsal.opening
    if rehearsal.script.previous:
        opening = replace(opening, previous=opening.previous or Previous())
    listens = rehearsal.recogniser.with_version
    about = About(
        "rehearsal",
        rehearsal.words.language,
        rehearsal.voice,
        listens,
        profile=CAUTIOUS if rehearsal.cautious else None,
    )
    with session_with_journal(rehearsal.programme, opening, rehearsal.journal, about, waits=True) as begun:
        session = begun.session
        try:
            recording: Recording | None = _record(rehearsal, begun, show_line, show_progress, on_start)
            problem = {}
        except VoicecoachError as error:
            recording, problem = None, {"error": str(error)}
    holds = measure_holds(recording.wav) if recording else []
    memory = session.memory
    return {
        "programme": rehearsal.programme.id,
        "ended": memory.ended if recording else Outcome.ERROR,
        "recogniser": rehearsal.recogniser.name,
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
    begun: Begun,
    show_line: Callable[[str], object],
    show_progress: Callable[[float], object],
    on_start: Callable[[Callable[[], None]], object],
) -> Recording:
    with ExitStack() as stack:
        recogniser = stack.enter_context(closing(RecogniserProcess(rehearsal.recogniser)))
        guess = begun.session.memory.opening.country_guess
        prompts = open_prompts(rehearsal.programme, rehearsal.words, rehearsal.voice, country=guess)
        coach = stack.enter_context(closing(prompts))
        script = completed(rehearsal.script, rehearsal.programme, rehearsal.words)
        person = Person(script, _person_voice(rehearsal, script, stack), rehearsal.words, rehearsal.seed)
        room = Room(person, RoomSettings(), rehearsal.seed)
        hearing = stack.enter_context(closing(Hearing(VirtualDeciding(recogniser))))
        recogniser.wait_ready()
        recording = stack.enter_context(Recording(rehearsal.output, rehearsal.name))

        def write_line(line: str) -> None:
            recording.write_line(line)
            show_line(line)

        recorder = _Recorder(recording, room, show_progress)
        watchers = (*begun.keepers, person, Transcript(rehearsal.words, write_line), recorder)
        conversation = Conversation(begun.session, rehearsal.words, coach, hearing, room, watchers)
        on_start(conversation.interrupt)
        conversation.run()
    return recording


def keep_quiet(line: str) -> None:
    """Show nothing of what is said."""
    del line


def rehearsals_folder() -> Path:
    """Return where recordings go unless somebody wants them elsewhere."""
    return platformdirs.user_data_path("voicecoach", appauthor=False) / "rehearsals"


def estimated_seconds(programme: Programme) -> float:
    """Return about how long a whole session lasts."""
    return sum(step.about_seconds() for step in programme.steps)


def _person_voice(rehearsal: Rehearsal, script: Script, stack: ExitStack) -> PersonVoice:
    if rehearsal.person_voice is not None:
        words = sorted({*script.phrases(), *(in_words(answer, rehearsal.words) for answer in YES_NO)})
        return RecordedVoice(rehearsal.person_voice, words, rehearsal.seed)
    prompts = PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())
    prompts.prepare(script.phrases())
    return SynthesisedVoice(stack.enter_context(closing(prompts)))


class _Recorder(Watcher):
    """Records both sides of the conversation."""

    def __init__(self, recording: Recording, room: Room, show_progress: Callable[[float], object]) -> None:
        self._recording = recording
        self._room = room
        self._show_progress = show_progress

    def played(self, at: int, block: Samples) -> None:
        """Record a block."""
        del at
        self._recording.write(self._room.sounding, self._room.spoken)
        self._show_progress(block.size / SAMPLES_PER_SECOND)


def rehearse_built_in(name: str, output: Path | None, language: str | None, *, cautious: bool) -> dict[str, Any]:
    """Return the result of a rehearsal with the default person, voice and recogniser."""
    plan, words = read_chosen(name, None, language=language, cautious=cautious)
    rehearsal = Rehearsal(
        plan,
        words,
        read_script("default"),
        name=f"{plan.id}-default-0",
        output=(output or rehearsals_folder()).absolute(),
        voice=DEFAULT_VOICE,
        recogniser=choose_recogniser("auto", words.language),
    )
    with tqdm(total=estimated_seconds(plan), desc=name, unit="s", disable=None, leave=False) as bar:
        return rehearse(rehearsal, keep_quiet, bar.update, on_interrupt)
