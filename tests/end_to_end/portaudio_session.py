"""A live session on the real PortAudio, over ALSA's file device; run by test_live.py.

`python -m tests.end_to_end.portaudio_session FOLDER PERSON [PROGRAMME [TROUBLE]]`, where the trouble is `underrun` or
`freeze`, both in the second repetition.

The loudspeaker and the microphone are FIFOs. This process owns the clock: PortAudio goes on when the conversation has
handed over the next block, so that a session takes as long as its computing and no longer.
"""

import json
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from voicecoach.bench.processes import BLOCK_BYTES, SILENCE_AHEAD, alsa_environment, open_pipes
from voicecoach.blocks import Block, Samples
from voicecoach.conversation import Conversation
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.journal.transcript import Transcript
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import DEFAULT_VOICE, read_words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.recording import Recording, measure_holds
from voicecoach.rehearsal.script import in_language, read_script
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.sound.device import Device
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.sound.stream import Duplex
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import open_prompts
from voicecoach.watcher import Watcher

UNDERRUN = samples(0.4)
PATIENCE_SECONDS = 30.0


class PatientStream(Duplex):
    """The real stream on a clock that waits for the conversation."""

    def __init__(self, microphone: str | None, speaker: str | None, hears: bool = True) -> None:
        del hears
        self.over = False
        self.wanted = threading.Event()
        self.to_lose = 0
        """Samples that the device is about to lose in an underrun."""
        self.lost = 0
        self.turns = 0
        self.patience_seconds = 0.0
        """For at least so long a block may be late, on a busy machine, without being taken for a lost device."""
        super().__init__(microphone, speaker)

    def callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        del time, status
        while not self.over and not self.wanted.wait(1):
            pass
        self.wanted.clear()
        underrun, self.to_lose = self.to_lose, 0
        self.lost += underrun
        sounds_at = (self.turns * BLOCK_SAMPLES + self.lost) / SAMPLES_PER_SECOND
        self.turns += 1
        super().callback(heard, played, frames, SimpleNamespace(outputBufferDacTime=sounds_at), bool(underrun))

    def wait_alive(self, limit_seconds: float) -> bool:
        """Wait for nothing: the callback does not turn before it is wanted."""
        del limit_seconds
        return False

    def take(self, limit_seconds: float) -> Block | None:
        self.wanted.set()
        return super().take(max(limit_seconds, self.patience_seconds))

    def close(self) -> None:
        self.over = True
        self.wanted.set()
        super().close()


