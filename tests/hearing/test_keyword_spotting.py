"""Keywords among other words: who is in distress says it in words that nobody has listed."""

from typing import Any, cast

import numpy as np
import pytest

from voicecoach.hearing.keyword_spotting import KeywordSpotter, Spotted
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.moonshine_network import Network
from voicecoach.hearing.phrase_tree import END_TOKEN, START_TOKEN, build_tree

from .conftest import Say, phrases_for
from .test_phrase_tree import SOUND, Prefers

VOCABULARY = {"▁i".encode(): 3, "▁feel".encode(): 4, "▁dizzy".encode(): 5, "▁not".encode(): 6, "▁busy".encode(): 7}
UNLISTED = (
    ("all of a sudden i feel so dizzy", "dizzy"),
    ("i think i'm going to pass out now", "faint"),
    ("there is something wrong with my chest", "chest"),
    ("i just can't breathe any more", "breath"),
    ("now my toes are cramping", "cramp"),
    ("oh no i just fell off", "fell"),
    ("my foot will not go down i can't move it", "cant_move"),
    ("will somebody call an ambulance", "help_now"),
)
VOICES = ("gmw/en-us+m3", "gmw/en-gb-x-rp", "gmw/en-us+f3", "gmw/en-us")
DISTRESS = {meaning for _, meaning in UNLISTED}


def spotted(table: dict[tuple[int, ...], dict[int, float]], correction: float = 0.0) -> Spotted | None:
    network = cast(Network, Prefers(table))
    tree = build_tree(["dizzy"], lambda _: [(5,)], lambda _: correction)
    begun = network.begin(SOUND, START_TOKEN)
    return KeywordSpotter(network, VOCABULARY).spot(begun, tree, lambda _: correction)


def test_a_keyword_is_weighed_at_each_word_of_what_the_model_writes() -> None:
    said = spotted({(): {3: -0.1}, (3,): {4: -0.1}, (3, 4): {7: -0.2, 5: -2.0}, (3, 4, 7): {END_TOKEN: 0.0}})

    assert said == Spotted("dizzy", -2.0, " i feel")


def test_its_correction_counts_once() -> None:
    said = spotted({(): {3: -0.1}, (3,): {7: -0.2, 5: -2.0}, (3, 7): {END_TOKEN: 0.0}}, correction=1.5)

    assert said is not None
    assert said.score == -0.5


@pytest.mark.parametrize(("place", "is_followed"), [(4, True), (5, False)])
def test_of_the_keywords_that_have_begun_the_four_likeliest_are_followed(place: int, is_followed: bool) -> None:
    spellings = {f"keyword {place}": (place, 7) for place in (1, 3, 4, 5, 6)}
    by_likelihood = (3, 4, 6, 5, 1)
    begun_as = by_likelihood[place - 1]
    table: dict[tuple[int, ...], dict[int, float]] = {
        (): {token: -0.1 * rank for rank, token in enumerate(by_likelihood, 1)},
        (3,): {END_TOKEN: 0.0},
        (begun_as,): {7: 0.0},
    }
    network = cast(Network, Prefers(table))
    tree = build_tree(spellings, lambda spelling: [spellings[spelling]], lambda _: 0.0)
    found = KeywordSpotter(network, VOCABULARY).spot(network.begin(SOUND, START_TOKEN), tree, lambda _: 0.0)
    assert (found is not None and found.keyword == f"keyword {begun_as}") is is_followed


def test_one_that_is_denied_is_none() -> None:
    table: dict[tuple[int, ...], dict[int, float]] = {(): {3: -0.1}, (3,): {6: -0.1}, (3, 6): {5: -0.1}}

    assert spotted({**table, (3, 6, 5): {END_TOKEN: 0.0}}) is None


def test_of_somebody_else_it_is_none_unless_it_is_said_at_once() -> None:
    once: dict[tuple[int, ...], dict[int, float]] = {(4,) * n: {4: -0.1} for n in range(4)}

    assert spotted({**once, (4,) * 4: {5: -0.1}, (4,) * 4 + (5,): {END_TOKEN: 0.0}}) is not None
    late = {(4,) * n: {4: -0.1} for n in range(6)}
    assert spotted({**late, (4,) * 6: {5: -0.1}, (4,) * 6 + (5,): {END_TOKEN: 0.0}}) is None


def test_distress_in_unlisted_words_is_acted_on_in_synthetic_voices(moonshine: Moonshine, say: Say) -> None:
    lost: list[Any] = []
    for text, _ in UNLISTED:
        for voice in VOICES:
            sound = np.pad(say(text, voice), (3200, 3200)).astype(np.float32)
            verdict = moonshine.decide(sound, phrases_for("yes-no"))
            if verdict.meaning not in DISTRESS:
                lost.append((text, voice, verdict.meaning))

    assert len(lost) <= 0.1 * len(UNLISTED) * len(VOICES), lost


@pytest.mark.parametrize("text", ["the weather is nice today", "no i have never been dizzy", "no chest pain at all"])
def test_other_talk_and_what_is_denied_is_no_distress(moonshine: Moonshine, say: Say, text: str) -> None:
    assert moonshine.decide(say(text), phrases_for("yes-no")).meaning not in DISTRESS
