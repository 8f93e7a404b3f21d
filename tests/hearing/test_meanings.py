"""The file of meanings, as the ear will use it."""

import re
import tomllib
from collections import Counter
from itertools import pairwise

from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.transcription import RIVALS, UNHEARD_FILE
from voicecoach.meanings import CORRECTING, DONT_KNOW, SCORES, Worse
from voicecoach.phrases import phrases
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.words import read_words

from .conftest import all_phrases, calf_words, quiet

COMMANDS = [
    "stop",
    "pause",
    "one_moment",
    "resume",
    "repeat",
    *CORRECTING,
    "slower",
    "faster",
    "speak_slower",
    "speak_faster",
    "more_time",
    "louder",
    "quieter",
    "other_voice",
    "skip",
    "cant_do",
    "how_many_left",
    "explain",
    "count_full",
    "count_sparse",
    "count_ticks",
    "help",
]
SAFETY = ["it_hurts", "ow", "pins_and_needles", "worse", "numb", "gone"]
DOUBT = ["unsure"]
DISTRESS = ["dizzy", "faint", "chest", "breath", "cramp", "fell", "cant_move", "help_now"]
ANSWERS = ["yes", "no", "fine", "left", "right", "both", *map(str, range(11))]
UNHURRIED_ANSWERS = ["there"]


def answers_of_programmes() -> list[tuple[str, ...]]:
    """Return the spellings of each answer that a built-in programme has of its own."""
    common = {phrase.meaning for phrase in all_phrases()}
    found = []
    for name in built_in_programmes():
        file = programme_file(name)
        meanings = read_words(read_programme(file), file, "en", None).meanings
        found += [meaning.spellings for key, meaning in meanings.items() if key not in common]
    return found


def test_every_meaning_is_there_and_no_other() -> None:
    named = COMMANDS + SAFETY + DOUBT + DISTRESS + ANSWERS + UNHURRIED_ANSWERS
    assert sorted(phrase.meaning for phrase in all_phrases()) == sorted(named)


def test_every_meaning_can_be_said_in_at_least_three_ways() -> None:
    assert [phrase.meaning for phrase in all_phrases() if len(phrase.spellings) < 3] == []


def test_no_spelling_means_two_things() -> None:
    counts = Counter(spelling for phrase in all_phrases() for spelling in phrase.spellings)
    assert {spelling for spelling, count in counts.items() if count > 1} == {
        "not really",
        "not yet",
        "i don't think so",
    }


def test_what_may_be_a_doubt_is_no_answer_where_doubts_are_listened_for() -> None:
    file = programme_file("calf")
    words = read_words(read_programme(file), file, "en", None)
    active = phrases(words, ("yes", "no", "unsure"))
    counts = Counter(spelling for phrase in active for spelling in phrase.spellings)
    assert [spelling for spelling, count in counts.items() if count > 1] == []
    assert "not really" in next(phrase for phrase in active if phrase.meaning == "unsure").spellings


NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
BARE = [
    "{}", "about {}", "maybe {}", "around {}", "somewhere around {}", "it's {}", "it's about {}", "i'd say {}",
    "probably {}", "just {}",
]  # fmt: skip
WITH_AN_ARTICLE = [
    "a {}", "about a {}", "somewhere around a {}", "maybe a {}", "it's a {}", "it's about a {}", "i'd say a {}",
]  # fmt: skip
RANGES = [
    "{} or {}", "between {} and {}", "maybe {} maybe {}", "maybe {} perhaps {}", "perhaps {} maybe {}",
    "perhaps {} perhaps {}", "{} and a half", "{} and a bit",
]  # fmt: skip


def test_a_no_before_another_number_or_side_puts_it_right_but_no_one_is_nobody() -> None:
    for language, left, five in (("en", "no left", "no five"), ("ko", "아니 왼쪽이요", "아니 오 점이요")):
        meanings = read_with_words("calf", language)[1].meanings
        assert left in meanings["correct_left"].spellings
        assert five in meanings["correct_5"].spellings
    said = {spelling for meaning in calf_words().meanings.values() for spelling in meaning.spellings}
    assert {"no two", "no ten", "no right"} <= said
    assert not {"no one", "no zero", "no both"} & said


def test_where_nothing_hinges_on_the_answer_a_doubt_is_said_in_words_that_are_no_answer() -> None:
    active = phrases(calf_words(), ("yes", "no", DONT_KNOW))
    counts = Counter(spelling for phrase in active for spelling in phrase.spellings)
    assert [spelling for spelling, count in counts.items() if count > 1] == []
    said = {phrase.meaning: phrase.spellings for phrase in active}
    assert ("not really" in said["no"], "i don't know" in said[DONT_KNOW]) == (True, True)


