"""Which models are found, and where."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.cli import voicecoach
from voicecoach.models import catalogue
from voicecoach.models.catalogue import installed_model, installed_models, known_downloads, missing_files

from .conftest import FILES


def put_model(folder: Path) -> Path:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "models_folder", lambda: tmp_path / "models")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VOSK_MODEL_PATH", raising=False)


def test_the_english_model_is_known_by_size_and_hash() -> None:
    (english,) = known_downloads().values()
    assert (english.language, english.size_bytes, len(english.sha256)) == ("en", 41_205_931, 64)


def test_a_named_model_is_preferred_to_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_model(tmp_path / "models" / "vosk-model-small-fr-0.22")
    own = put_model(tmp_path / "own" / "vosk-model-fr-0.6")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(tmp_path / "own"))
    french = [model.name for model in installed_models() if model.language == "fr"]
    assert french == [own.name, "vosk-model-small-fr-0.22"]
    assert installed_model("fr") == installed_models()[0]


def test_a_model_that_lacks_a_file_is_not_there(tmp_path: Path) -> None:
    folder = put_model(tmp_path / "home" / ".cache" / "vosk" / "vosk-model-small-fr-0.22")
    assert installed_model("fr") is not None
    (folder / "am" / "final.mdl").unlink()
    assert missing_files(folder) == ["am/final.mdl"]
    assert installed_model("fr") is None


def test_the_korean_package_is_a_model() -> None:
    korean = installed_model("ko")
    assert korean is not None
    assert missing_files(korean.folder) == []


def test_the_list_of_models_as_json_says_where_each_is() -> None:
    listed = json.loads(CliRunner().invoke(voicecoach, ["models", "list", "--json"]).stdout)["models"]
    assert listed[0] == {"name": "moonshine-tiny-en", "language": "en", "state": "built in", "licence": "MIT"}
    assert {one["state"] for one in listed} <= {"built in", "here", "can be fetched"}
    assert {one["name"] for one in listed} >= known_downloads().keys()
