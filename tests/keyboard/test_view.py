"""What there is to see at each moment of a session."""

import numpy as np
import pytest

from tests.session.puppet import Puppet
from voicecoach.keyboard.view import Count, Following, View
from voicecoach.meanings import COMMANDS, YES_NO
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.session import actions
from voicecoach.signals import Signal

BLOCK = np.zeros(BLOCK_SAMPLES, np.float32)


class Seen:
    """A follower that is told of actions at their moments."""

    def __init__(self, calf: Programme, words: Words) -> None:
        self.changes = 0
        self.following = Following(calf, words, self.count)

    def count(self) -> None:
        self.changes += 1

    def at(self, seconds: float, *done: actions.Action) -> View:
        at = samples(seconds)
        for action in done:
            self.following.acted(at, action)
        self.following.played(at, BLOCK)
        return self.following.view


@pytest.fixture
def seen(calf: Programme, words: Words) -> Seen:
    return Seen(calf, words)


def say(prompt: str, at_seconds: float | None = None, **values: str | int) -> actions.Say:
    return actions.Say(1, (Line(prompt, dict(values)),), None if at_seconds is None else samples(at_seconds))


def test_a_question_is_shown_with_its_answers_from_when_it_is_put(seen: Seen, words: Words) -> None:
    view = seen.at(1.0, actions.Asking("chest", 0), say("chest?"), actions.ListenFor(YES_NO + COMMANDS))
    assert (view.sentence, view.answers, view.count) == (words.prompts["chest?"], YES_NO, None)


def test_a_sentence_is_shown_when_its_moment_has_come(seen: Seen, words: Words) -> None:
    assert seen.at(1.0, say("resumed", at_seconds=2.0)).sentence == ""
    assert seen.at(2.0).sentence == words.prompts["resumed"]


def test_a_speech_without_words_leaves_what_is_shown(seen: Seen, words: Words) -> None:
    seen.at(1.0, say("resumed"))
    assert seen.at(2.0, actions.Say(2, (), None)).sentence == words.prompts["resumed"]


def test_a_hold_counts_its_seconds_from_its_tick_on(seen: Seen, words: Words) -> None:
    counts = [say("count_1", 2.0), say("count_2", 3.0), say("count_3", 4.0)]
    tick, end = actions.Tick(samples(2.0), Signal.HOLD_STARTS), actions.Tick(samples(5.0), Signal.HOLD_ENDS)
    seen.at(0.0, actions.RepetitionBegun(1, 4), say("flossing_down"), tick, *counts, end)
    seconds = [view.count.hold_seconds for view in map(seen.at, (1.9, 2.0, 2.9, 3.0, 4.0, 4.9, 5.0)) if view.count]
    assert seconds == [None, 1, 1, 2, 3, 3, None]
    assert seen.at(4.5).sentence == words.prompts["flossing_down"]


def test_what_is_done_goes_up_with_a_finished_repetition(seen: Seen) -> None:
    assert seen.at(0.0, actions.RepetitionBegun(2, 4)).count == Count(2, 3, 3, 25)
    assert seen.at(9.0, actions.RepetitionDone(2, 4)).count == Count(2, 3, 4, 25)


@pytest.mark.parametrize("action", [actions.Silence(), actions.Asking("pain_now", 0)])
def test_an_interruption_ends_the_counting(seen: Seen, action: actions.Action) -> None:
    seen.at(
        0.0,
        actions.RepetitionBegun(1, 4),
        actions.Tick(0, Signal.HOLD_STARTS),
        actions.Tick(samples(3.0), Signal.HOLD_ENDS),
    )
    assert seen.at(1.0, action).count is None
    assert seen.at(5.0, actions.RepetitionBegun(1, 4)).count == Count(1, 3, 3, 25)


def test_a_rest_counts_down_to_its_end(seen: Seen) -> None:
    seen.at(0.0, say("rest", seconds=60))
    left = [view.count and view.count.rest_seconds for view in map(seen.at, (1.0, 30.5, 59.5, 60.0))]
    assert left == [59, 30, 1, None]


def test_of_two_exercises_the_one_under_way_is_counted() -> None:
    programme = read_programme(programme_file("calf_raise"))
    seen = Seen(programme, read_words(programme, programme_file("calf_raise"), "en", None))
    seen.at(1.0, say("two_feet_up_full"))
    view = seen.at(2.0, actions.RepetitionBegun(1, 1))
    assert (view.count and view.count.repetitions) == 12
    seen.at(3.0, say("one_foot_up"))
    view = seen.at(4.0, actions.RepetitionBegun(2, 1))
    assert view.count == Count(2, 3, 0, 10)


def test_it_tells_of_changes_alone(seen: Seen) -> None:
    seen.at(0.0, say("resumed"))
    for tenths in range(1, 20):
        seen.at(tenths / 10)
    assert seen.changes == 1


def test_through_a_whole_session_the_answers_shown_are_those_listened_for(calf: Programme, words: Words) -> None:
    seen, puppet = Seen(calf, words), Puppet()
    told = 0
    while puppet.session.memory.ended is None:
        for action in puppet.actions[told:]:
            seen.following.acted(puppet.now, action)
        told = len(puppet.actions)
        seen.following.played(puppet.now, BLOCK)
        assert set(seen.following.view.answers) == set(puppet.session.memory.listening)
        puppet.step()


def test_a_dose_that_was_chosen_is_the_one_that_is_counted(seen: Seen) -> None:
    view = seen.at(1.0, actions.DoseChosen("cautious"), actions.RepetitionBegun(1, 4), say("flossing_down"))
    assert view.count == Count(1, 1, 3, 10)
