"""The last words, whatever the end: what was done, how the pain changed, what to do next, thanks and goodbye."""

import pytest

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening, Previous

LAST_TIME = Opening(previous=Previous(side="left", pain_first=4, pain_last=3))


def last_words(puppet: Puppet) -> list[str]:
    """Go to the end; return what was said from the moment on at which the session began to end."""
    puppet.go_until(lambda p: p.session.ending is not None)
    said = puppet.said()
    puppet.go_to_the_end()
    return said


def in_the_second_set(opening: Opening | None = None, **answers: str) -> Puppet:
    puppet = Puppet({"pain_before": "3", "pain_set_1": "2", **answers}, opening=opening)
    return puppet.go_until_repetition(2, 3)


def test_who_stops_is_told_what_was_done_and_how_the_pain_was() -> None:
    puppet = in_the_second_set()
    puppet.hear("stop")
    puppet.hear("stop")
    assert last_words(puppet) == [
        "finish_stopped", "summary_repetitions", "summary_pain_last", "summary_pain_same", "settle", "goodbye",
    ]  # fmt: skip
    assert puppet.session.memory.ended is Outcome.STOPPED
    (told,) = (line for speech in puppet.speech for line in speech.lines if line.prompt == "summary_repetitions")
    assert (told.values["repetitions"], told.values["sets"]) == (27, 2)


def test_pain_that_ends_it_is_told_with_what_it_was_before() -> None:
    puppet = Puppet({"pain_before": "2", "pain_set_1": "6", "pain_set_1_confirm": "yes"})
    said = last_words(puppet.go_until_repetition(1, 5))
    assert said[0] == "pain_limit"
    assert said[1:] == ["summary_repetitions", "summary_pain_last", "summary_pain_worse", "settle", "goodbye"]


def test_nothing_is_told_where_nothing_was_done() -> None:
    puppet = Puppet().go_until_asked("side")
    puppet.hear("stop")
    puppet.hear("stop")
    assert last_words(puppet) == ["finish_stopped", "goodbye"]


def test_silence_ends_with_what_was_done_too() -> None:
    puppet = in_the_second_set()
    puppet.go_until_asked("pain_set_2")
    while puppet.session.ending is None:
        puppet.wait()
    assert {"finish_unanswered", "summary_repetitions", "summary_pain_last", "goodbye"} <= set(puppet.said())


def test_where_help_is_needed_first_that_stays_the_last_word() -> None:
    assert last_words(Puppet({"chest": "yes", "chest_confirm": "yes"})) == ["emergency"]
    puppet = in_the_second_set()
    puppet.tell(events.Interrupted(puppet.now))
    assert puppet.said() == ["finish_interrupted"]
    puppet = in_the_second_set()
    puppet.hear("chest")
    puppet.go_until(lambda p: p.session.memory.awaited is None)
    puppet.hear("no")
    assert "goodbye" not in last_words(puppet)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_whole_session_tells_it_once_and_says_goodbye_last(name: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[name]).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    prompts = puppet.prompts()
    assert prompts[-2:] == ["settle", "goodbye"]
    assert prompts.count("summary_repetitions") + prompts.count("summary_rounds") + prompts.count("summary_none") == 1


@pytest.mark.parametrize(("side", "told"), [("left", True), ("right", False)])
def test_the_pain_is_told_against_last_time_where_it_was_the_same_side(side: str, told: bool) -> None:
    puppet = Puppet({"side": side, "pain_before": "3", "pain_after": "1"}, opening=LAST_TIME).go_to_the_end()
    lines = [line for speech in puppet.speech for line in speech.lines if line.prompt == "summary_last_time"]
    assert [(line.values["pain_before"], line.values["pain_after"]) for line in lines] == [(4, 3)] * told


def test_advice_that_an_end_gives_is_kept_for_the_next_session() -> None:
    puppet = in_the_second_set(pain_set_1="3")
    puppet.hear("stop")
    puppet.hear("stop")
    assert actions.ClinicianAdvised() not in puppet.actions
    puppet = Puppet({"pain_before": "2", "pain_set_1": "6", "pain_set_1_confirm": "yes"}).go_to_the_end()
    assert puppet.notes(actions.ClinicianAdvised) == [actions.ClinicianAdvised()]
    assert puppet.now > samples(1.0)


def test_pain_that_a_test_leaves_behind_is_told_and_kept_for_the_next_session() -> None:
    puppet = Puppet({"pain_before": "3", "pain_test": "7", "pain_test_confirm": "yes"}).go_until_asked("pain_test")
    assert last_words(puppet) == ["pain_limit", "summary_pain_last", "summary_pain_worse", "goodbye"]
    assert actions.ClinicianAdvised() in puppet.actions


def test_a_test_that_hurts_too_much_tells_how_the_pain_was() -> None:
    puppet = Puppet({"pain_before": "3", "pain_now": "4", "go_on": "no"}).go_until_asked("slump_lift")
    puppet.hear("it_hurts")
    assert last_words(puppet) == ["finish_hurt_in_test", "summary_pain_last", "summary_pain_same", "goodbye"]


def test_a_test_without_a_match_tells_the_pain_against_last_time() -> None:
    puppet = Puppet({"side": "left", "pain_test": "1", "slump_familiar": "no"}, opening=LAST_TIME)
    assert last_words(puppet) == [
        "no_match", "summary_pain_last", "summary_pain_better", "summary_last_time", "goodbye",
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["slump_lift", "pain_now", "slump_familiar", "floss_ready"])
@pytest.mark.parametrize("silent", [False, True])
def test_whom_it_hurts_is_never_left_with_a_goodbye_alone(question: str, silent: bool) -> None:
    puppet = Puppet().go_until_asked("slump_lift" if question == "pain_now" else question)
    puppet.hear("it_hurts")
    if silent:
        while puppet.session.ending is None:
            puppet.wait()
    else:
        puppet.hear("stop")
        puppet.hear("stop")
    assert "settle" in puppet.said()
    assert puppet.said()[-1] == "goodbye"


def test_no_end_is_known_before_the_session_begins_nor_before_its_last_words() -> None:
    for session in (Session(CALF), in_the_second_set().session):
        assert (session.ending, session.stopped_calmly) == (None, False)


@pytest.mark.parametrize(("command", "calmly"), [("stop", True), ("faint", False)])
def test_only_who_wants_to_stop_stops_calmly(command: str, calmly: bool) -> None:
    puppet = in_the_second_set()
    puppet.hear(command)
    puppet.hear(command)
    puppet.go_until(lambda p: p.session.ending is not None)
    assert (puppet.session.ending is Outcome.STOPPED, puppet.session.stopped_calmly) == (calmly, calmly)
