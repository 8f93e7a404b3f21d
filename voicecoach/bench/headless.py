"""`bench session`: the service as a process of its own on a sound device of pipes, in real time, and what it takes."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.bench.processes import PipedRoom, Taken, alsa_environment, taken
from voicecoach.bench.timing import longest_steps
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.programme.words import Words
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.service.service_words import read_service_words
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

_BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLES_PER_SECOND
_LOST_SECONDS = 30.0
_UNDERSTOOD_WITHIN_SECONDS = 8.0
_RENDERED_WITHIN_SECONDS = 5.0
_SENTENCES = 8
_ANSWERS_AFTER = samples(1.0)


@dataclass(frozen=True)
class HeadlessSettings:
    """How long `bench session` measures each thing, once `settling_seconds` have gone by."""

    settling_seconds: float = 5.0
    waiting_seconds: float = 30.0
    listening_seconds: float = 30.0
    session_seconds: float = 60.0


class _Somebody:
    """The person in the room: says what is to be said and, once there is one, the `answer` in each silence."""

    def __init__(self) -> None:
        self._saying: Samples = np.zeros(0, np.float32)
        self._silence = 0
        self.answer: Samples = np.zeros(0, np.float32)

    def say(self, sound: Samples) -> None:
        self._saying = np.concatenate([self._saying, sound])

    @property
    def speaks(self) -> bool:
        return bool(self._saying.size)

    def live(self, at: int, heard: Samples) -> Samples:
        del at
        self._silence = 0 if heard.any() or self.speaks else self._silence + heard.size
        if self._silence >= _ANSWERS_AFTER:
            self.say(self.answer)
        said, self._saying = self._saying[: heard.size], self._saying[heard.size :]
        return np.pad(said, (0, heard.size - said.size))


class _Served:
    """The service at work in a process of its own, and the room that it is in."""

    def __init__(self, folder: Path, arguments: Sequence[str], environment: dict[str, str]) -> None:
        self.somebody = _Somebody()
        self._room = PipedRoom(folder, Room(self.somebody, RoomSettings(), seed=0))
        self._began = self._due = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voicecoach", "service", "run", *arguments],
            env=os.environ | environment | alsa_environment(folder),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._played: Samples = np.zeros(BLOCK_SAMPLES, np.float32)

    @property
    def seconds(self) -> float:
        """How long the service has run."""
        return time.monotonic() - self._began

    def taken(self) -> Taken:
        return taken(self._process.pid)

    def pass_until(self, seen: Callable[[Samples], bool], limit_seconds: float = _LOST_SECONDS) -> None:
        """Let real time pass until the service has played what is waited for. Raises VoicecoachError if too late."""
        by = time.monotonic() + limit_seconds
        while not seen(self._block()):
            if time.monotonic() > by:
                raise VoicecoachError("The service fell silent, so nothing can be measured; try voicecoach doctor.")

    def speaks_within(self, seconds: float) -> bool:
        """Let real time pass until the coach speaks, at most so long; return whether it does."""
        by = time.monotonic() + seconds
        while time.monotonic() < by:
            if self._block().any():
                return True
        return False

    def ask(self) -> None:
        """Ask the service for a session, as a button does."""
        self._process.send_signal(signal.SIGUSR1)

    def pass_seconds(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self.pass_until(lambda _: time.monotonic() >= until, seconds + _LOST_SECONDS)

    def pass_speech(self) -> None:
        """Wait until the coach speaks, and then until it has been silent for a while."""
        self.pass_until(np.any)
        silent = [0]

        def is_over(played: Samples) -> bool:
            silent[0] = 0 if played.any() else silent[0] + 1
            return silent[0] * _BLOCK_SECONDS > 1.0

        self.pass_until(is_over)

    def _block(self) -> Samples:
        played = self._room.carry(_LOST_SECONDS)
        if played is None or self._process.poll() is not None:
            self._process.kill()
            said = self._process.communicate()[1].strip().splitlines()
            raise VoicecoachError(f"The service has no sound. {said[-1] if said else 'Try voicecoach doctor.'}")
        self._due = max(self._due + _BLOCK_SECONDS, time.monotonic() - _BLOCK_SECONDS)
        time.sleep(max(self._due - time.monotonic(), 0.0))
        return played

    def close(self) -> None:
        self._process.terminate()
        while self._process.poll() is None:
            self._room.carry(0.1)
        self._process.communicate()
        self._room.close()


def bench_session(
    words: Words,
    recogniser: RecogniserChoice,
    show_progress: Callable[[float], object],
    settings: HeadlessSettings | None = None,
) -> dict[str, Any]:
    """Start the service twice, the first time without any rendered prompt, and hold a part of a session each time.

    The first session goes on until all prompts are rendered. The figures but the cold ones are those of the second.
    Then measure the longest step of a session's loop, from a block to the next.

    Return the figures, ready for JSON. Raises VoicecoachError where the service does not run.
    """
    settings = settings or HeadlessSettings()
    spoken = _spoken(words)
    arguments = ["--recogniser", recogniser.engine, "--language", words.language, "--region", "GB"]
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as name:
        home = Path(name)
        folders = {"DATA": home / "data", "CONFIG": home / "config", "CACHE": home / "cache"}
        environment = {f"XDG_{kind}_HOME": str(folder) for kind, folder in folders.items()}
        runs = []
        for number in range(2):
            pipes = home / str(number)
            pipes.mkdir()
            with closing(_Served(pipes, arguments, environment)) as served:
                runs.append(_measure(served, spoken, settings))
                _pass_while_growing(served, folders["CACHE"])
            show_progress(served.seconds)
        kept = {kind: _size(folder) for kind, folder in folders.items()}
    steps = longest_steps(words, recogniser, settings.session_seconds, show_progress)
    cold, warm = runs
    return {
        "machine": {"architecture": platform.machine(), "cores": os.cpu_count()},
        "language": words.language,
        "recogniser": recogniser.name,
        "start_to_first_word_seconds": {"cold_cache": cold["start"], "warm_cache": warm["start"]},
        "asked_to_first_word_seconds": {"cold_cache": cold["asked"], "warm_cache": warm["asked"]},
        "longest_step_seconds": steps,
        "pss_mb": warm["pss_mb"],
        "cpu_percent_of_one_core": warm["cpu_percent"],
        "written_bytes": {**warm["written"], "journal_folder": kept["DATA"], "cache_folder": kept["CACHE"]},
    }


@dataclass(frozen=True)
class _Spoken:
    request: Samples
    talk: list[Samples]
    repeat: Samples


def _spoken(words: Words) -> _Spoken:
    """Return what the person says, shape (n,), in another voice than the coach's."""
    texts = [text for text in words.prompts.values() if "{" not in text][:_SENTENCES]
    assert words.person is not None
    person = Pyttsx3Voice(words.person.voice, words.person.words_per_minute)
    with closing(PromptCache(person, cache_folder())) as voice:
        request = read_service_words(words.language).start_session.spellings[0]
        repeat = words.meanings["repeat"].spellings[0]
        return _Spoken(voice.samples(request), [voice.samples(text) for text in texts], voice.samples(repeat))


