"""A test at the person's own pace, and the position before each set and after whatever held it up."""

import pytest

from tests.session.puppet import Puppet
from voicecoach.samples import samples
from voicecoach.session import actions, events


def lifting(side: str = "other") -> Puppet:
    puppet = Puppet().go_until_asked("slump_lift")
    if side == "sore":
        puppet.answer()
        puppet.go_until_asked("slump_lift")
    puppet.wait()
    return puppet


def test_both_legs_are_lifted_in_the_same_words_once_the_person_is_slumped() -> None:
    puppet = Puppet({"side": "left"}).go_until_asked("slump_familiar")
    said = [line for say in puppet.speech for line in say.lines if line.prompt in ("slump_position?", "slump_lift?")]
    assert [(line.prompt, line.values["side"]) for line in said] == [
        ("slump_position?", "right"), ("slump_lift?", "right"), ("slump_lift?", "left"),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["there", "yes"])
def test_a_word_for_it_has_the_foot_lowered_without_being_said_back_or_checked(said: str) -> None:
    puppet = lifting()
    puppet.hear(said, sure=False)
    assert puppet.said() == ["slump_lower"]
    assert puppet.session.memory.taken is None


def test_a_lift_lasts_until_the_person_says_so_and_silence_asks_again_after_twenty_seconds() -> None:
    puppet = lifting()
    silent_from = puppet.now
    puppet.wait()
    assert (puppet.now - silent_from, puppet.said()) == (samples(20), ["slump_lift?again"])
    while puppet.session.memory.awaited is not None or puppet.said() != ["rest_until_voice"]:
        puppet.wait()
        assert "slump_lower" not in puppet.prompts()
    puppet.hear("yes")
    assert puppet.said() == ["slump_position?short"]


@pytest.mark.parametrize("command", ["repeat", "explain", "louder"])
def test_what_interrupts_nothing_leaves_the_person_in_position(command: str) -> None:
    puppet = lifting()
    puppet.hear(command)
    assert puppet.asking == actions.Asking("slump_lift", 0)


@pytest.mark.parametrize("command", ["pause", "stop", "it_hurts"])
def test_after_what_holds_it_up_the_position_is_taken_again_on_the_same_side(command: str) -> None:
    puppet = lifting("sore")
    puppet.hear(command)
    if command != "it_hurts":
        puppet.hear("resume")
    puppet.go_until_asked("slump_position").answer()
    assert puppet.said() == ["slump_lift?"]
    assert puppet.speech[-1].lines[0].values["side"] == "left"
    puppet.go_until_asked("slump_familiar")


def test_the_head_comes_up_last_and_the_position_leads_back_to_the_foot() -> None:
    puppet = Puppet().go_until_asked("third_head")
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("slump_position").answer()
    assert puppet.asking == actions.Asking("slump_lift", 0)
    puppet.answer()
    assert puppet.asking == actions.Asking("third_head", 0)


def test_each_set_begins_once_the_person_is_in_position_from_the_second_on_in_short() -> None:
    puppet = Puppet().go_to_the_end()
    assert [key for key in puppet.prompts() if key.startswith("floss_ready?")] == [
        "floss_ready?", "floss_ready?short", "floss_ready?short",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["pause", "stop", "it_hurts"])
def test_a_set_goes_on_after_a_restart_once_the_person_is_in_position(command: str) -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    puppet.hear(command)
    if command != "it_hurts":
        puppet.hear("resume")
    puppet.go_until_asked("floss_ready")
    assert puppet.said() == ["floss_ready?short"]
    assert len(puppet.notes(actions.RepetitionBegun)) == 3
    puppet.answer()
    assert puppet.notes(actions.RepetitionBegun)[-1] == actions.RepetitionBegun(1, 3)


def test_a_pause_while_the_position_is_taken_asks_for_it_again_in_the_end() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("floss_ready").answer()
    assert puppet.notes(actions.RepetitionBegun) == [actions.RepetitionBegun(1, 1)]


def test_repeat_in_a_set_begins_the_repetition_again_at_once() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    puppet.hear("repeat")
    assert puppet.notes(actions.RepetitionBegun)[-2:] == [actions.RepetitionBegun(1, 3)] * 2


def test_a_set_that_ends_before_its_position_is_taken_takes_no_answer_more() -> None:
    puppet = Puppet().go_until_asked("floss_ready")
    puppet.hear("skip")
    assert "yes" not in puppet.listening


def test_somebody_who_climbs_onto_the_table_has_a_minute_of_peace() -> None:
    puppet = Puppet().go_until_asked("seated")
    puppet.wait()
    silent_from = puppet.now
    puppet.wait()
    assert (puppet.now - silent_from, puppet.said()) == (samples(60), ["seated?again"])


def test_a_standstill_while_a_foot_is_lifted_has_the_position_taken_again() -> None:
    puppet = lifting()
    puppet.tell(events.TimePassed(puppet.now + samples(5), 5.0))
    assert puppet.said() == ["slump_position?short"]


def test_having_the_foot_lowered_cannot_be_skipped() -> None:
    puppet = lifting()
    puppet.hear("there")
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]


def test_a_leg_that_was_lowered_as_it_hurt_is_not_lowered_again_by_a_stop() -> None:
    puppet = lifting()
    puppet.hear("it_hurts")
    puppet.go_until_asked("pain_now").wait()
    puppet.hear("stop")
    assert puppet.said() == ["stopped_still"]


def test_a_cry_while_a_foot_is_lifted_hurts_and_before_it_is_lifted_means_nothing() -> None:
    puppet = lifting()
    puppet.hear("ow")
    assert puppet.go_until_asked("pain_now").notes(actions.Obeyed)[-1] == actions.Obeyed("it_hurts")
    puppet = Puppet().go_until_asked("slump_position")
    puppet.wait()
    puppet.hear("ow")
    assert puppet.notes(actions.Obeyed) == []


@pytest.mark.parametrize(("question", "is_up"), [("slump_position", False), ("slump_lift", True)])
def test_the_foot_is_lowered_for_somebody_in_distress_once_it_may_be_lifted(question: str, is_up: bool) -> None:
    puppet = Puppet().go_until_asked(question)
    puppet.hear("faint")
    assert ("distress_lower" in puppet.said()) == is_up
