"""Programmes by name and by path."""

from pathlib import Path

import pytest

from tests.programme.copies import Copy
from voicecoach.errors import VoicecoachError
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme


def test_every_built_in_programme_is_found_by_its_name_and_can_be_read() -> None:
    assert "calf" in built_in_programmes()
    for name in built_in_programmes():
        assert read_programme(programme_file(name)).id == name


def test_a_file_of_words_is_no_programme() -> None:
    assert not [name for name in built_in_programmes() if "." in name]


def test_a_programme_of_ones_own_is_found_by_its_path(copy: Copy) -> None:
    assert programme_file(str(copy.file)) == copy.file


def test_a_misspelled_name_is_met_with_the_right_one() -> None:
    with pytest.raises(VoicecoachError, match="There is no programme clf: did you mean calf"):
        programme_file("clf")


@pytest.mark.parametrize("name", ["", ".", "\0.toml", "/nowhere/mine.toml", "no such thing", "../calf"])
def test_a_name_without_programme_is_met_with_the_known_names(name: str) -> None:
    with pytest.raises(VoicecoachError, match=r"name one of .*calf.*, or the path of a \.toml file"):
        programme_file(name)


def test_a_folder_is_no_programme(tmp_path: Path) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(VoicecoachError, match="There is no programme"):
        programme_file(str(folder))


def test_a_name_that_is_too_long_for_a_file_is_no_programme() -> None:
    with pytest.raises(VoicecoachError, match="There is no programme"):
        programme_file("x" * 300 + ".toml")