def _measure(served: _Served, spoken: _Spoken, settings: HeadlessSettings) -> dict[str, Any]:
    served.pass_until(np.any)
    started = round(served.seconds, 2)
    served.pass_speech()
    served.pass_seconds(settings.settling_seconds)
    meters = {"waiting": _Meter(served)}
    served.pass_seconds(settings.waiting_seconds)
    meters["waiting"].stop()
    served.somebody.say(spoken.talk[0])
    meters["listening"] = _Meter(served)
    talk = cycle(spoken.talk)
    while meters["listening"].seconds < settings.listening_seconds:
        served.somebody.say(next(talk))
        served.pass_until(lambda _: not served.somebody.speaks)
        served.pass_seconds(1.0)
    meters["listening"].stop()
    served.somebody.say(spoken.request)
    served.pass_until(lambda _: not served.somebody.speaks)
    meters["session"] = _Meter(served)
    asked = None
    if served.speaks_within(_UNDERSTOOD_WITHIN_SECONDS):
        asked = round(meters["session"].seconds, 2)
    else:
        served.ask()
        served.pass_until(np.any)
    served.somebody.answer = spoken.repeat
    served.pass_seconds(settings.session_seconds)
    meters["session"].stop()
    return {
        "start": started,
        "asked": asked,
        "pss_mb": {name: round(meter.pss_mb) for name, meter in meters.items()},
        "cpu_percent": {name: round(meter.cpu_percent, 1) for name, meter in meters.items()},
        "written": {name: meter.written_bytes for name, meter in meters.items()},
    }


class _Meter:
    """Measures the processor time of the service from now on until it is stopped, and the memory that it takes then."""

    def __init__(self, served: _Served) -> None:
        self._served = served
        self._began = served.seconds
        self._before = served.taken()

    @property
    def seconds(self) -> float:
        return self._served.seconds - self._began

    def stop(self) -> None:
        after = self._served.taken()
        self.pss_mb = after.pss_mb
        self.cpu_percent = 100 * (after.cpu_seconds - self._before.cpu_seconds) / self.seconds
        self.written_bytes = after.written_bytes - self._before.written_bytes


def _pass_while_growing(served: _Served, cache: Path) -> None:
    """Let the session go on until all that it renders ahead is in the cache."""
    before = -1
    while (now := _size(cache)) != before:
        before = now
        served.pass_seconds(_RENDERED_WITHIN_SECONDS)


def _size(folder: Path) -> int:
    """Return the size in bytes of the files in a folder, some of which may be going away."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                size += (Path(place) / name).stat().st_size
    return size
