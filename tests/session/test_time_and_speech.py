"""How fast the coach speaks and how long it waits are the person's; neither is the pace of the exercise."""

from typing import Any

import pytest

from tests.session.puppet import CALF, Puppet
from voicecoach.paces import PACES, USUAL_PACE
from voicecoach.samples import samples
from voicecoach.session import actions
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening
from voicecoach.session.policies import ANSWER_WINDOWS_SECONDS, REPROMPTING


def in_a_hold() -> Puppet:
    puppet = Puppet().go_until_repetition(1, 3)
    return puppet.go_until(lambda p: p.session.memory.awaited is None)


def paces(puppet: Puppet) -> list[Any]:
    return [note.words_per_minute for note in puppet.actions if isinstance(note, actions.ChangePace)]


def test_speech_has_five_steps_from_110_to_200_words_a_minute_and_says_where_they_end() -> None:
    puppet = Puppet().go_until_asked("ready")
    for _ in range(3):
        puppet.hear("speak_slower")
    assert puppet.said() == ["command_speak_slowest"]
    for _ in range(5):
        puppet.hear("speak_faster")
    assert puppet.said() == ["command_speak_fastest"]
    assert paces(puppet) == [130, 110, 130, 150, 175, 200]
    assert (len(PACES), PACES[0], PACES[-1]) == (5, 110, 200)


def test_between_two_steps_the_next_one_is_taken() -> None:
    puppet = Puppet(opening=Opening(pace=160)).go_until_asked("ready")
    puppet.hear("speak_slower")
    puppet.hear("speak_faster")
    assert paces(puppet) == [150, 175]


def test_slower_speech_is_no_slower_exercise_and_slower_exercise_no_slower_speech() -> None:
    puppet = in_a_hold()
    puppet.hear("speak_slower")
    assert (puppet.session.memory.pace, puppet.session.memory.extra_move_seconds) == (130, 0.0)
    puppet.hear("slower")
    assert (puppet.session.memory.pace, puppet.session.memory.extra_move_seconds) == (130, 0.5)


def test_in_a_hold_that_goes_on_the_new_pace_is_told_of_before_the_next_move() -> None:
    puppet = in_a_hold()
    holds = puppet.session.memory.holds
    assert not any(isinstance(action, actions.Silence) for action in puppet.hear("speak_slower"))
    puppet.wait()
    assert puppet.session.memory.holds == holds + 1
    assert puppet.said()[0] == "command_speak_slower"


def test_a_question_is_put_again_at_the_new_pace() -> None:
    puppet = Puppet().go_until_asked("chest")
    done = puppet.hear("speak_slower")
    said = [type(action) for action in done if isinstance(action, actions.ChangePace | actions.Say)]
    assert said == [actions.ChangePace, actions.Say]
    puppet.wait()
    assert puppet.said() == ["chest?"]


def window_seconds(puppet: Puppet) -> float:
    """Return how long the session waits from now on."""
    while puppet.session.memory.awaited is not None:
        puppet.wait()
    wake_at = puppet.session.memory.wake_at
    assert wake_at is not None
    return (wake_at - puppet.now) / samples(1.0)


def test_more_time_lengthens_the_wait_for_this_answer_and_all_others_without_asking_again() -> None:
    puppet = Puppet().go_until_asked("chest")
    assert window_seconds(puppet) == REPROMPTING.answer_window_seconds == 12.0
    for seconds, reply in ((16, "command_more_time"), (20, "command_more_time"), (1800, "command_most_time")):
        puppet.hear("more_time")
        assert puppet.said() == [reply]
        assert window_seconds(puppet) == seconds
    puppet.hear("more_time")
    assert (puppet.said(), window_seconds(puppet)) == (["command_most_time"], 1800)
    assert puppet.asking == actions.Asking("chest", 0)
    assert puppet.prompts().count("chest?") == 1
    puppet.hear("no")
    assert puppet.asking == actions.Asking("both_legs", 0)
    assert window_seconds(puppet) == 1800


def test_a_moment_is_no_less_than_the_time_that_was_asked_for() -> None:
    puppet = Puppet(opening=Opening(answer_window_seconds=ANSWER_WINDOWS_SECONDS[-1])).go_until_asked("chest")
    puppet.wait()
    puppet.hear("one_moment")
    assert window_seconds(puppet) == 1800


def test_more_time_asked_for_while_the_question_sounds_lets_it_be_said() -> None:
    puppet = Puppet().go_until_asked("chest")
    assert not any(isinstance(action, actions.Silence) for action in puppet.hear("more_time"))
    assert window_seconds(puppet) == 16


def test_in_movement_more_time_is_for_the_move_and_before_it_for_the_answer() -> None:
    puppet = in_a_hold()
    puppet.hear("more_time")
    assert puppet.session.memory.extra_move_seconds == 0.5
    assert puppet.session.memory.answer_window_seconds == ANSWER_WINDOWS_SECONDS[0]
    assert actions.Obeyed("slower") in puppet.actions


@pytest.mark.parametrize("question", ["slump_lift", "only_ticks"])
def test_a_foot_that_is_up_and_what_need_not_be_answered_are_not_waited_for_without_limit(question: str) -> None:
    puppet = Puppet(opening=Opening(answer_window_seconds=ANSWER_WINDOWS_SECONDS[-1])).go_until_asked(question)
    assert window_seconds(puppet) == 20


def test_who_needs_longer_to_be_ready_keeps_that_time() -> None:
    puppet = Puppet(opening=Opening(answer_window_seconds=16.0)).go_until_asked("seated")
    assert window_seconds(puppet) == 60


def manner(session: Session) -> tuple[int, float]:
    return session.memory.pace, session.memory.answer_window_seconds


def changed() -> Puppet:
    puppet = Puppet().go_until_repetition(2, 3)
    puppet.hear("speak_slower")
    puppet.session.memory.answer_window_seconds = 20.0
    return puppet


def test_what_goes_on_speaks_and_waits_as_before_unless_it_begins_with_something_else() -> None:
    saved = changed().session.save()
    assert manner(Session.restore(CALF, saved, Opening())) == (130, 20.0)
    assert manner(Session.restore(CALF, saved, Opening(pace=200, answer_window_seconds=16.0))) == (200, 16.0)
    assert manner(Session(CALF)) == (USUAL_PACE, 12.0)


def test_what_begins_anew_and_an_answer_taken_back_leave_how_the_coach_speaks_and_waits() -> None:
    anew = Puppet({"resume_there": "no"}, session=Session.restore(CALF, changed().session.save()))
    assert manner(anew.go_until_asked("chest").session) == (130, 20.0)
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no", level_db=-20.0)
    puppet.hear("speak_slower")
    puppet.hear("more_time")
    before = manner(puppet.session)
    assert before == (130, 16.0)
    puppet.session._state.go_back(_taken(puppet), _stage(puppet))
    assert manner(puppet.session) == before


def _taken(puppet: Puppet) -> Any:
    return puppet.session.memory.taken


def _stage(puppet: Puppet) -> Any:
    from voicecoach.session.stage import Stage

    state = puppet.session._state
    return Stage(state.in_dose, state.memory, puppet.now, state.moving, state.save)
