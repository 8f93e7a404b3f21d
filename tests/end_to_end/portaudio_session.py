"""A live session on the real PortAudio, over ALSA's file device; run by test_live.py.

`python -m tests.end_to_end.portaudio_session FOLDER PERSON`

The loudspeaker and the microphone are FIFOs. This process owns the clock: PortAudio goes on when the conversation has
handed over the next block, so that a session takes as long as its computing and no longer.
"""

import fcntl
import json
import os
import select
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.conversation import Conversation
from voicecoach.hearing.contract import Samples
from voicecoach.hearing.deciding import VirtualDeciding
from voicecoach.hearing.echo.choosing import open_echo_canceller
from voicecoach.hearing.listening import Listener
from voicecoach.hearing.process import RecogniserProcess
from voicecoach.hearing.understanding import Understanding
from voicecoach.programme.reader import programme_file, read_programme
from voicecoach.programme.words import read_words
from voicecoach.rehearsal.holds import measure_holds
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.recording import Recording
from voicecoach.rehearsal.script import read_script
from voicecoach.rehearsal.voices import SynthesisedVoice
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.session.core import Session
from voicecoach.sound.contract import Block
from voicecoach.sound.device import Device
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.sound.stream import Duplex
from voicecoach.speaking.cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

ALSA = """
pcm.nothing {{ type null }}
pcm.speaker {{ type file slave.pcm nothing file "{folder}/speaker" format raw }}
pcm.microphone {{ type file slave.pcm nothing file "/dev/null" infile "{folder}/microphone" format raw }}
pcm.room {{ type asym playback.pcm speaker capture.pcm microphone hint {{ show on description "room" }} }}
pcm.!default {{
  type plug
  slave {{ pcm room rate 16000 channels 1 format S16_LE }}
  hint {{ show on description "default" }}
}}
"""
BLOCK_BYTES = 2 * BLOCK_SAMPLES
PIPE_BYTES = 4096
SILENCE_AHEAD = 5
"""Blocks in the microphone's pipe at the start, or the file device would read less than it wants."""


class PatientStream(Duplex):
    """The real stream on a clock that waits for the conversation."""

    def __init__(self, microphone: str | None, speaker: str | None, hears: bool = True) -> None:
        del hears
        self.over = False
        self.wanted = threading.Event()
        super().__init__(microphone, speaker)

    def callback(self, heard: Samples, played: Samples, frames: int, time: Any, status: Any) -> None:
        while not self.over and not self.wanted.wait(1):
            pass
        self.wanted.clear()
        super().callback(heard, played, frames, time, status)

    def take(self, limit_seconds: float) -> Block | None:
        self.wanted.set()
        return super().take(limit_seconds)

    def close(self) -> None:
        self.over = True
        self.wanted.set()
        super().close()


class Air:
    """Carries sound between the FIFOs: from the loudspeaker into the room, and from the room to the microphone."""

    def __init__(self, folder: Path, room: Room, recording: Recording) -> None:
        self._pipes = []
        for name in ("speaker", "microphone"):
            os.mkfifo(folder / name)
            pipe = os.open(folder / name, os.O_RDWR)
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
            self._pipes.append(pipe)
        self._room = room
        self._recording = recording
        self._over = False
        self._thread = threading.Thread(target=self._carry, daemon=True)
        os.write(self._pipes[1], bytes(SILENCE_AHEAD * BLOCK_BYTES))

    def start(self) -> None:
        self._thread.start()

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
                if select.select([speaker], [], [], 0.1)[0]:
                    data += os.read(speaker, BLOCK_BYTES - len(data))
            played = np.frombuffer(data, np.int16).astype(np.float32) / np.float32(32768)
            heard = self._room.exchange(played)
            self._recording.write(played, self._room.spoken)
            if select.select([], [microphone], [], 1)[1]:
                os.write(microphone, (heard * 32767).astype(np.int16).tobytes())


def main() -> None:
    """Run a session and print what came of it as JSON."""
    folder, person_name = Path(sys.argv[1]), sys.argv[2]
    (folder / "asound.conf").write_text(ALSA.format(folder=folder), encoding="utf-8")
    os.environ["ALSA_CONFIG_PATH"] = str(folder / "asound.conf")
    file = programme_file("calf")
    programme = read_programme(file)
    words = read_words(programme, file, "en", None)
    script = read_script(person_name)
    session = Session(programme)
    with (
        closing(RecogniserProcess()) as recogniser,
        closing(Listener(open_echo_canceller())) as listener,
        closing(PromptCache(Pyttsx3Voice(), cache_folder())) as coach,
        closing(PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())) as voice,
        Recording(folder, "live") as recording,
    ):
        person = Person(script, SynthesisedVoice(voice), words, seed=0)
        air = Air(folder, Room(person, RoomSettings(), seed=0), recording)
        air.start()
        recogniser.wait_ready()
        device = Device(open_stream=PatientStream)
        understanding = Understanding(listener, VirtualDeciding(recogniser))
        Conversation(session, words, coach, understanding, device, [person]).run()
        device.close()
        air.close()
    holds = measure_holds(recording.wav)
    result = {
        "ended": session.memory.ended, "repetitions": session.memory.repetitions, "holds": session.memory.holds,
        "measured": [min(holds, default=0), max(holds, default=0), len(holds)], "underruns": device.underruns,
        "questions": [[q.id, q.asked, q.answer] for q in session.memory.questions],
    }  # fmt: skip
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
