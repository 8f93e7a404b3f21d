"""Asking, doubting, asking again; silence is never an answer."""

from collections.abc import Callable

import pytest

from tests.session.puppet import CALF, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.policies import PATIENCE, Light, traffic_light


def test_an_unclear_answer_is_asked_again_in_other_words_then_with_a_hint_then_the_coach_rests() -> None:
    puppet = Puppet().go_until_asked("chest")
    assert puppet.said() == ["chest?"]
    puppet.mumble()
    assert puppet.said() == ["not_understood", "chest?again"]
    puppet.mumble()
    assert puppet.said() == ["not_understood", "chest?again", "please_yes_no"]
    puppet.mumble()
    assert puppet.said() == ["rest_not_understood"]


def test_a_cough_while_a_question_is_being_read_changes_nothing() -> None:
    puppet = Puppet().go_until_asked("chest")
    awaited = puppet.session.memory.awaited
    assert puppet.tell(events.NotUnderstood(puppet.now)) == [actions.Unduck()]
    assert puppet.session.memory.awaited == awaited


def test_an_answer_while_a_question_is_being_read_silences_it() -> None:
    puppet = Puppet().go_until_asked("chest")
    done = puppet.tell(events.Heard(puppet.now, "no", "no"))
    assert done.index(actions.Silence()) < done.index(actions.Answered("chest", "no", "no"))
    assert puppet.asking == actions.Asking("both_legs", 0)


def test_what_was_begun_before_a_question_could_be_grasped_does_not_answer_it() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.session.memory.taken = None
    puppet.hear("yes", behind=puppet.behind(said_seconds=0.3))
    assert puppet.asking == actions.Asking("chest", 0)
    puppet.hear("no", behind=puppet.behind(said_seconds=0.5))
    assert puppet.asking == actions.Asking("both_legs", 0)


def test_silence_is_treated_like_an_unclear_answer_after_twelve_seconds() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    listening_since = puppet.now
    puppet.wait()
    assert puppet.now - listening_since == samples(12)
    assert puppet.said() == ["chest?again"]


def test_a_rest_reminds_after_one_and_five_minutes_and_ends_as_unanswered_after_ten() -> None:
    puppet = Puppet().go_until_asked("chest")
    while puppet.said() != ["rest_until_voice_still"]:
        puppet.wait()
    puppet.wait()
    since, reminders = puppet.now, 0
    while puppet.session.memory.ended is None:
        puppet.wait()
        reminders += puppet.said() == ["rest_reminder"] and puppet.session.memory.awaited is not None
    assert puppet.session.memory.ended is Outcome.UNANSWERED
    assert reminders == 2
    assert samples(600) <= puppet.now - since <= samples(602)
    assert puppet.session.memory.questions[-1].answer is None


def test_a_voice_ends_the_rest_and_the_question_is_asked_afresh() -> None:
    puppet = Puppet().go_until_asked("chest")
    for _ in range(3):
        puppet.mumble()
    puppet.hear("yes")
    assert puppet.asking == actions.Asking("chest", 0)
    assert puppet.session.memory.questions[-1].answer is None


def test_mumbling_does_not_end_the_rest() -> None:
    puppet = Puppet().go_until_asked("chest")
    for _ in range(6):
        puppet.mumble()
    assert puppet.said() == ["rest_not_understood"]


def test_a_question_that_is_never_understood_ends_the_session_even_if_the_person_keeps_coming_back() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    for _ in range(3):
        for _ in range(3):
            puppet.mumble()
        if puppet.session.memory.awaited is not None and puppet.said() == ["rest_until_voice_still"]:
            puppet.hear("yes")
    while puppet.session.memory.ended is None:
        puppet.wait()
    assert puppet.session.memory.ended is Outcome.UNANSWERED


def test_a_doubtful_answer_is_checked() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    puppet.hear("no", sure=False)
    assert puppet.asking == actions.Asking("marker_moves_check", 0, "no")
    puppet.hear("yes")
    assert actions.Answered("marker_moves", "no", "no") in puppet.actions


