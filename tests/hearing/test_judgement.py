import math

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.hearing.judgement import is_doubtful, judge, likely_spellings
from voicecoach.hearing.recogniser import Phrase

YES = Phrase("yes", ("yes", "yeah"), 0.5, 0.9)
NO = Phrase("no", ("no",), 0.5, 0.9)
BOTH = (YES, NO)


def test_the_likeliest_meaning_is_taken_with_its_words() -> None:
    verdict = judge([{"no": -0.1, "yes": -6.0}], BOTH)

    assert (verdict.meaning, verdict.words, verdict.sure) == ("no", "no", True)


def test_a_meaning_below_its_threshold_is_not_taken_but_its_words_are_told() -> None:
    verdict = judge([{"no": -5.0}], BOTH)

    assert (verdict.meaning, verdict.words) == (None, "no")


def test_between_the_thresholds_it_is_taken_and_not_sure() -> None:
    verdict = judge([{"no": -3.5}], BOTH)

    assert verdict.meaning == "no"
    assert not verdict.sure


def test_the_spellings_of_a_meaning_add_up() -> None:
    phrase = Phrase("no", ("no", "nope"), 0.5, 0.9)

    assert math.isclose(judge([{"no": -1.0, "nope": -1.0}], [phrase]).score, math.log(2) - 1.0)


def test_two_meanings_about_equally_likely_are_neither() -> None:
    assert judge([{"no": -0.9, "yes": -0.7}], BOTH).meaning is None


def test_a_meaning_that_a_rival_word_outdoes_is_not_taken() -> None:
    assert judge([{"no": -1.5}], BOTH).meaning == "no"
    assert judge([{"no": -1.5, "go": -0.3}], BOTH).meaning is None


def test_an_urgent_meaning_is_never_taken_where_a_rival_word_is_likelier() -> None:
    stop = Phrase("stop", ("stop",), 0.1, 0.9, urgent=True)

    assert judge([{"stop": -0.9, "off": -1.0}], [stop]).meaning == "stop"
    assert judge([{"stop": -0.9, "off": -0.8}], [stop]).meaning is None


def test_the_nearer_a_rival_word_comes_the_less_sure_it_is() -> None:
    alone, near = judge([{"no": -0.5}], BOTH), judge([{"no": -0.5, "go": -1.5}], BOTH)

    assert alone.sure
    assert near.confidence < alone.confidence
    assert (near.meaning, near.sure) == ("no", False)


def test_a_rival_that_is_itself_active_is_no_rival() -> None:
    left = Phrase("left", ("left",), 0.5, 0.9)

    assert judge([{"left": -0.1}], [left, YES]).meaning == "left"


def test_several_looks_count_by_their_mean() -> None:
    assert judge([{"no": -5.0}, {"no": -0.2}, {"no": -0.2}, {"no": -0.2}], BOTH).meaning == "no"
    assert judge([{"no": -0.2}, {"no": -5.0}, {"no": -5.0}, {"no": -5.0}], BOTH).meaning is None


def test_a_score_ends_at_certainty_and_the_margin_between_two_corrected_ones_is_kept() -> None:
    faster, louder = Phrase("faster", ("speed up",), 0.5, 0.9), Phrase("louder", ("speak up",), 0.5, 0.9)

    verdict = judge([{"speed up": 3.0, "speak up": 0.5}], [faster, louder])

    assert (verdict.meaning, verdict.score, verdict.margin) == ("faster", 0.0, 2.5)


def test_nothing_likely_at_all_is_nothing() -> None:
    verdict = judge([{}], BOTH)

    assert verdict.meaning is None
    assert verdict.words == ""


def test_what_is_clear_either_way_needs_no_second_look_and_what_is_between_does() -> None:
    assert not is_doubtful(judge([{"no": -0.1}], BOTH))
    assert is_doubtful(judge([{"no": -3.5}], BOTH))
    assert not is_doubtful(judge([{"no": -6.9}], BOTH))


def test_what_a_rival_outdoes_by_far_needs_no_second_look() -> None:
    assert not is_doubtful(judge([{"no": -5.0, "go": -0.1}], BOTH))


def test_words_that_a_swallowed_syllable_turns_into_their_opposite_are_taken_and_never_sure() -> None:
    phrase = Phrase("no", ("no", "it doesn't"), 0.5, 0.9, never_sure=("it doesn't",))

    assert judge([{"no": -0.1}], [phrase, YES]).sure
    verdict = judge([{"it doesn't": -0.1}], [phrase, YES])
    assert (verdict.meaning, verdict.sure) == ("no", False)


def test_thresholds_belong_to_the_phrase() -> None:
    lenient = Phrase("no", ("no",), 0.05, 0.9)

    assert judge([{"no": -5.0}], [YES, NO]).meaning is None
    assert judge([{"no": -5.0}], [YES, lenient]).meaning == "no"


def test_a_second_look_is_at_the_likeliest_few() -> None:
    look = {f"way {i}": -0.1 * i for i in range(13)} | {"unlikely": -7.9}

    assert set(likely_spellings(look)) == {f"way {i}" for i in range(8)}


def test_what_is_much_less_likely_than_the_best_gets_no_second_look() -> None:
    assert likely_spellings({"no": -0.1, "yes": -7.0}) == ["no"]


SCORE = st.floats(-12, 0)


@given(st.lists(st.dictionaries(st.sampled_from(["yes", "yeah", "no", "go", "now"]), SCORE), min_size=1, max_size=4))
def test_a_verdict_is_sure_only_when_it_is_taken_and_taken_only_above_its_threshold(
    looks: list[dict[str, float]],
) -> None:
    verdict = judge(looks, BOTH)

    if verdict.sure:
        assert verdict.meaning is not None
        assert verdict.confidence >= 0.9
    if verdict.meaning is not None:
        assert 0.5 <= verdict.confidence <= 1.0
