"""The doctor on the real PortAudio, over ALSA's file device, in a simulated room; run by test_in_a_room.py.

`python -m tests.doctor.portaudio_doctor FOLDER SCENE`, where SCENE is a JSON object with the fields of `Scene`.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tests.end_to_end.portaudio_session import Air, PatientStream
from voicecoach.bench.processes import alsa_environment
from voicecoach.blocks import Block, Samples
from voicecoach.doctor.examination import Parts, examine
from voicecoach.doctor.taught_tasks import teach_and_keep
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.rehearsal.recording import Recording
from voicecoach.samples import samples
from voicecoach.sound.device import Device
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.taught import taught_file

FIRST_QUESTION = 3
"""The doctor speaks twice before it asks."""
FIRST_REQUEST = 2
"""When it teaches, it speaks once before it asks."""


@dataclass(frozen=True)
class Scene:
    """A room, its devices, and who is in it.

    `answers` are said to the doctor's questions, one each, "" for silence. With `teach` somebody is taught.
    """

    answers: tuple[str, ...] = ("yes",)
    answer_db: float = 0.0
    echo_db: float = 0.0
    noise_db: float = -62.0
    microphone_works: bool = True
    headphones: bool = False
    dies_after_seconds: float | None = None
    teach: bool = False


class Somebody:
    """A person in the room, who knows what is asked and answers when the coach has been silent for a second."""

    def __init__(self, answers: list[Samples], first_question: int = FIRST_QUESTION) -> None:
        self._answers = answers
        self._first_question = first_question
        self._speeches = 0
        self._silent_for = samples(10)
        self._saying: Samples = np.zeros(0, np.float32)

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what the person says, shape (n,), in the block from sample `at` on."""
        del at
        if heard.any():
            self._speeches += self._silent_for >= samples(1)
            self._silent_for = 0
        else:
            before, self._silent_for = self._silent_for, self._silent_for + heard.size
            if before < samples(1) <= self._silent_for and self._speeches >= self._first_question and self._answers:
                self._saying = self._answers.pop(0)
        said, self._saying = self._saying[: heard.size], self._saying[heard.size :]
        return np.pad(said, (0, heard.size - said.size))


class DeadMicrophone(Room):
    """A room in which nothing is heard, not even noise."""

    def exchange(self, block: Samples) -> Samples:
        return np.zeros_like(super().exchange(block))


class Dying(PatientStream):
    """A stream whose callbacks stop after some seconds."""

    seconds = 0.0
    taken = 0

    def take(self, limit_seconds: float) -> Block | None:
        Dying.taken += 1
        return None if Dying.taken * 320 > samples(Dying.seconds) else super().take(limit_seconds)


def examine_or_teach(parts: Parts, words: Words, teaches: bool, show_line: Callable[[str], object]) -> dict[str, Any]:
    """Return the report of what the command would do; of teaching, also the device's name of its microphone."""
    if not teaches:
        return examine(parts, words, show_line)
    devices: list[Device] = []

    def open_device(microphone: str | None, speaker: str | None) -> Device:
        devices.append(Device(microphone, speaker, open_stream=PatientStream))
        return devices[-1]

    taught = replace(parts, open_device=open_device)
    report = teach_and_keep(taught, words, taught_file(), date(2026, 1, 2), show_line, show_line)
    return report | {"opened_microphone": devices[0].microphone}


def main() -> None:
    """Let the doctor examine the scene and print its report."""
    folder = Path(sys.argv[1])
    scene = Scene(**json.loads(sys.argv[2]))
    os.environ |= alsa_environment(folder)
    file = programme_file("calf")
    words = read_words(read_programme(file), file, "en", None)
    stream: type[PatientStream] = PatientStream
    if scene.dies_after_seconds is not None:
        Dying.seconds, stream = scene.dies_after_seconds, Dying
    settings = RoomSettings(echo_db=scene.echo_db, noise_db=scene.noise_db)
    with (
        closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3"), cache_folder())) as voice,
        Recording(folder, "doctor") as recording,
    ):
        said = [voice.samples(text) if text else np.zeros(1, np.float32) for text in scene.answers]
        loud = [sound * np.float32(10 ** (scene.answer_db / 20)) for sound in said]
        somebody = Somebody(loud, FIRST_REQUEST if scene.teach else FIRST_QUESTION)
        room = (Room if scene.microphone_works else DeadMicrophone)(somebody, settings, seed=0)
        air = Air(folder, room, recording)
        air.start()
        parts = Parts(
            headphones=scene.headphones,
            open_device=partial(Device, open_stream=stream),
            clock_seconds=None,
            deciding=VirtualDeciding,
        )
        began = time.perf_counter()
        report = examine_or_teach(parts, words, scene.teach, lambda line: sys.stderr.write(f"{line}\n"))
        air.close()
    figures = {"scene": asdict(scene), "wall_seconds": time.perf_counter() - began, "sound_seconds": recording.seconds}
    sys.stdout.write(json.dumps({**report, **figures}))


if __name__ == "__main__":
    main()
