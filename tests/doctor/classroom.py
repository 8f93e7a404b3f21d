"""A simulated room in which somebody is taught, with the real recogniser and rendered voices."""

from collections.abc import Callable, Sequence
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
from voicecoach.doctor import taught_tasks
from voicecoach.doctor.examination import Parts
from voicecoach.doctor.taught_tasks import teach_and_keep
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


class Classroom:
    """Teaches whoever says something, with what was taught in one file."""

    def __init__(self, file: Path, prompts: Path) -> None:
        self.file = file
        self._prompts = prompts

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
            report = teach_and_keep(parts, english(), self.file, TODAY, lines.append, warnings.append)
        return Lesson(report, lines, warnings, len(sounds), room.closed)


@pytest.fixture(scope="session")
def teaching_prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("teaching")


@pytest.fixture
def classroom(tmp_path: Path, teaching_prompts: Path) -> Classroom:
    return Classroom(tmp_path / "taught.json", teaching_prompts)