def test_a_checked_answer_keeps_the_words_that_it_was_given_in_and_so_does_the_check() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    puppet.tell(events.Heard(puppet.now, "no", "not really", sure=False))
    puppet.tell(events.Heard(puppet.now, "yes", "that's right"))
    assert puppet.notes(actions.Answered)[-2:] == [
        actions.Answered("marker_moves_check", "yes", "that's right"),
        actions.Answered("marker_moves", "no", "not really"),
    ]
    assert [(q.answer, q.heard) for q in puppet.session.memory.questions if q.id.startswith("marker_moves")] == [
        ("no", "not really"), ("yes", "that's right"),
    ]  # fmt: skip


def test_a_recalled_answer_keeps_the_words_that_it_was_given_in() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    puppet.tell(events.Heard(puppet.now, "yes", "yes they do"))
    puppet.mumble_behind(puppet.behind(said_seconds=0.2))
    assert puppet.asking == actions.Asking("marker_moves_check", 0, "yes")
    puppet.hear("yes")
    assert puppet.notes(actions.Answered)[-1] == actions.Answered("marker_moves", "yes", "yes they do")


def test_a_doubt_that_stays_keeps_its_words() -> None:
    puppet = Puppet().go_until_asked("chest")
    for words in ("I don't know", "well, maybe"):
        puppet.tell(events.Heard(puppet.now, "unsure", words))
    assert actions.Answered("chest", "unsure", "well, maybe") in puppet.actions


def test_a_doubtful_answer_that_is_not_confirmed_is_asked_again_in_other_words() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    puppet.hear("no", sure=False)
    puppet.hear("no")
    assert puppet.said() == ["marker_moves?again"]
    assert puppet.session.memory.questions[-2].answer is None


def test_a_checked_number_may_be_confirmed_by_saying_it_again_and_another_number_is_checked() -> None:
    puppet = Puppet().go_until_asked("pain_before")
    puppet.hear("5", sure=False)
    puppet.hear("3")
    assert puppet.asking == actions.Asking("pain_before_check", 0, "3")
    puppet.hear("3", sure=False)
    assert puppet.session.memory.pain_start == 3


def test_an_unsure_no_to_a_safety_question_is_checked_and_an_unsure_yes_is_confirmed_anyway() -> None:
    puppet = Puppet().go_until_asked("spine")
    puppet.hear("no", sure=False)
    assert puppet.asking is not None
    assert puppet.asking.question == "spine_check"
    puppet = Puppet().go_until_asked("spine")
    puppet.hear("yes", sure=False)
    assert puppet.asking is not None
    assert puppet.asking.question == "spine_confirm"


def test_somebody_speaking_keeps_the_silence_from_running_out() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    wake_at = puppet.session.memory.wake_at
    assert wake_at is not None
    assert actions.Duck() in puppet.tell(events.SpeechStarted(wake_at - 1))
    assert puppet.tell(events.Reached(wake_at + samples(3))) == []
    puppet.now = wake_at + samples(3)
    assert actions.Unduck() in puppet.tell(events.FalseAlarm(puppet.now))
    puppet.hear("no")
    assert puppet.session.memory.questions[-2].answer == "no"


def test_a_cough_at_the_end_of_the_wait_leaves_a_second_to_answer_in() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    wake_at = puppet.session.memory.wake_at
    assert wake_at is not None
    puppet.tell(events.SpeechStarted(wake_at - 1))
    puppet.now = coughed_at = wake_at + samples(3)
    puppet.tell(events.FalseAlarm(coughed_at))
    puppet.wait()
    assert puppet.now == coughed_at + samples(1)
    assert puppet.said() == ["chest?again"]


def test_a_cough_early_in_the_wait_makes_it_no_longer() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    wake_at = puppet.session.memory.wake_at
    puppet.tell(events.SpeechStarted(puppet.now + samples(1)))
    puppet.tell(events.FalseAlarm(puppet.now + samples(2)))
    assert puppet.session.memory.wake_at == wake_at


def test_a_cough_in_a_hold_does_not_change_it() -> None:
    puppet = Puppet().go_until(lambda p: bool(p.notes(actions.Tick)))
    ends_at = puppet.session.memory.wake_at
    puppet.tell(events.SpeechStarted(puppet.now + 100))
    puppet.tell(events.NotUnderstood(puppet.now + 200))
    assert puppet.session.memory.wake_at == ends_at


