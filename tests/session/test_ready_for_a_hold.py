"""A stretch begins, and a round begins again, once the person says that they are in position."""

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session


def test_each_side_is_asked_for_before_its_tone() -> None:
    puppet = Puppet({"side": "left"}).go_until_asked("glute_ready")
    assert puppet.speech[-1].lines[0].values["side"] == "right"
    ticks = len(puppet.notes(actions.Tick))
    for _ in range(3):
        puppet.wait()
    assert len(puppet.notes(actions.Tick)) == ticks
    puppet.go_until(lambda p: len(p.notes(actions.TimeKept)) == 1).go_until_asked("glute_ready")
    assert puppet.speech[-1].lines[0].values["side"] == "left"
    puppet.go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["glute", "glute", "knee"]


def test_an_interrupted_stretch_is_asked_for_again() -> None:
    puppet = Puppet().go_until(lambda p: "glute_start" in p.said())
    puppet.wait()
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("glute_ready").go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["glute", "glute", "knee"]


def test_a_stretch_can_be_skipped() -> None:
    puppet = Puppet().go_until(lambda p: "glute_start" in p.said())
    puppet.wait()
    puppet.hear("skip")
    puppet.go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["glute", "knee"]


def test_who_gets_down_and_finds_a_chair_or_a_bed_has_a_minute_of_peace() -> None:
    for question in ("glute_ready", "knee_ready"):
        puppet = Puppet().go_until_asked(question)
        puppet.wait()
        silent_from = puppet.now
        puppet.wait()
        assert (puppet.now - silent_from, puppet.said()) == (samples(60), [f"{question}?again"])


def in_a_round(number: int, *, at_rest: bool = False) -> Puppet:
    """Return somebody in a round of the warm-up or, `at_rest`, in the rest after it."""
    begun = Puppet(programme=PROGRAMMES["warm_up"]).go_until(lambda p: p.prompts().count("round_intro") == number)
    return begun.go_until(lambda p: p.said() == ["rest"] if at_rest else len(p.said()) == 1)


@pytest.mark.parametrize("command", ["pause", "stop", "it_hurts"])
@pytest.mark.parametrize("at_rest", [False, True])
def test_a_round_goes_on_once_whoever_sat_down_stands_again(command: str, at_rest: bool) -> None:
    puppet = in_a_round(2, at_rest=at_rest)
    puppet.hear(command)
    if command != "it_hurts":
        puppet.hear("resume")
    puppet.go_until_asked("round_ready")
    assert puppet.prompts().count("round_intro") == 2
    puppet.answer()
    (said,) = (line for line in puppet.speech[-1].lines if line.prompt == "round_intro")
    assert said.values["number"] == (3 if at_rest else 2)
    assert puppet.go_to_the_end().session.memory.rounds == 6


@pytest.mark.parametrize("command", ["pause", "stop"])
@pytest.mark.parametrize("at_rest", [False, True])
def test_skip_leads_from_a_pause_or_a_stop_to_no_round_before_anybody_is_asked(command: str, at_rest: bool) -> None:
    puppet = in_a_round(1, at_rest=at_rest)
    puppet.hear(command)
    puppet.hear("skip")
    assert puppet.asking == actions.Asking("anything_new", 0)
    puppet.go_until_asked("round_ready")
    assert puppet.prompts().count("round_intro") == 1


def test_skip_leads_from_a_lost_microphone_to_no_round() -> None:
    puppet = in_a_round(1, at_rest=True)
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.hear("skip")
    assert puppet.asking == actions.Asking("round_ready", 0)


def test_an_uninterrupted_warm_up_asks_nobody_whether_they_stand_again() -> None:
    prompts = Puppet(programme=PROGRAMMES["warm_up"]).go_to_the_end().prompts()
    assert "round_ready?" not in prompts


def test_the_last_words_of_the_rounds_are_not_followed_by_another_round() -> None:
    puppet = in_a_round(3).go_until(lambda p: "rounds_done" in p.said())
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("pain_set_1")
    assert puppet.session.memory.rounds == 3


def test_a_question_in_the_rest_between_rounds_leaves_it_as_it_is() -> None:
    puppet = in_a_round(2, at_rest=True)
    puppet.hear("how_many_left")
    puppet.go_until(lambda p: p.prompts().count("round_intro") == 3)
    assert "round_ready?" not in puppet.prompts()


def test_a_session_that_broke_off_in_a_round_has_the_person_stand_again() -> None:
    saved = in_a_round(2).session.save()
    again = Puppet(programme=PROGRAMMES["warm_up"], session=Session.restore(PROGRAMMES["warm_up"], saved))
    again.go_until_asked("round_ready").go_to_the_end()
    assert again.session.memory.rounds == 6