def test_what_may_mean_either_of_two_numbers_is_a_way_to_say_the_worse_one() -> None:
    def said(worse: Worse) -> dict[str, set[str]]:
        return {phrase.meaning: set(phrase.spellings) for phrase in phrases(calf_words(), SCORES, worse)}

    higher, lower = said("higher"), said("lower")
    for below, above in pairwise(NUMBERS):
        either = {frame.format(below, above) for frame in RANGES}
        one, other = str(NUMBERS.index(below) + 1), str(NUMBERS.index(above) + 1)
        assert either <= higher[other] - higher[one]
        assert either <= lower[one] - lower[other]
    assert "zero or one" in lower["0"]
    assert "ten" in lower["10"]
    assert set().union(*higher.values()) == set().union(*lower.values())


def test_each_number_is_understood_in_each_frame_and_in_no_other() -> None:
    frames = [*BARE, *WITH_AN_ARTICLE, "{} out of ten"]
    for score, number in enumerate(NUMBERS, 1):
        known = calf_words().meanings[str(score)]
        said = {frame.format(number).replace("a eight", "an eight") for frame in frames}
        ranges = {frame.format(NUMBERS[score - 2], number) for frame in RANGES} if score > 1 else set()
        ranges |= {frame.format("zero", number) for frame in RANGES} if score == 1 else set()
        assert set(known.spellings) == said | ranges
        assert known.spellings[0] == number
        assert set(known.never_sure) == {s for s in said if s.startswith("about")}


def test_each_side_is_understood_of_each_part() -> None:
    for side in ("left", "right"):
        spellings = calf_words().meanings[side].spellings
        parts = {f"{whose}{side} {part}" for whose in ("", "the ", "my ") for part in ("leg", "calf", "arm")}
        others = {"{}", "the {}", "my {}", "on the {}", "it's the {}", "{} one", "the {} one", "it's the {} one"}
        assert set(spellings) == parts | {o.format(side) for o in others} | {f"{side} side", f"the {side} side"}


def test_oh_is_no_number() -> None:
    assert "oh" not in {spelling for phrase in all_phrases() for spelling in phrase.spellings}


def test_no_command_and_no_doubt_begins_with_a_bare_answer_which_would_be_taken_later() -> None:
    answers = {s for phrase in all_phrases() if phrase.meaning in ANSWERS for s in phrase.spellings if " " not in s}
    every_answer = [*ANSWERS, *UNHURRIED_ANSWERS, *CORRECTING]
    slow = [s for phrase in all_phrases() if phrase.meaning not in every_answer for s in phrase.spellings]

    assert [spelling for spelling in slow if spelling.split()[0] in answers and " " in spelling] == []


def test_how_readily_the_model_writes_it_is_known_of_every_spelling() -> None:
    known = tomllib.loads(UNHEARD_FILE.read_text(encoding="utf-8"))

    common = [spelling for phrase in all_phrases() for spelling in phrase.spellings]
    keywords = [keyword for phrase in all_phrases() for keyword in phrase.keywords]
    assert set(known) == {
        *RIVALS,
        *common,
        *keywords,
        *(spelling for own in answers_of_programmes() for spelling in own),
    }


def test_no_answer_of_a_programme_is_a_command_or_another_answer_to_the_same_question() -> None:
    commands = {s for phrase in all_phrases() if phrase.meaning not in ANSWERS for s in phrase.spellings}
    own = [spelling for spellings in answers_of_programmes() for spelling in spellings]

    assert own
    assert commands & set(own) == set()
    assert len(set(own)) == len(own)


def test_spellings_are_plain_lower_case_words() -> None:
    odd = [s for phrase in all_phrases() for s in phrase.spellings if not re.fullmatch(r"[a-z']+( [a-z']+)*", s)]

    assert odd == []


def test_being_sure_needs_more_than_being_taken() -> None:
    assert all(0 < phrase.accept_above < phrase.sure_above < 1 for phrase in all_phrases())


def test_silence_means_nothing_whatever_may_be_said(moonshine: Moonshine) -> None:
    assert moonshine.decide(quiet(2), all_phrases()).meaning is None


def test_answers_that_differ_by_no_more_than_a_not_are_never_sure() -> None:
    yes, no = (next(phrase for phrase in all_phrases() if phrase.meaning == meaning) for meaning in ("yes", "no"))
    opposites = {spelling: (f"{spelling}n't", f"{spelling} not") for spelling in yes.spellings}

    for spelling, negated in opposites.items():
        for opposite in set(negated) & set(no.spellings):
            assert spelling in yes.never_sure
            assert opposite in no.never_sure
