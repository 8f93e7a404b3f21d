"""The person in the room: breathes into the microphone, reads the transcript, and answers once the coach is silent."""

import fcntl
import re
import subprocess
import threading
from pathlib import Path

import numpy as np
import soundfile

from checks.sound_daemon.room import Room
from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

ANSWERS = {
    "ready": "yes", "all of these": "yes", "Are you ill|feel ill": "no", "Left or right|left or right": "left",
    "pain": "three", "new or worse": "no",
}  # fmt: skip
_REACTION = samples(0.7)
_LOUD = 0.003
_NOISE = 0.0008
_PIPE_BYTES = 4096
_FORMAT = ("--raw", f"--rate={SAMPLES_PER_SECOND}", "--format=s16le")


class Person:
    """The person, who lives in a room until closed; what both sides say is recorded, coach left, person right."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.silent_at = ""
        """Part of a question that is not answered."""
        self._voice = PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), cache_folder())
        self._noise = np.random.default_rng(0)
        self._to_say: Samples | None = None
        self._saying: Samples = np.zeros(0, np.float32)
        self._coach_silent = 0
        self._coach_heard = True
        self._recorded: list[Samples] = []
        self.enter()

    def enter(self) -> None:
        """Begin to be heard and to listen, from a new recording on; again after the daemon was killed."""
        self._recorded = []
        environment = self._room.environment
        self._mouth = subprocess.Popen(
            ["pacat", "--playback", "-d", "person", *_FORMAT, "--channels=1", "--latency-msec=60"],
            env=environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._ears = subprocess.Popen(
            ["pacat", "--record", "-d", "room.monitor", *_FORMAT, "--channels=2", "--latency-msec=20"],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for work, process in ((self._speak, self._mouth), (self._listen, self._ears)):
            threading.Thread(target=work, args=(process,), daemon=True).start()

    def read(self, line: str) -> None:
        """Take a line of the transcript; where it is a question, answer it when the coach has said it."""
        _, mark, said = line.partition("  coach  ")
        question = said.strip()
        if not mark or not question:
            return
        answer = next((word for pattern, word in ANSWERS.items() if re.search(pattern, question)), None)
        asks = question.endswith("?") or "say yes" in question.lower() or "a number" in question
        self._coach_heard = False
        silent = bool(self.silent_at) and self.silent_at in question
        self._to_say = self._voice.samples(answer) if answer and asks and not silent else None

    def _speak(self, mouth: "subprocess.Popen[bytes]") -> None:
        assert mouth.stdin is not None
        fcntl.fcntl(mouth.stdin, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        try:
            while True:
                block = self._noise.standard_normal(BLOCK_SAMPLES, dtype=np.float32) * np.float32(_NOISE)
                said, self._saying = self._saying[:BLOCK_SAMPLES], self._saying[BLOCK_SAMPLES:]
                block[: said.size] += said
                mouth.stdin.write((np.clip(block, -1, 1) * 32767).astype(np.int16).tobytes())
                mouth.stdin.flush()
        except (OSError, ValueError):
            return

    def _listen(self, ears: "subprocess.Popen[bytes]") -> None:
        assert ears.stdout is not None
        recorded = self._recorded
        while data := ears.stdout.read(4 * BLOCK_SAMPLES):
            block = np.frombuffer(data, np.int16).reshape(-1, 2).astype(np.float32) / np.float32(32768)
            recorded.append(block)
            loud = bool(np.abs(block[:, 0]).max() > _LOUD)
            self._coach_heard = self._coach_heard or loud
            self._coach_silent = 0 if loud else self._coach_silent + len(block)
            if self._to_say is not None and self._coach_heard and self._coach_silent >= _REACTION:
                self._saying, self._to_say = self._to_say, None

    @property
    def recorded_samples(self) -> int:
        """How long the present recording is, in samples."""
        return sum(len(block) for block in self._recorded)

    def recording(self) -> Samples:
        """Return the present recording, shape (n, 2)."""
        return np.concatenate([*self._recorded, np.zeros((1, 2), np.float32)])

    def write_recording(self, file: Path) -> None:
        """Write the present recording to a file."""
        soundfile.write(file, self.recording(), SAMPLES_PER_SECOND, subtype="PCM_16")

    def close(self) -> None:
        """Leave the room."""
        for process in (self._mouth, self._ears):
            process.kill()
            process.wait()
        self._voice.close()
