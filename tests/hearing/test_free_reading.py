"""What no phrase explains is written out freely, by the real recogniser, and read with the language's few words."""

from dataclasses import replace

import numpy as np
import pytest

from voicecoach.hearing.free_reading import weighed
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.recogniser import Phrase, Verdict, Written
from voicecoach.hearing.transcription import mended, plain
from voicecoach.meanings import SCORES, Worse
from voicecoach.phrases import reader

from .conftest import Say, calf_words, phrases_for

YES = Phrase("yes", ("yes",), 0.3, 0.9)
NO = Phrase("no", ("no",), 0.3, 0.9)
NOTHING = Verdict(None, "", -9.0, 0.0, 0.1, sure=False)


def texts(**probabilities: float) -> tuple[Written, ...]:
    said = {words.replace("_", " "): probability for words, probability in probabilities.items()}
    return tuple(Written(words, words, probability) for words, probability in said.items())


def read(verdict: Verdict, **probabilities: float) -> Verdict:
    return weighed(replace(verdict, written=texts(**probabilities)), (YES, NO), reader(calf_words()))


def taken(verdict: Verdict) -> tuple[str | None, bool]:
    return verdict.meaning, verdict.sure


def test_what_most_texts_mean_is_surely_meant() -> None:
    verdict = read(NOTHING, well_yes=0.3, oh_yes=0.2, unless=0.2)
    assert taken(verdict) == ("yes", True)
    assert verdict.words == "well yes"
    assert verdict.confidence == pytest.approx(5 / 7)


def test_of_two_numbers_the_one_counts_that_is_the_worse_one_for_what_is_listened_for() -> None:
    written = replace(NOTHING, written=texts(i_reckon_four_to_five=0.9))
    expected: dict[Worse, str] = {"higher": "5", "lower": "4"}
    for worse, counts in expected.items():
        numbers = [Phrase(score, (score,), 0.3, 0.9, worse=worse) for score in SCORES]
        assert taken(weighed(written, numbers, reader(calf_words()))) == (counts, True)


def test_what_less_than_six_of_ten_mean_has_to_be_checked_and_less_than_four_is_nothing() -> None:
    assert taken(read(NOTHING, well_yes=0.5, unless=0.5)) == ("yes", False)
    assert taken(read(NOTHING, well_yes=0.3, unless=0.5)) == (None, False)


def test_where_another_meaning_is_about_as_likely_nothing_is_taken() -> None:
    assert taken(read(NOTHING, well_yes=0.6, well_no=0.2)) == (None, False)
    assert taken(read(NOTHING, well_yes=0.6, well_no=0.1)) == ("yes", True)


def test_texts_that_are_all_unlikely_say_nothing() -> None:
    assert taken(read(NOTHING, well_yes=0.001)) == (None, False)


def test_a_phrase_that_was_not_sure_is_no_surer_for_being_written() -> None:
    unsure = replace(NOTHING, meaning="yes", words="yes", confidence=0.5)
    assert taken(read(unsure, yes=0.9)) == ("yes", False)
    assert taken(read(NOTHING, yes=0.9)) == (None, False)
    assert taken(read(unsure, well_yes_i_think_so=0.9)) == ("yes", True)


def test_what_the_texts_say_against_a_phrase_has_to_be_checked() -> None:
    unsure = replace(NOTHING, meaning="yes", words="yes", confidence=0.5)
    assert taken(read(unsure, well_no=0.9)) == ("no", False)


def test_a_word_of_distress_among_others_is_asked_about_whatever_answer_was_heard() -> None:
    listening, words = (YES, NO, Phrase("help_now", ("i need help",), 0.15, 0.9)), calf_words()
    heard = replace(NOTHING, meaning="no", confidence=0.6, written=texts(no_help_me=0.6, no=0.1))
    verdict = weighed(heard, listening, reader(words))
    assert (*taken(verdict), verdict.words, verdict.among_others) == ("help_now", False, "no help me", True)
    few = replace(heard, written=texts(no_help_me=0.1, no_really=0.6))
    assert weighed(few, listening, reader(words)).meaning == "no"


def test_what_was_not_written_is_left_as_it_was() -> None:
    assert read(NOTHING) == NOTHING


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Well, yes!", "well yes"),
        ("Between 5 and 6.", "between five and six"),
        ("Uh-huh", "uh huh"),
        ("I\N{RIGHT SINGLE QUOTATION MARK}m OK.", "i'm ok"),
    ],
)
def test_what_the_model_writes_is_made_plain(written: str, words: str) -> None:
    assert plain(written) == words


def test_the_models_mistakes_are_mended_only_where_that_answer_is_listened_for() -> None:
    assert mended("maybe to maybe free", {"two", "three"}) == "maybe two maybe three"
    assert mended("maybe to maybe free", {"yes"}) == "maybe to maybe free"
    assert mended("earth lift", {"left"}) == "er left"
    assert mended("or", {"left"}) == "or"
    assert mended("", {"left"}) == ""


@pytest.mark.parametrize(
    ("question", "said", "meaning"),
    [
        ("yes-no", "yes, I noticed it on the stairs", "yes"),
        ("screening", "no, nothing of the kind", "no"),
        ("number", "I'd give it a three", "3"),
        ("side", "it's mostly the left one", "left"),
        ("yes-no", "sorry, what was the question?", "repeat"),
        ("yes-no", "the weather is getting colder", None),
    ],
)
def test_a_sentence_that_nobody_has_listed_is_understood(
    moonshine: Moonshine, say: Say, question: str, said: str, meaning: str | None
) -> None:
    phrases = phrases_for(question)
    sound = say(said, "gmw/en-gb-x-rp+f2")
    verdict = moonshine.decide(sound, phrases, writes=True)
    assert weighed(verdict, phrases, reader(calf_words())).meaning == meaning


def test_nothing_is_written_where_no_answer_is_listened_for_or_somebody_talks_on(
    moonshine: Moonshine, say: Say
) -> None:
    commands = [phrase for phrase in phrases_for("yes-no") if phrase.meaning not in ("yes", "no")]
    talk = say("the weather is getting colder")
    assert moonshine.decide(talk, phrases_for("yes-no"), writes=True).written
    assert moonshine.decide(talk, commands, writes=True).written == ()
    assert moonshine.decide(np.tile(talk, 3), phrases_for("yes-no"), writes=True).written == ()


def test_a_keyword_that_the_texts_say_more_of_is_no_longer_one_among_other_words() -> None:
    keyword = Verdict("yes", "yes", -2.0, 0.0, 0.5, sure=False, among_others=True)
    assert not read(keyword, well_yes=0.6).among_others
