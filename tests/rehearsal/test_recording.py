"""A recording and its transcript are whole, or not there."""

import resource
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.rehearsal.recording import Recording


def block(level: float) -> Samples:
    return np.full(320, level, np.float32)


def test_the_coach_is_left_and_the_person_right(tmp_path: Path) -> None:
    with Recording(tmp_path / "new" / "folder", "calf-default-0") as recording:
        recording.write(block(0.25), block(-0.5))
        recording.write(block(0.0), block(0.125))
        recording.write_line("00:00.0  coach  Grüß Gott.")
    sound, rate = soundfile.read(recording.wav, dtype="float32")
    assert rate == 16000
    assert np.array_equal(sound[:, 0], np.concatenate([block(0.25), block(0.0)]))
    assert np.array_equal(sound[:, 1], np.concatenate([block(-0.5), block(0.125)]))
    assert recording.transcript.read_text(encoding="utf-8") == "00:00.0  coach  Grüß Gott.\n"
    assert recording.seconds == 0.04
    assert sorted(file.name for file in recording.wav.parent.iterdir()) == ["calf-default-0.txt", "calf-default-0.wav"]


def test_nothing_has_its_name_before_the_end(tmp_path: Path) -> None:
    with Recording(tmp_path, "x") as recording:
        recording.write(block(0.1), block(0.1))
        assert not recording.wav.exists()
        assert not recording.transcript.exists()


def _record_and_raise(folder: Path, level: float, trouble: type[BaseException]) -> None:
    with Recording(folder, "x") as recording:
        recording.write(block(level), block(level))
        recording.write_line("hello")
        raise trouble


@pytest.mark.parametrize("trouble", [VoicecoachError, KeyboardInterrupt, ZeroDivisionError])
def test_trouble_inside_leaves_nothing(tmp_path: Path, trouble: type[BaseException]) -> None:
    with pytest.raises(trouble):
        _record_and_raise(tmp_path, 0.1, trouble)
    assert list(tmp_path.iterdir()) == []


def test_trouble_inside_leaves_an_older_recording_as_it_was(tmp_path: Path) -> None:
    with Recording(tmp_path, "x") as recording:
        recording.write(block(0.25), block(0.25))
    with pytest.raises(ZeroDivisionError):
        _record_and_raise(tmp_path, 0.5, ZeroDivisionError)
    assert soundfile.read(tmp_path / "x.wav")[0].max() == 0.25


def test_a_new_recording_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    for line in ("a long line of the first", "second"):
        with Recording(tmp_path, "x") as recording:
            recording.write_line(line)
    assert recording.transcript.read_text(encoding="utf-8") == "second\n"


def _refusal(folder: Path) -> str:
    with pytest.raises(VoicecoachError) as refused:
        Recording(folder, "x")
    message = str(refused.value)
    assert message.endswith("choose another --output.")
    assert "\n" not in message
    return message


def test_a_folder_that_cannot_be_written_is_one_sentence_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    assert str(file) in _refusal(file)
    assert str(file / "deeper") in _refusal(file / "deeper")
    assert file.read_text(encoding="utf-8") == "in the way"


def test_a_transcript_that_cannot_be_begun_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.txt.part").mkdir()
    _refusal(tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_recording_that_cannot_be_begun_leaves_no_transcript(tmp_path: Path) -> None:
    (tmp_path / "x.wav.part").mkdir()
    _refusal(tmp_path)
    assert not (tmp_path / "x.txt.part").exists()


@pytest.fixture
def disk_of_20_kb() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _fill_the_disk(recording: Recording, *, with_sound: bool) -> None:
    with recording:
        for _ in range(400):
            if with_sound:
                recording.write(block(0.1), block(0.1))
            recording.write_line("x" * 100)


@pytest.mark.usefixtures("disk_of_20_kb")
def test_a_disk_too_full_for_the_sound_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(VoicecoachError, match="choose another --output"):
        _fill_the_disk(Recording(tmp_path, "x"), with_sound=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("disk_of_20_kb")
def test_a_disk_too_full_for_the_transcript_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(VoicecoachError, match="choose another --output"):
        _fill_the_disk(Recording(tmp_path, "x"), with_sound=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", ["x.wav", "x.txt"])
def test_a_folder_in_the_place_of_a_file_is_one_sentence_and_leaves_no_half(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken / "something").mkdir(parents=True)
    with pytest.raises(VoicecoachError, match="choose another --output"), Recording(tmp_path, "x") as recording:
        recording.write(block(0.1), block(0.1))
    assert [file.name for file in tmp_path.iterdir()] == [taken]
