"""Breathing in time: said and ticked, foreseen, written out, checked, and never before the screening."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.session.puppet import Puppet
from voicecoach.errors import VoicecoachError
from voicecoach.programme.line import Line
from voicecoach.programme.printed_script import written_out
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words
from voicecoach.proving.programme_check import check_programme
from voicecoach.samples import samples
from voicecoach.session import actions
from voicecoach.session.core import Session
from voicecoach.signals import Signal

BREATHE = """[[steps]]
kind = "breathe"
id = "calm"
in_seconds = 3
out_seconds = 4.5
rounds = 3
"""
SCREEN = """[[steps]]
kind = "screen"
id = "screening"
questions = [{ id = "chest", action = "emergency" }]
"""
PAIN = """[[steps]]
kind = "pain"
id = "pain_before"
"""
FILE = f"""id = "calm_down"
title = "Calming down"
source = "a test"
pain = {{ ease_from = 4, stop_from = 6, stop_rise = 2 }}
{SCREEN}{PAIN}{BREATHE}[[steps]]
kind = "summary"
id = "summary"
"""
WORDS = {
    "en": """[prompts]
emergency = "Call {emergency_number}."
[questions.chest]
ask = "Do you have chest pain?"
again = "Does your chest hurt?"
name = "Chest pain."
echoes = ["chest"]
[questions.pain_before]
ask = "How strong is your pain, from zero to ten?"
again = "Please say a number for your pain."
echoes = ["0", "10"]
""",
    "ko": """[prompts]
emergency = "{emergency_number}에 전화하세요."
[questions.chest]
ask = "가슴이 아프세요?"
again = "가슴에 통증이 있나요?"
name = "가슴 통증."
[questions.pain_before]
ask = "통증이 얼마나 심한가요?"
again = "통증을 숫자로 말해 주세요."
""",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "calm_down.toml"
    file.write_text(FILE, encoding="utf-8")
    for language, words in WORDS.items():
        file.with_name(f"calm_down.{language}.toml").write_text(words, encoding="utf-8")
    return file


@pytest.fixture
def programme(file: Path) -> Programme:
    return read_programme(file)


def breathing(programme: Programme, times: int) -> Puppet:
    """Return a session in which so many breaths in have begun."""
    return Puppet(programme=programme).go_until(lambda p: p.prompts().count("breathe_in") == times)


def begun(puppet: Puppet) -> list[tuple[str, int]]:
    """Return the breaths, each with its way and the moment when it began, from the end of the introduction on."""
    found: list[tuple[str, int]] = []
    while puppet.session.memory.ended is None and puppet.said() != ["breathe_done"]:
        if puppet.said()[0] in ("breathe_in", "breathe_out"):
            found.append((puppet.said()[0], puppet.now))
        puppet.step()
    return [*found, ("end", puppet.now)]


def test_its_check_finds_nothing_and_walks_through_all_that_can_happen(file: Path) -> None:
    report = check_programme(file)
    assert [str(problem) for problem in report.problems] == []
    assert report.coverage is not None
    assert report.coverage.covered == report.coverage.total > 0


def test_every_breath_lasts_exactly_as_long_as_it_says_and_its_seconds_tick(programme: Programme) -> None:
    puppet = breathing(programme, 1)
    first = puppet.now
    told = begun(puppet)
    assert [way for way, _ in told] == ["breathe_in", "breathe_out"] * 3 + ["end"]
    starts = [0.0, 3, 7.5, 10.5, 15, 18, 22.5]
    assert [at - first for _, at in told] == list(map(samples, starts))
    ticks = [start + second for start in starts[:-1] for second in range(1, 5 if start % 7.5 else 3)]
    assert [at - first for at in puppet.signals(Signal.SECOND)] == list(map(samples, ticks))
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE


@pytest.mark.parametrize(("needed", "name", "kind"), [(SCREEN, "screening", "screen"), (PAIN, "a pain score", "pain")])
def test_nobody_breathes_in_time_before_the_screening_and_a_pain_score(
    file: Path, needed: str, name: str, kind: str
) -> None:
    file.write_text(FILE.replace(needed, "").replace(BREATHE, BREATHE + needed), encoding="utf-8")
    remedy = f'step "calm" begins before {name}; put a step with kind = "{kind}" before it'
    with pytest.raises(VoicecoachError, match=remedy):
        read_programme(file)


def test_a_session_refuses_it_where_the_screening_was_left_out(programme: Programme) -> None:
    unchecked = replace(programme, steps=programme.steps[1:])
    with pytest.raises(RuntimeError, match="calm was reached without screening"):
        Puppet(programme=unchecked).go_to_the_end()


def test_a_warning_sign_ends_the_session_before_it(programme: Programme) -> None:
    puppet = Puppet({"chest": "yes"}, programme).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert "breathe_intro" not in puppet.prompts()


def test_an_interrupted_breath_begins_again_and_those_before_it_count(programme: Programme) -> None:
    puppet = breathing(programme, 2)
    puppet.hear("pause")
    puppet.wait()
    puppet.hear("resume")
    assert puppet.said() == ["breathe_in"]
    assert [way for way, _ in begun(puppet)] == ["breathe_in", "breathe_out"] * 2 + ["end"]
    assert puppet.prompts().count("breathe_intro") == 1


def test_what_is_left_is_told_in_passing(programme: Programme) -> None:
    puppet = breathing(programme, 2)
    before = puppet.session.memory.wake_at
    assert actions.Silence() not in puppet.hear("how_many_left")
    assert puppet.speech[-1].lines == (Line("breathe_left", {"rounds": 2}),)
    puppet.hear("explain")
    assert puppet.said() == ["breathe_explain"]
    assert puppet.session.memory.wake_at == before


def test_it_can_be_skipped(programme: Programme) -> None:
    puppet = breathing(programme, 1)
    assert actions.Silence() in puppet.hear("skip")
    assert puppet.said() == ["breathe_done"]
    assert puppet.go_to_the_end().prompts().count("breathe_in") == 1


def test_a_session_saved_in_it_goes_on_where_it_was(programme: Programme) -> None:
    puppet = breathing(programme, 2)
    restored = Session.restore(programme, puppet.session.save())
    assert restored.save() == puppet.session.save()


@pytest.mark.parametrize("language", WORDS)
def test_all_that_it_says_is_known_ahead_and_written_out(file: Path, language: str) -> None:
    programme, words = read_with_words(str(file), language)
    known = known_ahead(programme, words)
    puppet = Puppet(programme=programme)
    puppet.go_until(lambda p: "breathe_in" in p.prompts())
    for command in ("how_many_left", "explain"):
        puppet.hear(command)
    assert _unknown(puppet.go_to_the_end(), words, known) == []
    assert words.text(Line("breathe_left", {"rounds": 1})) in known
    script = "\n".join(written_out(programme, words))
    assert "calm (breathe)" in script
    assert "(3 x 3 s in, 4.5 s out)" in script
    assert words.text(Line("breathe_out")) in script


def _unknown(puppet: Puppet, words: Words, known: list[str]) -> list[str]:
    said = [line for say in puppet.speech for line in say.lines if line.prompt.startswith("breathe")]
    return [text for text in map(words.text, said) if text not in known]
