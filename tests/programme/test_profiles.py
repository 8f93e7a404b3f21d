"""Doses: which profile and which set there is, and what is answered where there is none."""

import pytest

from tests.programme.copies import Copy
from voicecoach.errors import VoicecoachError
from voicecoach.programme.profiles import check_set, doses, with_profile
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Programme


def test_a_programme_without_the_profile_says_what_to_do(copy: Copy) -> None:
    copy.change("[profiles.cautious]", "[profiles.gentle]")
    copy.change('profile = "cautious"', 'profile = "gentle"')
    with pytest.raises(VoicecoachError, match="has no cautious profile; leave --cautious out, or write"):
        with_profile(read_programme(copy.file), "cautious")


def test_there_is_no_fourth_set(calf: Programme) -> None:
    check_set(calf, 3)
    with pytest.raises(VoicecoachError, match="has no set 4; write --from-set 1 to 3"):
        check_set(calf, 4)
    with pytest.raises(VoicecoachError, match="has no set 2"):
        check_set(with_profile(calf, "cautious"), 2)


def test_a_programme_without_sets_begins_at_its_beginning() -> None:
    warm_up = read_programme(programme_file("warm_up"))
    check_set(warm_up, 1)
    with pytest.raises(VoicecoachError, match="has no set 2"):
        check_set(warm_up, 2)


def test_fewer_repetitions_are_asked_for_in_every_dose_and_never_more() -> None:
    fewer, _ = read_chosen("calf_raise", None, repetitions=8)
    assert doses(fewer) == ["3 x 8", "3 x 8"]
    assert doses(with_profile(fewer, "cautious")) == ["1 x 8", "1 x 5"]
    assert doses(read_chosen("calf", None, repetitions=25)[0]) == ["3 x 25"]


@pytest.mark.parametrize(
    ("name", "number", "sentence"),
    [("median", 11, "no sets of 11 repetitions; write --repetitions 1 to 10"), ("warm_up", 3, "has no repetitions")],
)
def test_repetitions_that_a_programme_does_not_have_are_a_sentence(name: str, number: int, sentence: str) -> None:
    with pytest.raises(VoicecoachError, match=sentence):
        read_chosen(name, None, repetitions=number)
