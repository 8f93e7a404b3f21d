"""A microphone that goes away holds the session where it is."""

import pytest

from tests.session.puppet import Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events


def lose(puppet: Puppet) -> None:
    puppet.tell(events.DeviceLost(puppet.now))


def come_back(puppet: Puppet, after_seconds: float) -> None:
    puppet.now += samples(after_seconds)
    puppet.tell(events.DeviceBack(puppet.now))


def test_a_lost_microphone_is_said_and_silences_the_exercise() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    lose(puppet)
    assert actions.Silence() in puppet.actions[-5:]
    assert puppet.said() == ["device_lost"]


def test_a_microphone_lost_in_the_middle_of_a_word_is_said_at_full_loudness() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    puppet.tell(events.SpeechStarted(puppet.now))
    lose(puppet)
    ducking = [action for action in puppet.actions if isinstance(action, actions.Duck | actions.Unduck)]
    assert ducking[-1] == actions.Unduck()


def test_back_within_a_minute_the_repetition_begins_again() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    lose(puppet)
    come_back(puppet, 59)
    puppet.go_until_asked("floss_ready").answer()
    assert puppet.notes(actions.RepetitionBegun)[-2:] == [actions.RepetitionBegun(1, 3)] * 2
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def test_back_after_more_than_a_minute_the_person_is_asked_before_anything_moves() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    lose(puppet)
    come_back(puppet, 61)
    assert puppet.asking == actions.Asking("ready_again", 0)
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def test_whoever_is_ready_again_once_the_microphone_is_back_takes_the_position_and_is_asked_nothing_more() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    lose(puppet)
    come_back(puppet, 61)
    puppet.wait()
    puppet.hear("yes")
    assert puppet.said() == ["floss_ready?short"]


def test_a_question_is_put_again_when_the_microphone_is_back() -> None:
    puppet = Puppet().go_until_asked("chest")
    lose(puppet)
    come_back(puppet, 5)
    assert puppet.asking == actions.Asking("chest", 0)


def test_a_microphone_that_stays_away_ends_the_session_after_half_an_hour() -> None:
    puppet = Puppet().go_until_repetition(2, 1)
    lose(puppet)
    lost_at = puppet.now
    puppet.go_until(lambda p: p.said()[0] == "finish_unanswered")
    assert puppet.now - lost_at == samples(1800)
    assert puppet.go_to_the_end().session.memory.ended is Outcome.UNANSWERED


def test_a_microphone_lost_in_a_pause_leaves_the_session_paused() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("pause")
    lose(puppet)
    come_back(puppet, 5)
    assert puppet.said() == ["paused_still"]


def test_while_the_microphone_is_away_a_key_goes_on_and_its_return_changes_nothing() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    lose(puppet)
    puppet.hear("resume")
    puppet.go_until_asked("floss_ready").answer()
    assert puppet.notes(actions.RepetitionBegun)[-2:] == [actions.RepetitionBegun(1, 3)] * 2
    puppet.go_until_repetition(1, 5)
    done = len(puppet.actions)
    come_back(puppet, 0)
    assert puppet.actions[done:] == []
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def stand_still(puppet: Puppet, seconds: float) -> None:
    puppet.tell(events.TimePassed(puppet.now, seconds))


def test_after_a_standstill_of_more_than_three_seconds_the_repetition_begins_again() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    done = len(puppet.actions)
    stand_still(puppet, 3.0)
    assert puppet.actions[done:] == []
    assert puppet.notes(actions.RepetitionBegun)[-1:] == [actions.RepetitionBegun(1, 3)]
    stand_still(puppet, 3.1)
    puppet.go_until_asked("floss_ready").answer()
    assert puppet.notes(actions.RepetitionBegun)[-2:] == [actions.RepetitionBegun(1, 3)] * 2
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def test_after_a_standstill_of_more_than_a_minute_the_person_is_asked_and_so_is_the_pain() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    stand_still(puppet, 90.0)
    assert actions.Silence() in puppet.actions[-6:]
    assert puppet.asking == actions.Asking("ready_again", 0)
    puppet.hear("yes")
    assert puppet.asking == actions.Asking("anything_new", 0)
    puppet.hear("no")
    assert puppet.asking is not None
    assert puppet.asking.question.startswith("pain")
    assert puppet.go_to_the_end().session.memory.repetitions == [25, 25, 25]


def test_a_question_is_put_again_after_a_standstill() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    stand_still(puppet, 600.0)
    assert puppet.said() == ["chest?"]


def test_a_night_in_a_pause_ends_the_session_at_the_next_reminder() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("pause")
    puppet.wait()
    stand_still(puppet, 8 * 3600.0)
    puppet.go_until(lambda p: p.said()[0] == "finish_stopped")


@pytest.mark.parametrize(
    ("place", "said", "question"),
    [
        ("floss_ready", ("pause", "resume"), "anything_new"),
        ("floss_ready", ("pause", "resume"), "pain_now"),
        ("floss_ready", ("it_hurts",), "pain_now"),
        ("slump_lift", ("it_hurts",), "pain_now"),
        ("slump_lift", ("it_hurts",), "go_on"),
    ],
)
def test_a_device_lost_for_a_moment_leads_past_no_question_of_how_things_are(
    place: str, said: tuple[str, ...], question: str
) -> None:
    puppet = Puppet().go_until_asked(place)
    for command in said:
        puppet.hear(command)
    puppet.go_until_asked(question)
    puppet.tell(events.DeviceLost(puppet.now))
    puppet.tell(events.DeviceBack(puppet.now))
    assert puppet.said()[-1].startswith(f"{question}?")
    assert puppet.asking is not None
    assert puppet.asking.question == question


def test_a_device_lost_while_a_command_is_asked_about_has_it_asked_about_again() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    puppet.hear("skip", sure=False)
    lose(puppet)
    come_back(puppet, 5)
    assert puppet.said() == ["did_you_say?"]
