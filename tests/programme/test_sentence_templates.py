"""Sentence templates say what hassil's grammar says, each phrase once; what is wrong with one is said in a sentence."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.programme.sentence_templates import MOST_SAID, TemplateError, expand

WORDS = st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=3, unique=True)
RULES = {"side": "left|right", "which": "the <side>", "again": "<again>", "there": "<back>", "back": "<there>"}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("i'm fine", ["i'm fine"]),
        ("  many   spaces ", ["many spaces"]),
        ("[a] one", ["one", "a one"]),
        ("[a|about a] one", ["one", "a one", "about a one"]),
        ("(the|my) leg", ["the leg", "my leg"]),
        ("(the|my) (leg|arm)", ["the leg", "the arm", "my leg", "my arm"]),
        ("leg[s]", ["leg", "legs"]),
        ("[it's [about]] one", ["one", "it's one", "it's about one"]),
        ("one | two", ["one", "two"]),
        ("[my] <side>", ["left", "right", "my left", "my right"]),
        ("<which> leg", ["the left leg", "the right leg"]),
        ("[a] (a|b)", ["a", "b", "a a", "a b"]),
        ("(a|a)", ["a"]),
        ("왼[쪽]이요", ["왼이요", "왼쪽이요"]),
        ("\n (a\n | b) c\n", ["a c", "b c"]),
    ],
)
def test_a_template_says_all_its_ways_in_the_order_in_which_it_is_written(template: str, said: list[str]) -> None:
    assert list(expand(template, RULES)) == said


@given(WORDS, WORDS, WORDS)
def test_alternatives_are_every_combination_the_last_changing_soonest(a: list[str], b: list[str], c: list[str]) -> None:
    template = f"({'|'.join(a)}) [{'|'.join(b)}] <last>"
    wanted = [" ".join(filter(None, words)) for words in product(a, ["", *b], c)]
    assert list(expand(template, {"last": "|".join(c)})) == list(dict.fromkeys(wanted))


@given(st.text("a b[]()|<>", max_size=12))
def test_any_text_is_expanded_to_plain_phrases_each_once_or_refused(template: str) -> None:
    try:
        said = expand(template, {"a": "b", "b": "[c]"})
    except TemplateError:
        return
    assert len(set(said)) == len(said) > 0
    assert all(re.fullmatch(r"[abc]+( [abc]+)*", words) for words in said)


@given(st.lists(st.text("abc'", min_size=1), min_size=1).map(" ".join))
def test_a_plain_phrase_is_itself(phrase: str) -> None:
    assert expand(phrase, RULES) == (phrase,)


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("it's (one|two", 'has no ")" for its "(" (character 6)'),
        ("[a one", 'has no "]" for its "[" (character 1)'),
        ("(a] one", 'has no ")" for its "("'),
        ("a) one", 'has a ")" that nothing opens (character 2)'),
        ("<sid> leg", "needs <sid>, which no rule says (character 1)"),
        ("<again>", "needs <again>, which needs itself"),
        ("<there>", "needs <there>, which needs itself"),
        ("{side} leg", 'has a "{" that means nothing (character 1)'),
        ("a < b", 'has a "<" that means nothing'),
        ("[a] [b]", "can be nothing at all"),
        ("", "can be nothing at all"),
        ("(a|b|c)" * 9, f"can be said in more than {MOST_SAID} ways"),
        ("(" * 5000, "is nested too deeply"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_its_place(template: str, what: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(what)):
        expand(template, RULES)


def test_rules_that_multiply_one_another_are_refused_in_time() -> None:
    rules = {f"r{at}": f"<r{at + 1}> <r{at + 1}>|<r{at + 1}>" for at in range(40)} | {"r40": "a|b"}
    with pytest.raises(TemplateError, match="more than"):
        expand("<r0>", rules)
