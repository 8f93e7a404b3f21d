"""The written-out script has all that is said and asked, and says where each answer leads."""

import pytest

from voicecoach.programme.printed_script import written_out
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.steps import Exercise
from voicecoach.programme.words import read_words


def script_of(name: str) -> str:
    programme = read_programme(programme_file(name))
    return "\n".join(written_out(programme, read_words(programme, programme_file(name), "en", "GB")))


@pytest.mark.parametrize("name", built_in_programmes())
def test_every_step_and_every_addition_and_all_that_is_said_is_in_the_script(name: str) -> None:
    programme = read_programme(programme_file(name))
    words = read_words(programme, programme_file(name), "en", "GB")
    script = script_of(name)
    assert programme.source in script
    for step in programme.steps:
        assert f". {step.id} (" in script
        assert (step.addition or "") in script
        short_cues = [f"{step.id}_{phase.id}" for phase in step.phases] if isinstance(step, Exercise) else []
        for key in step.said():
            assert words.prompts[key].partition("{")[0] in script or key in short_cues
    assert "{" not in script


def test_the_script_says_where_the_answers_lead() -> None:
    script = script_of("calf")
    assert "explained: Some pull is normal in both legs." in script
    assert "no: (go to knee_offer)" in script
    assert "(the session ends: no match)" in script
    assert "(the session ends: a warning sign)" in script
    assert "slump_familiar and slump_different: all yes is a match" in script
    assert "from 8: That was a lot." in script_of("calf_raise")
    assert "one_foot: (go to one_intro)" in script_of("calf_raise")


def test_the_script_says_how_much_is_done_and_what_is_pulled() -> None:
    calf = script_of("calf")
    assert "(slider: 3 x 25, until the pain is gone, 60 s rest, sore side)" in calf
    assert "down (move 1.5 s, hold 3 s; nerve: far end slack, near end pulled)" in calf
    assert "(held for 20 s, both sides, other side first)" in calf
    assert "--cautious: flossing sets 1, repetitions 10." in calf
    assert "(3 rounds of 40 s, 15 s rest between them)" in script_of("warm_up")
    assert "up (move 3 s, hold 0 s)" in script_of("calf_raise")
