"""A new programme is small, valid, and never written over another file."""

from pathlib import Path

import pytest

from tests.session.puppet import Puppet
from voicecoach.errors import VoicecoachError
from voicecoach.programme.programme_files import begin_programme
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import read_words


@pytest.mark.parametrize("place", ["knee", "knee.toml", "deep/er/knee", "deep/er/knee.toml"])
def test_a_new_programme_can_be_read_and_gone_through_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file, words = begin_programme(place)
    assert (file, words) == (Path(place).with_suffix(".toml"), Path(place).with_suffix(".en.toml"))
    programme = read_programme(file)
    assert programme.id == "knee"
    assert read_words(programme, file, "en", None).prompts["welcome"]
    assert Puppet(programme=programme).go_to_the_end().session.memory.ended is Outcome.COMPLETE


@pytest.mark.parametrize("there", ["knee.toml", "knee.en.toml"])
def test_what_is_there_is_not_overwritten_and_nothing_is_written_beside_it(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(VoicecoachError, match=f"{there} is there already"):
        begin_programme(str(tmp_path / "knee"))
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [(there, "mine")]


@pytest.mark.parametrize("name", ["My Knee", "9", "knee-2", "", "k" * 41, "knie\u00e4"])
def test_a_name_that_no_programme_can_have_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(VoicecoachError, match="can't be a programme's name"):
        begin_programme(str(tmp_path / f"{name}.toml"))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(VoicecoachError, match=r"can't be written \(.*\); choose another place"):
        begin_programme(str(tmp_path / "file" / "knee"))
