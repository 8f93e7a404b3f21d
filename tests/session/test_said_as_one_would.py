"""What is said as one would say it: rests, reminders, words for a foot that is down, ticks, encouragement."""

from itertools import pairwise

import pytest

from tests.session.puppet import Puppet
from voicecoach.samples import samples
from voicecoach.session import actions
from voicecoach.signals import Signal


@pytest.mark.parametrize("said", ["yes", "resume"])
@pytest.mark.parametrize("command", ["pause", "stop"])
def test_yes_and_go_on_both_resume(command: str, said: str) -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear(command)
    puppet.hear(said)
    assert puppet.asking == actions.Asking("anything_new", 0)


def test_a_stop_waits_two_minutes() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("stop")
    puppet.wait()
    silent_from = puppet.now
    puppet.wait()
    assert (puppet.now - silent_from, puppet.said()[0]) == (samples(120), "finish_stopped")


def test_a_forgotten_pause_reminds_after_one_five_and_fifteen_minutes_in_no_words_thrice() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("pause")
    puppet.wait()
    since, reminded = puppet.now, []
    while puppet.session.memory.ended is None:
        said = len(puppet.speech)
        puppet.wait()
        if len(puppet.speech) > said:
            reminded.append((round((puppet.now - since) / samples(1)), puppet.said()[0]))
    assert reminded == [
        (60, "paused_reminder"), (300, "paused_reminder"), (900, "paused_reminder_late"), (1800, "finish_stopped"),
    ]  # fmt: skip


def test_what_was_heard_and_not_understood_is_no_silence() -> None:
    puppet = Puppet().go_until_asked("slump_familiar")
    puppet.mumble()
    assert puppet.said() == ["not_understood", "slump_familiar?again"]
    puppet.mumble()
    puppet.mumble()
    assert puppet.said() == ["rest_not_understood"]


def test_silence_is_called_that() -> None:
    puppet = Puppet().go_until_asked("marker_moves")
    while "Waiting" not in type(puppet.session.under_way[-1]).__name__:
        puppet.wait()
    assert puppet.said() == ["rest_until_voice_still"]


@pytest.mark.parametrize(
    ("command", "down", "up"),
    [
        ("pause", "paused_still", "paused"),
        ("stop", "stopped_still", "stopped"),
        ("numb", "adverse_still", "adverse"),
        ("it_hurts", "command_hurts_still", "command_hurts"),
    ],
)
def test_no_foot_is_to_be_lowered_where_none_is_up(command: str, down: str, up: str) -> None:
    for place, said in (("marker_moves", down), ("pain_set_1", down), ("floss_ready", up)):
        puppet = Puppet().go_until_asked(place)
        puppet.hear(command)
        assert puppet.said()[0] == said


def test_a_foot_that_a_pause_has_lowered_is_not_lowered_again_by_a_stop() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("pause")
    puppet.hear("stop")
    assert puppet.said() == ["stopped_still"]


def test_ticks_are_offered_once_after_the_first_set() -> None:
    puppet = Puppet({"only_ticks": "yes"}).go_until_asked("only_ticks")
    assert puppet.session.memory.set == 1
    puppet.answer()
    assert puppet.session.memory.counting == "ticks"
    puppet.go_to_the_end()
    assert puppet.prompts().count("only_ticks?") == 1


def test_without_an_answer_all_is_counted_as_before() -> None:
    puppet = Puppet().go_until_asked("only_ticks")
    puppet.wait()
    puppet.wait()
    assert (puppet.said(), puppet.session.memory.counting) == (["rest"], "full")


def test_who_has_chosen_how_to_be_counted_for_is_not_asked() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("count_sparse")
    assert "only_ticks?" not in puppet.go_to_the_end().prompts()


def test_a_note_tells_a_repetitions_number_from_the_count_of_a_hold() -> None:
    puppet = Puppet().go_until_repetition(1, 3)
    ends = puppet.signals(Signal.HOLD_ENDS)
    notes = puppet.signals(Signal.REPETITION_DONE)
    assert len(notes) == 2
    gaps = [note - end for note, end in zip(notes, ends[1::2], strict=False)]
    assert all(samples(0.05) <= gap < samples(0.15) for gap in gaps)


def test_each_set_is_encouraged_in_other_words() -> None:
    prompts = Puppet().go_to_the_end().prompts()
    said = [prompt for prompt in prompts if prompt.startswith("encouragement")]
    assert said == ["encouragement", "encouragement_2", "encouragement_3"]


def put_at(puppet: Puppet) -> list[int]:
    """Let the person be silent until the session ends; return when questions were put, a second's speech at a time."""
    asked = []
    while puppet.session.memory.ended is None:
        before = len(puppet.notes(actions.Asking))
        puppet.wait()
        asked += [puppet.now] * (len(puppet.notes(actions.Asking)) - before)
    return asked


@pytest.mark.parametrize("check", ["floss_ready_check", "slump_familiar_check", "side_check", "is_that_right"])
def test_however_short_a_question_is_nobody_hears_it_again_within_twelve_seconds(check: str) -> None:
    question = check.removesuffix("_check")
    puppet = Puppet().go_until_asked("chest" if check == "is_that_right" else question)
    puppet.wait()
    if check == "is_that_right":
        puppet.hear("no")
        puppet.mumble_behind(puppet.behind(0.2, 3))
    else:
        puppet.hear("left" if question == "side" else "yes", sure=False)
    first = puppet.now
    times = [first, *put_at(puppet)]
    assert len(times) >= 3
    assert all(later - earlier >= samples(12) for earlier, later in pairwise(times))
