"""The program of a process that holds a session in real time with an empty cache, and measures its loop's longest step.

`python -m voicecoach.bench.step_child`. A request is a `StepRequest`, its reply the seconds of wall time from a block's
being there to the loop's asking for the next one, at most.
"""

import os
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from voicecoach.blocks import Block, Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.live import hold_live
from voicecoach.programme.programme_files import read_with_words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.script import completed, in_language, read_script
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.worker_child import serve

_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLES_PER_SECOND


@dataclass(frozen=True)
class StepRequest:
    """What to hold: the calf programme in a language, with a voice, broken off after so many seconds.

    Its prompts go to `cache_home`, an empty folder.
    """

    language: str
    voice: str
    recogniser: RecogniserChoice
    seconds: float
    cache_home: Path


class _TimedRoom:
    """A room in real time that measures how long the conversation's loop takes for a block."""

    lost = False

    def __init__(self, room: Room, seconds: float) -> None:
        self._room = room
        self._until = samples(seconds)
        self._due_seconds = time.perf_counter()
        self._returned_at: float | None = None
        self.longest_step_seconds = 0.0
        self.break_off: Callable[[], None] = lambda: None
        self.ahead_samples, self.echo_delay_samples = room.ahead_samples, room.echo_delay_samples

    def next_block(self, player: Player) -> Block:
        now = time.perf_counter()
        if self._returned_at is not None:
            self.longest_step_seconds = max(self.longest_step_seconds, now - self._returned_at)
        self._due_seconds += _BLOCK_SECONDS
        time.sleep(max(self._due_seconds - now, 0.0))
        block = self._room.next_block(player)
        if block.at >= self._until:
            self.break_off()
            self._until = samples(1e9)
        self._returned_at = time.perf_counter()
        return block

    def close(self) -> None:
        self._room.close()


class _Clips:
    """The simulated person's voice, whose words have been rendered beforehand."""

    def __init__(self, clips: dict[str, Samples]) -> None:
        self._clips = clips

    def say(self, text: str) -> Samples:
        return self._clips[text]


def measure(request: StepRequest) -> float:
    """Hold the session; return the longest step in seconds. Raises VoicecoachError where voice or recogniser fail."""
    programme, words = read_with_words("calf", request.language)
    script = completed(in_language(read_script("default"), words), programme, words)
    with closing(PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())) as voice:
        clips = {phrase: voice.samples(phrase) for phrase in script.phrases()}
    os.environ["XDG_CACHE_HOME"] = str(request.cache_home)
    person = Person(script, _Clips(clips), words, seed=0)
    room = _TimedRoom(Room(person, RoomSettings(), seed=0), request.seconds)

    def on_start(interrupt: Callable[[], None]) -> None:
        room.break_off = interrupt

    plan = SessionPlan(programme, words, request.voice, request.recogniser)
    remembered = Remembered(Path(request.cache_home) / "settings.json", _nothing)
    hold_live(plan, room, remembered, _nothing, on_start, [person])
    return room.longest_step_seconds


def _nothing(line: str) -> None:
    """Show nothing of the transcript."""
    del line


if __name__ == "__main__":
    serve(lambda: measure, sentences=(VoicecoachError,))