def test_a_phrase_that_is_not_listened_for_is_no_answer() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.hear("left")
    assert puppet.asking == actions.Asking("chest", 0)
    assert puppet.session.memory.questions[-1].answer is None


@pytest.mark.parametrize(
    ("score", "start", "light"),
    [
        (0, None, Light.GO_ON), (3, 3, Light.GO_ON), (4, 3, Light.EASE_OFF), (5, 4, Light.EASE_OFF), (5, 3, Light.END),
        (2, 0, Light.GO_ON), (6, 6, Light.END), (6, None, Light.END), (10, 9, Light.END), (5, None, Light.EASE_OFF),
    ],
)  # fmt: skip
def test_the_traffic_light_follows_the_clinical_rules(score: int, start: int | None, light: Light) -> None:
    assert traffic_light(score, start, CALF.pain) is light


def test_patience_is_ten_minutes_for_silence_thirty_for_noise_and_a_pause_and_two_for_a_stop() -> None:
    limits = {name: patience.ends_after_seconds for name, patience in PATIENCE.items()}
    assert limits == {
        "silence": 600,
        "unclear": 600,
        "noise": 1800,
        "pause": 1800,
        "device": 1800,
        "stop": 120,
    }


def test_an_interruption_ends_the_session_with_a_word() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.tell(events.Interrupted(puppet.now))
    assert puppet.said() == ["finish_interrupted"]
    puppet.wait()
    assert puppet.session.memory.ended is Outcome.INTERRUPTED


def test_who_asks_for_a_moment_has_twenty_seconds_and_then_the_question_is_put_again() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("one_moment")
    said = puppet.prompts()
    since = puppet.now
    puppet.wait()
    assert puppet.now - since == samples(20)
    assert puppet.prompts() == [*said, "chest?again"]
    puppet.hear("no")
    assert puppet.notes(actions.Answered)[-1] == actions.Answered("chest", "no", "no")


def test_a_moment_asked_for_while_a_question_is_being_read_lets_it_be_read() -> None:
    puppet = Puppet().go_until_asked("chest")
    done = puppet.hear("one_moment")
    assert actions.Silence() not in done
    assert puppet.said() == ["chest?"]


def test_a_moment_asked_for_in_movement_is_a_pause() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("one_moment")
    assert puppet.said() == ["paused"]


def test_a_moment_asked_for_behind_an_answer_leaves_the_question_open() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no")
    puppet.hear("one_moment", behind=puppet.behind(said_seconds=0.2))
    assert puppet.session.memory.questions[-1].answer is None
    assert puppet.notes(actions.TakenBack) == [actions.TakenBack("chest", "no")]
    puppet.hear("no")
    assert puppet.notes(actions.Answered)[-1] == actions.Answered("chest", "no", "no")


def test_the_summary_cannot_be_skipped_and_the_last_words_listen_for_nothing() -> None:
    puppet = Puppet().go_until(lambda p: any(prompt.startswith("summary_") for prompt in p.said()))
    said = puppet.said()
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]
    puppet.wait()
    assert puppet.said() == said
    puppet.wait()
    assert (puppet.said(), puppet.listening) == (["settle", "goodbye"], ())


def talk(puppet: Puppet, level_db: float, seconds: float) -> None:
    began_at, puppet.now = puppet.now, puppet.now + samples(seconds)
    puppet.tell(events.NotUnderstood(puppet.now, began_at, level_db))


def loud_here(puppet: Puppet) -> None:
    """A television that never stops, before anybody knows how loud the person is."""
    while puppet.said() != ["rest_in_noise"]:
        talk(puppet, level_db=-40.0, seconds=3.0)
        puppet.wait()


def test_a_television_is_told_of_and_never_ends_a_question() -> None:
    puppet = Puppet()
    for _ in range(5):
        puppet.go_until(lambda puppet: puppet.asking is not None)
        loud_here(puppet)
        puppet.hear("yes")
    puppet.go_until_asked("chest")
    for _ in range(5):
        loud_here(puppet)
        puppet.hear("yes")
    assert puppet.session.memory.ended is None
    assert puppet.asking == actions.Asking("chest", 0)