class Air:
    """Carries sound between the FIFOs: from the loudspeaker into the room, and from the room to the microphone."""

    def __init__(self, folder: Path, room: Room, recording: Recording) -> None:
        self._pipes = open_pipes(folder)
        self._room = room
        self._recording = recording
        self._over = False
        self._gap = 0
        self.frozen = False
        self._thread = threading.Thread(target=self._carry, daemon=True)
        os.write(self._pipes[1], bytes(SILENCE_AHEAD * BLOCK_BYTES))

    def start(self) -> None:
        self._thread.start()

    def fall_silent(self, samples: int) -> None:
        """Let time go on for so long without sound from the loudspeaker, or from the microphone."""
        self._gap = samples

    def close(self) -> None:
        self._over = True
        self._thread.join()

    def _carry(self) -> None:
        speaker, microphone = self._pipes
        while True:
            data = b""
            while len(data) < BLOCK_BYTES:
                if self._over:
                    return
                if self.frozen:
                    select.select([], [], [], 0.1)
                elif select.select([speaker], [], [], 0.1)[0]:
                    data += os.read(speaker, BLOCK_BYTES - len(data))
            gap, self._gap = self._gap, 0
            for _ in range(gap // BLOCK_SAMPLES):
                self._room.exchange(np.zeros(BLOCK_SAMPLES, np.float32))
                self._recording.write(np.zeros(BLOCK_SAMPLES, np.float32), self._room.spoken)
            played = np.frombuffer(data, np.int16).astype(np.float32) / np.float32(32768)
            heard = self._room.exchange(played)
            self._recording.write(played, self._room.spoken)
            if select.select([], [microphone], [], 1)[1]:
                os.write(microphone, (heard * 32767).astype(np.int16).tobytes())


class Trouble(Watcher):
    """A watcher that makes trouble once, half a second into the second repetition's first hold."""

    def __init__(self, kind: str, air: Air) -> None:
        self._kind = kind
        self._air = air
        self._at: int | None = None
        self.stream: PatientStream | None = None
        self.interrupt: Callable[[], None] = lambda: None
        self.frozen_at_seconds = 0.0
        self.obeyed: list[str] = []
        self.underruns: list[int] = []
        self.lost_after_seconds: float | None = None

    def acted(self, at: int, action: actions.Action) -> None:
        match action:
            case actions.Obeyed(command):
                self.obeyed.append(command)
            case actions.RepetitionBegun(1, 2) if self._kind:
                self._at = at + samples(3.5)
            case actions.Say(_, lines, _) if lines[0].prompt == "device_lost":
                self.interrupt()

    def happened(self, event: events.AnyEvent) -> None:
        if isinstance(event, events.DeviceLost):
            self.lost_after_seconds = round(time.monotonic() - self.frozen_at_seconds, 2)

    def underrun(self, at: int, lost_samples: int) -> None:
        del at
        self.underruns.append(lost_samples)

    def played(self, at: int, block: Samples) -> None:
        del block
        if self._at is None or at < self._at:
            return
        self._at = None
        if self._kind == "freeze":
            assert self.stream is not None
            self.stream.patience_seconds = 0.0
            self._air.frozen, self.frozen_at_seconds = True, time.monotonic()
        elif self.stream is not None:
            self.stream.to_lose = UNDERRUN
            self._air.fall_silent(UNDERRUN)


def main() -> None:
    """Run a session and print what came of it as JSON."""
    folder, person_name = Path(sys.argv[1]), sys.argv[2]
    programme_name, trouble_name = [*sys.argv[3:], *("calf", "")[len(sys.argv) - 3 :]]
    os.environ |= alsa_environment(folder)
    file = programme_file(programme_name)
    programme = read_programme(file)
    words = read_words(programme, file, "en", None)
    script = in_language(read_script(person_name), words)
    session = Session(programme)
    lines: list[str] = []
    with (
        closing(RecogniserProcess()) as recogniser,
        closing(Hearing(VirtualDeciding(recogniser))) as hearing,
        closing(open_prompts(programme, words, DEFAULT_VOICE)) as coach,
        closing(PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())) as voice,
        Recording(folder, "live") as recording,
    ):
        person = Person(script, SynthesisedVoice(voice), words, seed=0)
        air = Air(folder, Room(person, RoomSettings(), seed=0), recording)
        air.start()
        recogniser.wait_ready()
        trouble = Trouble(trouble_name, air)

        def open_stream(microphone: str | None, speaker: str | None, hears: bool) -> PatientStream:
            trouble.stream = PatientStream(microphone, speaker, hears)
            trouble.stream.patience_seconds = 0.0 if air.frozen else PATIENCE_SECONDS
            return trouble.stream

        device = Device(open_stream=open_stream)
        watchers = [person, trouble, Transcript(words, lines.append)]
        conversation = Conversation(session, words, coach, hearing, device, watchers)
        trouble.interrupt = conversation.interrupt
        conversation.run()
        device.close()
        air.close()
    holds = measure_holds(recording.wav)
    result = {
        "ended": session.memory.ended, "repetitions": session.memory.repetitions, "holds": session.memory.holds,
        "measured": [min(holds, default=0), max(holds, default=0), len(holds)], "underruns": device.underruns,
        "obeyed": trouble.obeyed, "lost_samples": trouble.underruns,
        "lost_after_seconds": trouble.lost_after_seconds, "lines": lines,
        "questions": [[q.id, q.asked, q.answer] for q in session.memory.questions],
    }  # fmt: skip
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
