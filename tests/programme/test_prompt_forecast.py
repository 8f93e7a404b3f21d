"""Everything that a session says is known before it is needed."""

from voicecoach.programme.line import Line
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words


def test_what_is_known_ahead_begins_with_the_welcome_and_needs_no_more_values(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    assert texts[0] == words.text(Line("welcome"))
    assert [text for text in texts if "{" in text or "None" in text] == []
    assert len(set(texts)) == len(texts)


def test_every_count_of_a_set_is_known_ahead(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    counts = [words.text(Line("repetition_done", {"number": number})) for number in range(1, 26)]
    assert [count for count in counts if count not in texts] == []


def test_both_sides_are_known_ahead_and_never_mixed_up(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    for side, other in (("left", "right"), ("right", "left")):
        assert words.text(Line("slump_different?again", {"side": side, "other_side": other})) in texts
    assert not [text for text in texts if "Did the left leg feel very different from the left" in text]


def test_every_number_of_repetitions_left_is_known_ahead(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    assert words.text(Line("left_in_set", {"repetitions": 25, "sets": 2})) in texts
    assert words.text(Line("left_in_set_last", {"repetitions": 1, "sets": 0})) in texts


def test_the_counts_come_before_what_follows_the_sets(calf: Programme, words: Words) -> None:
    texts = known_ahead(calf, words)
    assert texts.index("Two.") < texts.index("That's 25. The set is done. Lower your foot and rest.")
    assert texts.index("That's 24. Last one.") < texts.index(words.text(Line("glute_offer?")))