@pytest.mark.parametrize(("seconds", "is_loud"), [(8.0, True), (7.9, False)])
def test_eight_seconds_of_talk_while_a_question_is_open_are_a_television(seconds: float, is_loud: bool) -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    talk(puppet, level_db=-40.0, seconds=seconds)
    while "rest" not in puppet.said()[0]:
        puppet.wait()
    assert puppet.said() == ["rest_in_noise" if is_loud else "rest_until_voice_still"]


def test_what_is_far_softer_than_the_person_is_passed_over_while_a_question_is_open() -> None:
    puppet = Puppet().go_until_asked("both_legs")
    puppet.hear("no", level_db=-20.0)
    asked = puppet.asking
    puppet.wait()
    for _ in range(3):
        talk(puppet, level_db=-40.0, seconds=1.0)
        assert puppet.asking == asked
    puppet.hear("no", level_db=-20.0)
    assert puppet.asking != asked


def test_silence_in_which_somebody_far_softer_was_heard_is_a_rest_in_noise() -> None:
    puppet = Puppet().go_until_asked("both_legs")
    puppet.hear("no", level_db=-20.0)
    puppet.wait()
    talk(puppet, level_db=-40.0, seconds=1.0)
    while not puppet.said()[0].startswith("rest"):
        puppet.wait()
    assert puppet.said() == ["rest_in_noise"]


def test_an_answer_that_is_far_softer_than_the_person_is_somebody_elses_and_a_command_is_obeyed() -> None:
    puppet = Puppet().go_until_asked("both_legs")
    puppet.hear("no", level_db=-20.0)
    asked = puppet.asking
    puppet.wait()
    puppet.hear("no", level_db=-33.0)
    assert puppet.asking == asked
    puppet.hear("pause", level_db=-33.0)
    assert puppet.said() == ["paused_still"]


def test_silence_after_every_rest_is_no_doubt_but_no_answer() -> None:
    puppet = Puppet().go_until_asked("chest")
    for _ in range(2):
        while puppet.said() != ["rest_until_voice_still"]:
            puppet.wait()
        puppet.hear("yes")
    while puppet.session.memory.ended is None:
        puppet.wait()
    assert puppet.session.memory.ended is Outcome.UNANSWERED


def thinking(puppet: Puppet) -> None:
    puppet.wait()
    puppet.hear("one_moment")


def resting(puppet: Puppet) -> None:
    while puppet.said() != ["rest_until_voice_still"]:
        puppet.wait()
    puppet.wait()


def paused(puppet: Puppet) -> None:
    puppet.hear("pause")
    puppet.wait()


@pytest.mark.parametrize("come_to", [Puppet.wait, thinking, resting, loud_here, paused])
def test_no_wait_for_a_person_runs_out_while_they_speak(come_to: Callable[[Puppet], object]) -> None:
    puppet = Puppet().go_until_asked("chest")
    come_to(puppet)
    assert puppet.session.memory.wake_at is not None
    assert actions.WakeAt(None) in puppet.tell(events.SpeechStarted(puppet.now + 1))


def test_a_score_of_nought_is_kept_as_nought() -> None:
    puppet = Puppet({"pain_before": "0", "pain_test": "0"}).go_until_asked("floss_ready")
    assert puppet.notes(actions.PainScored) == [actions.PainScored(each, 0) for each in ("pain_before", "pain_test")]


def test_whoever_goes_on_with_a_no_into_the_check_of_a_number_corrects_what_was_heard() -> None:
    puppet = Puppet().go_until_asked("pain_before")
    puppet.wait()
    puppet.hear("7")
    assert puppet.asking == actions.Asking("pain_before_confirm", 0, "7")
    puppet.hear("yes", behind=puppet.behind(0.3, 1))
    assert puppet.asking == actions.Asking("pain_before_confirm", 0, "7")
    puppet.hear("no", behind=puppet.behind(0.3, 1))
    assert puppet.asking == actions.Asking("pain_before", 1)
