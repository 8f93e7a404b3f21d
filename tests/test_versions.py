"""What `voicecoach --version` tells: enough to know what a report of an error is about."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach import __version__, cli

PINNED = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def shown() -> list[str]:
    result = CliRunner().invoke(cli.voicecoach, ["--version"])
    assert result.exit_code == 0
    return result.output.splitlines()


def test_the_version_comes_first_and_each_engine_with_its_own() -> None:
    lines = shown()
    assert lines[0].startswith(f"voicecoach {__version__} (Python 3.")
    pins = dict(pin.split("==") for pin in PINNED["dependencies"])
    engines = ("moonshine-voice", "onnxruntime", "vosk", "pyttsx3", "sounddevice")
    assert [name for name in engines if f"{name} {pins[name]}" not in "\n".join(lines)] == []
    assert "moonshine-tiny-en" in lines[1]


def test_a_model_that_was_added_is_named_with_its_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = tmp_path / "vosk-model-small-en-us-0.15"
    for file in ("am/final.mdl", "conf/model.conf", "graph/HCLG.fst"):
        (model / file).parent.mkdir(parents=True, exist_ok=True)
        (model / file).write_bytes(b"x")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(model))
    assert "vosk-model-small-en-us-0.15 (en)" in "\n".join(shown())
