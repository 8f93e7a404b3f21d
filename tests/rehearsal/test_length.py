"""The length of a programme follows from how long its prompts sound and from what is done."""

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF, PROGRAMMES
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import read_words
from voicecoach.rehearsal.length import about_length_seconds, length_seconds
from voicecoach.samples import samples


def length(programme: Programme, seconds_a_prompt: float) -> float:
    words = read_words(programme, programme_file(programme.id), "en", None)
    return length_seconds(programme, words, lambda _: samples(seconds_a_prompt))


def test_the_holds_moves_rests_and_stretches_of_the_calf_programme_are_all_in_its_length() -> None:
    exercise = 150 * 3 + 150 * 1.5 + 2 * 60
    assert exercise + 70 < length(CALF, 0.5) < exercise + 70 + 180


def test_prompts_that_sound_longer_make_it_longer() -> None:
    assert length(CALF, 2.0) > length(CALF, 1.0) + 60


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_cautious_day_is_shorter(name: str) -> None:
    programme = PROGRAMMES[name]
    assert length(with_profile(programme, "cautious"), 1.0) < length(programme, 1.0) - 60


@pytest.mark.parametrize("name", ["calf", "median", "warm_up"])
def test_a_first_session_comes_to_its_first_movement_within_three_and_a_half_minutes(name: str) -> None:
    programme = PROGRAMMES[name]
    words = read_words(programme, programme_file(name), "en", None)
    first = next(at for at, step in enumerate(programme.steps) if step.moves)
    ending = programme.steps[-1:]
    until_then = replace(programme, steps=programme.steps[:first] + ending)
    seconds = about_length_seconds(until_then, words) - about_length_seconds(replace(programme, steps=ending), words)
    assert seconds < 3.5 * 60
