"""Which command installs an extra, wherever the program was installed."""

import sys
from pathlib import Path

import pytest

from voicecoach import extras
from voicecoach.extras import installing


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/ann/.local/share/pipx/venvs/voicecoach", "pipx install --force 'voicecoach[natural]'"),
        ("/home/ann/.local/share/uv/tools/voicecoach", "uv tool install --force 'voicecoach[natural]'"),
        ("/opt/coach", "/opt/coach/bin/pip install 'voicecoach[natural]'"),
        ("/opt/my coach", "'/opt/my coach/bin/pip' install 'voicecoach[natural]'"),
    ],
)
def test_an_extra_is_installed_as_the_program_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prefix: str, command: str
) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(extras, "_PROJECT", tmp_path)
    assert installing("natural") == command


def test_in_a_checkout_it_is_installed_from_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(extras, "_PROJECT", tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert installing("natural") == ".venv/bin/pip install --editable '.[natural]'"
    monkeypatch.setattr(sys, "prefix", "/opt/coach")
    assert installing("natural") == f"/opt/coach/bin/pip install --editable '{tmp_path}[natural]'"
