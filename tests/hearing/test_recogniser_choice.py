"""Which recogniser is opened, and with which model; which one is chosen is tested with Vosk."""

from importlib.metadata import version
from pathlib import Path
from typing import Literal

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import MOONSHINE, RecogniserChoice, open_recogniser


@pytest.mark.parametrize(("engine", "why"), [("vosk", "no whole Vosk model"), ("moonshine", "encoder")])
def test_an_engine_is_opened_with_the_model_in_the_folder_that_was_chosen(
    tmp_path: Path, engine: Literal["moonshine", "vosk"], why: str
) -> None:
    choice = RecogniserChoice(engine, "en", tmp_path / "a model")
    with pytest.raises(VoicecoachError, match=why) as raised:
        open_recogniser(choice)
    assert "a model" in str(raised.value)


@pytest.mark.parametrize(("engine", "package"), [("vosk", "vosk"), ("moonshine", "moonshine-voice")])
def test_a_recogniser_is_named_with_the_version_of_its_own_package(
    tmp_path: Path, engine: Literal["moonshine", "vosk"], package: str
) -> None:
    choice = RecogniserChoice(engine, "en", tmp_path)
    assert choice.with_version == f"{choice.name} ({package} {version(package)})"


def test_where_no_figures_exist_for_a_recogniser_that_is_said(tmp_path: Path) -> None:
    other = RecogniserChoice("vosk", "en", tmp_path / "vosk-model-small-en-us-0.15")
    assert MOONSHINE.announcement == "Recogniser: moonshine-tiny-en."
    assert other.announcement.startswith("Recogniser: vosk vosk-model-small-en-us-0.15; no figures exist for it")
