"""What an answer means that was written out freely, in the words of the language files."""

from functools import cache

import pytest

from voicecoach.grammar import Grammar, Reader
from voicecoach.meanings import COMMANDS, DONT_KNOW, SCORES, SIDES, UNSURE, YES_NO
from voicecoach.phrases import reader
from voicecoach.programme.programme_files import read_with_words

PLAIN, SAFETY = YES_NO, (*YES_NO, UNSURE)


@cache
def english() -> Reader:
    return reader(read_with_words("calf", "en")[1])


def read(said: str, answers: tuple[str, ...]) -> str | None:
    return english().read(said, {*answers, *COMMANDS})


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("uh yes", "yes"),
        ("well yeah i suppose so", "yes"),
        ("yes it started on the stairs", "yes"),
        ("i would say yes", "yes"),
        ("yes a little", "yes"),
        ("let me see no", "no"),
        ("nope nothing of the sort", "no"),
        ("not as far as i remember", "no"),
        ("no that felt quite other", "no"),
        ("yes and no", None),
        ("no well yes", None),
        ("no more thank you stop", "stop"),
        ("yes please stop", "stop"),
        ("yes when i stop", None),
        ("no more than usual", "no"),
        ("yes but it isn't", None),
        ("no except on stairs", None),
        ("no we went along the river to the old mill", None),
        ("never trust strangers", None),
        ("perhaps", None),
        ("on the stairs yes", None),
        ("i have seen it", None),
        ("what did you say", "repeat"),
        ("could you say that again please", "repeat"),
        ("", None),
    ],
)
def test_a_yes_or_a_no_is_read_with_what_is_said_round_it(said: str, meaning: str | None) -> None:
    assert read(said, PLAIN) == meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("uh no", "no"),
        ("no nothing like that", "no"),
        ("no none of those", "no"),
        ("yes i do", "yes"),
        ("no well sometimes", UNSURE),
        ("a little bit", UNSURE),
        ("yes now and then", UNSURE),
        ("i don't really know", UNSURE),
        ("no my knee was replaced", None),
        ("no just here", None),
        ("no not right now", UNSURE),
        ("no definitely not", "no"),
        ("yes in my youth", None),
        ("no but at night", None),
        ("no yes", None),
    ],
)
def test_at_a_question_of_safety_every_word_has_to_be_known_and_a_doubt_is_one(said: str, meaning: str | None) -> None:
    assert read(said, SAFETY) == meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("i'd give it a four", "4"),
        ("three or four", "4"),
        ("somewhere between four and three i guess", "4"),
        ("seven to eight", "8"),
        ("two and a half", "3"),
        ("ten and a half", "10"),
        ("maybe one maybe two today", "2"),
        ("six six", "6"),
        ("four no five", "5"),
        ("seven sorry i mean two", "2"),
        ("no pain at all", "0"),
        ("one or nine", None),
        ("two seven", None),
        ("four or", None),
        ("eleven", None),
        ("not six", None),
        ("more than five", None),
        ("five hundred", None),
        ("better than last week", None),
    ],
)
def test_of_two_numbers_the_higher_one_counts_and_anything_unknown_beside_one_is_none(
    said: str, meaning: str | None
) -> None:
    assert read(said, SCORES) == meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("three or four", "3"),
        ("somewhere between four and three i guess", "3"),
        ("seven to eight", "7"),
        ("two and a half", "2"),
        ("five or more", "5"),
        ("maybe one maybe two today", "1"),
        ("four no five", "5"),
        ("six", "6"),
        ("one or nine", None),
    ],
)
def test_where_the_lower_number_is_the_worse_one_it_counts_of_two(said: str, meaning: str | None) -> None:
    assert english().read(said, {*SCORES, *COMMANDS}, "lower") == meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("well i don't really know", DONT_KNOW),
        ("hmm who knows", DONT_KNOW),
        ("sometimes i think", DONT_KNOW),
        ("not really", "no"),
        ("yes it started on the stairs", "yes"),
        ("yes a little", "yes"),
        ("i don't know yes", None),
        ("i don't know the way", None),
    ],
)
def test_where_nothing_hinges_on_it_a_doubt_is_one_and_makes_no_answer_doubtful(said: str, meaning: str | None) -> None:
    assert read(said, (*YES_NO, DONT_KNOW)) == meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("the left calf i think", "left"),
        ("mostly on my right side", "right"),
        ("left no right", "right"),
        ("left or right", None),
        ("left right", None),
        ("left behind the house", None),
        ("it moves", None),
    ],
)
def test_a_side_is_read_alone_or_after_a_correction(said: str, meaning: str | None) -> None:
    assert read(said, SIDES) == meaning


def test_only_what_is_listened_for_is_read() -> None:
    assert english().read("yes", {*SCORES}) is None
    assert english().read("three", {*YES_NO}) is None
    assert english().read("say that again", {*YES_NO}) is None


@pytest.mark.parametrize(
    ("said", "nothing"),
    [("um", True), ("let me think", True), ("er the house", True), ("not", False), ("no", False), ("three", False)],
)
def test_a_hesitation_says_nothing_and_a_part_of_an_answer_does(said: str, nothing: bool) -> None:
    assert english().says_nothing(said) is nothing


def test_without_any_words_nothing_is_read() -> None:
    assert Reader(Grammar(), {}).read("yes", {*YES_NO}) is None


@pytest.mark.parametrize(
    "said",
    ["no i feel it", "no i had that", "no very much so", "no my chest hurts", "yes but i feel dizzy", "no help me"],
)
def test_what_says_yes_behind_a_no_and_a_word_of_distress_are_no_remark(said: str) -> None:
    assert read(said, PLAIN) is None
    assert read(said, SAFETY) is None


@pytest.mark.parametrize("said", ["well not really", "uh not yet", "no more than usual", "nothing new", "no different"])
def test_what_may_be_a_doubt_is_no_no_to_a_safety_question(said: str) -> None:
    assert read(said, SAFETY) == UNSURE


def test_a_side_that_is_fine_is_not_the_one_that_hurts() -> None:
    assert read("the left is fine", SIDES) is None
    assert read("okay left", SIDES) == "left"
    assert read("no i'm fine", PLAIN) == "no"


@pytest.mark.parametrize(
    ("said", "meaning"), [("no nine", "9"), ("make that five", "5"), ("no", "no"), ("no way", "no")]
)
def test_another_number_may_stand_behind_the_no_to_a_number_that_is_checked(said: str, meaning: str) -> None:
    assert read(said, (*SAFETY, *SCORES)) == meaning


def test_in_korean_what_says_yes_behind_a_no_turns_it_round() -> None:
    korean = reader(read_with_words("calf", "ko")[1])
    assert korean.read("아니요 있어요", {*PLAIN}) is None
    assert korean.read("아니요 괜찮아요", {*PLAIN}) == "no"


@pytest.mark.parametrize(
    "said", ["but at night", "sorry i mean yes", "no wait", "actually yes", "or six", "i mean left"]
)
def test_an_afterthought_is_known_by_how_it_opens(said: str) -> None:
    assert english().goes_back(said)


@pytest.mark.parametrize("said", ["no", "no nothing of the kind", "yes", "orange", "sorry", "well yes", ""])
def test_an_answer_opens_as_no_afterthought(said: str) -> None:
    assert not english().goes_back(said)
