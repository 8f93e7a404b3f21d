"""A simulated room in which somebody is taught, with the real recogniser and rendered voices."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.doctor.portaudio_doctor import FIRST_REQUEST, Somebody
from tests.doctor.test_examining import RoomAsDevice
from voicecoach.blocks import Samples
from voicecoach.doctor import enrolment, taught_tasks
from voicecoach.doctor.examination import Parts
from voicecoach.doctor.taught_tasks import teach_and_keep
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import Deciding, RecogniserAtWork, VirtualDeciding
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.taught import Situation

TODAY = date(2026, 1, 2)
HERE = Situation("desk microphone", "en", "moonshine-tiny-en")
MAN, WOMAN = "gmw/en-us+m3", "gmw/en-us+f2"


@cache
def english() -> Words:
    file = programme_file("calf")
    return read_words(read_programme(file), file, "en", None)


@cache
def spoken(text: str, voice: str) -> Samples:
    return Pyttsx3Voice(voice).render(text) if text else np.zeros(1, np.float32)


@dataclass(frozen=True)
class Lesson:
    """What came of teaching somebody in the classroom."""

    report: dict[str, Any]
    lines: list[str]
    warnings: list[str]
    unsaid: int
    closed: bool

    def understood(self, when: str) -> list[str | None]:
        return [take[when]["understood"] for take in self.report["takes"]]

    def sure(self, when: str) -> int:
        return sum(take[when]["sure"] for take in self.report["takes"])


class RememberingRecogniser:
    """One real recogniser for all lessons, which is asked once about the same sound and phrases."""

    def __init__(self, process: RecogniserProcess) -> None:
        self._process = process
        self._verdicts: dict[tuple[bytes, tuple[Phrase, ...], bool], Verdict] = {}
        self._asked: deque[tuple[int, tuple[bytes, tuple[Phrase, ...], bool], bool]] = deque()

    def wait_ready(self) -> None:
        self._process.wait_ready()

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        about = sound.tobytes(), tuple(phrases), writes
        known = about in self._verdicts
        self._asked.append((ticket, about, known))
        if not known:
            self._process.submit(ticket, sound, phrases, writes=writes)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        if not self._asked:
            return None
        ticket, about, known = self._asked[0]
        if not known:
            decided = self._process.collect(wait)
            if decided is None:
                return None
            assert decided[0] == ticket
            self._verdicts[about] = decided[1]
        self._asked.popleft()
        return ticket, self._verdicts[about]

    def close(self) -> None:
        """Wait for what is still owed to this lesson; the next one goes on with the process."""
        while self._asked:
            self.collect(wait=True)


class Classroom:
    """Teaches whoever says something, with what was taught in one file."""

    def __init__(self, file: Path, prompts: Path, recogniser: RememberingRecogniser) -> None:
        self.file = file
        self._prompts = prompts
        self._recogniser = recogniser

    def __call__(
        self,
        said: Sequence[str],
        voice: str = MAN,
        *,
        gains_db: Sequence[float] = (),
        deciding: Callable[[RecogniserAtWork], Deciding] = VirtualDeciding,
        dead_microphone: bool = False,
    ) -> Lesson:
        gains = [*gains_db, *[0.0] * len(said)]
        sounds = [spoken(text, voice) * np.float32(10 ** (gain / 20)) for text, gain in zip(said, gains, strict=False)]
        somebody = Somebody(sounds, FIRST_REQUEST)
        room = RoomAsDevice(somebody)
        if dead_microphone:
            room.exchange = np.zeros_like  # type: ignore[method-assign, assignment]
        parts = Parts(
            open_device=lambda *_: room, clock_seconds=None, deciding=deciding, prompts_folder=self._prompts
        )  # fmt: skip
        lines: list[str] = []
        warnings: list[str] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(taught_tasks, "full_name", lambda *_: HERE.microphone)
            patch.setattr(enrolment, "RecogniserProcess", lambda _: self._recogniser)
            report = teach_and_keep(parts, english(), self.file, TODAY, lines.append, warnings.append)
        return Lesson(report, lines, warnings, len(sounds), room.closed)


@pytest.fixture(scope="session")
def teaching_prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("teaching")


@pytest.fixture(scope="session")
def recogniser() -> Iterator[RememberingRecogniser]:
    with closing(RecogniserProcess()) as process:
        yield RememberingRecogniser(process)


@pytest.fixture
def classroom(tmp_path: Path, teaching_prompts: Path, recogniser: RememberingRecogniser) -> Classroom:
    return Classroom(tmp_path / "taught.json", teaching_prompts, recogniser)
