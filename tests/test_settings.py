"""What is remembered: kept whole, read back, and never in the way of a session."""

import threading
from pathlib import Path

import pytest

from voicecoach.settings import Remembered, Settings, settings_file
from voicecoach.small_files import replace_whole


@pytest.fixture
def warnings() -> list[str]:
    return []


def test_what_was_remembered_is_there_the_next_time(tmp_path: Path, warnings: list[str]) -> None:
    file = tmp_path / "deep" / "settings.json"
    first = Remembered(file, warnings.append)
    assert first.settings == Settings(None, None, None)
    first.remember(voice="female", microphone="USB PnP")
    first.remember(speaker="Büro")
    first.remember(microphone=None)
    again = Remembered(file, warnings.append)
    assert again.settings == first.settings == Settings(voice="female", microphone=None, speaker="Büro")
    assert list(file.parent.iterdir()) == [file]
    assert warnings == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"voice": 3}', b'{"speaker": ["x"]}'])
def test_a_damaged_file_is_one_sentence_and_replaced_by_the_next_change(
    tmp_path: Path, warnings: list[str], content: bytes
) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    remembered = Remembered(file, warnings.append)
    assert remembered.settings == Settings()
    (warning,) = warnings
    assert str(file) in warning
    assert "\n" not in warning
    remembered.remember(voice="female")
    assert Remembered(file, warnings.append).settings.voice == "female"
    assert len(warnings) == 1


def test_settings_of_a_later_version_are_understood(tmp_path: Path, warnings: list[str]) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"voice": "female", "colour": "blue"}', encoding="utf-8")
    assert Remembered(file, warnings.append).settings.voice == "female"
    assert warnings == []


def test_what_cannot_be_read_or_kept_is_said_in_a_sentence_and_nothing_else(
    tmp_path: Path, warnings: list[str]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    remembered = Remembered(in_the_way / "settings.json", warnings.append)
    assert "can't be read (Not a directory)" in warnings[0]
    remembered.remember(voice="female")
    assert "can't be kept" in warnings[1]
    assert remembered.settings.voice == "female"
    assert len(warnings) == 2


def test_a_change_that_is_broken_off_leaves_the_old_file_whole(
    tmp_path: Path, warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.json"
    remembered = Remembered(file, warnings.append)
    remembered.remember(voice="female")

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as out:
            out.write(data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    remembered.remember(voice="british")
    assert "No space left on device" in warnings[0]
    assert Remembered(file, warnings.append).settings.voice == "female"
    assert list(tmp_path.iterdir()) == [file]


def test_the_file_is_in_the_folder_for_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_file() == tmp_path / "voicecoach" / "settings.json"


def test_a_disk_that_takes_its_time_holds_nothing_up_and_has_the_last_word_in_the_end(
    tmp_path: Path, warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    disk_goes_on = threading.Event()

    def slowly(file: Path, content: bytes) -> None:
        disk_goes_on.wait()
        replace_whole(file, content)

    monkeypatch.setattr("voicecoach.settings.replace_whole", slowly)
    remembered = Remembered(tmp_path / "settings.json", warnings.append)
    remembered.remember_meanwhile(voice="female")
    remembered.remember_meanwhile(country="GB")
    assert not (tmp_path / "settings.json").exists()
    disk_goes_on.set()
    remembered.settle()
    assert Remembered(tmp_path / "settings.json", warnings.append).settings == Settings(voice="female", country="GB")
    assert warnings == []
