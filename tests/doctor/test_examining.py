"""The whole examination in the simulated room: what happens in the middle of it, and on a clock of one's own."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from tests.doctor.portaudio_doctor import Somebody
from voicecoach.blocks import Block, Samples
from voicecoach.doctor.doctor_words import read_doctor_words
from voicecoach.doctor.examination import Examination, Parts
from voicecoach.doctor.findings import Finding, session_can_run
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import RecogniserDied
from voicecoach.hearing.verdicts import RecogniserAtWork, VirtualDeciding
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words
from voicecoach.samples import samples
from voicecoach.sound.player import Player
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

BLOCK_SECONDS = 0.02


class RoomAsDevice(Room):
    """A simulated room in place of a device."""

    def __init__(self, somebody: Somebody, underruns_at_seconds: float | None = None) -> None:
        super().__init__(somebody, RoomSettings(), seed=0)
        self.underruns = 0
        self.closed = False
        self._underruns_at_seconds = underruns_at_seconds

    def next_block(self, player: Player) -> Block:
        block = super().next_block(player)
        if self._underruns_at_seconds is not None and block.at == samples(self._underruns_at_seconds):
            self.underruns += 1
        return block

    def close(self) -> None:
        self.closed = True


class DyingDeciding:
    """A recogniser whose process ends when it is asked."""

    def __init__(self, recogniser: RecogniserAtWork) -> None:
        del recogniser
        self._asked = False

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], at: int, *, writes: bool = False) -> None:
        del ticket, sound, phrases, at, writes
        self._asked = True

    def collect(self, at: int) -> tuple[int, Verdict] | None:
        del at
        if self._asked:
            raise RecogniserDied("The speech recogniser's process ended unexpectedly; start the program again.")
        return None


@pytest.fixture(scope="module")
def words() -> Words:
    file = programme_file("calf")
    return read_words(read_programme(file), file, "en", None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prompts")


@pytest.fixture
def somebody() -> Somebody:
    return Somebody([Pyttsx3Voice("gmw/en-us+m3").render("yes")])


def found(parts: Parts, words: Words) -> dict[str, Finding]:
    return {finding.check: finding for finding in Examination(parts, words, read_doctor_words("en")).run()}


def not_ok(findings: dict[str, Finding]) -> dict[str, str]:
    return {check: finding.state for check, finding in findings.items() if finding.state != "ok"}


def test_a_recogniser_that_dies_meanwhile_is_a_problem_and_the_rest_goes_on(
    words: Words, folder: Path, somebody: Somebody
) -> None:
    room = RoomAsDevice(somebody)
    parts = Parts(open_device=lambda *_: room, clock_seconds=None, deciding=DyingDeciding, prompts_folder=folder)
    findings = found(parts, words)
    assert not_ok(findings) == {"recogniser": "problem"}
    assert "ended unexpectedly" in findings["recogniser"].what
    assert "playback" in findings
    assert room.closed


def late(by_seconds: float, block: int) -> Iterator[float]:
    """Arrival times at an even pace, but for one block."""
    return (BLOCK_SECONDS * n + by_seconds * (n == block) for n in count())


@pytest.mark.parametrize(("by_seconds", "state"), [(0.0, "ok"), (0.07, "ok"), (0.09, "warning")])
def test_a_block_that_comes_late_is_a_warning(
    words: Words, folder: Path, somebody: Somebody, by_seconds: float, state: str
) -> None:
    arrivals = late(by_seconds, 250)
    room = RoomAsDevice(somebody)
    parts = Parts(
        open_device=lambda *_: room, clock_seconds=lambda: next(arrivals), deciding=VirtualDeciding,
        prompts_folder=folder,
    )  # fmt: skip
    timing = found(parts, words)["timing"]
    assert timing.state == state
    assert timing.values["longest_gap_ms"] == pytest.approx(1000 * (BLOCK_SECONDS + by_seconds), abs=0.01)


def test_sound_at_another_speed_is_a_problem_and_nobody_is_asked(
    words: Words, folder: Path, somebody: Somebody
) -> None:
    arrivals = count(0, 2 * BLOCK_SECONDS)
    room = RoomAsDevice(somebody)
    parts = Parts(
        open_device=lambda *_: room, clock_seconds=lambda: next(arrivals), deciding=VirtualDeciding,
        prompts_folder=folder,
    )  # fmt: skip
    findings = found(parts, words)
    assert not_ok(findings) == {"timing": "problem"}
    assert "answer" not in findings
    assert not session_can_run(list(findings.values()))


@pytest.mark.parametrize(("at_seconds", "state"), [(0.0, "ok"), (12.0, "warning")])
def test_an_underrun_counts_when_it_is_in_the_ten_seconds(
    words: Words, folder: Path, somebody: Somebody, at_seconds: float, state: str
) -> None:
    room = RoomAsDevice(somebody, underruns_at_seconds=at_seconds)
    parts = Parts(open_device=lambda *_: room, clock_seconds=None, deciding=VirtualDeciding, prompts_folder=folder)
    assert found(parts, words)["timing"].state == state


def test_what_was_opened_is_closed_when_the_examination_is_left_early(
    words: Words, folder: Path, somebody: Somebody
) -> None:
    room = RoomAsDevice(somebody)
    parts = Parts(open_device=lambda *_: room, clock_seconds=None, deciding=VirtualDeciding, prompts_folder=folder)
    findings = Examination(parts, words, read_doctor_words("en")).run()
    assert any(finding.check == "noise" for finding in findings)
    findings.close()
    assert room.closed


def test_a_language_without_words_is_named() -> None:
    with pytest.raises(VoicecoachError, match="language xx"):
        read_doctor_words("xx")
