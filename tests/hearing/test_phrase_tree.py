from typing import Any, cast

import numpy as np

from voicecoach.hearing.moonshine_network import Network
from voicecoach.hearing.phrase_tree import END_TOKEN, START_TOKEN, build_tree, score_spellings

SOUND = np.zeros(1, np.float32)
TOKENS = {"stop": (3,), "stop it": (3, 4), "pins and needles": (5, 6, 7)}


class Prefers:
    """A network that gives the next token of each beginning the log-probability in `table`, any other one -20."""

    def __init__(self, table: dict[tuple[int, ...], dict[int, float]]) -> None:
        self._table = table
        self.rows = 0

    def begin(self, samples: object, start_token: int) -> tuple[Any, Any]:
        del samples, start_token
        return self._following([()]), Rows([()])

    def go_on(self, before: "Rows", tokens: Any) -> tuple[Any, Any]:
        after = [(*text, int(token)) for text, token in zip(before.texts, tokens, strict=True)]
        self.rows += len(after)
        return self._following(after), Rows(after)

    def _following(self, texts: list[tuple[int, ...]]) -> Any:
        following = np.full((len(texts), 8), -20.0)
        for row, text in enumerate(texts):
            for token, value in self._table.get(text, {}).items():
                following[row, token] = value
        return following


class Rows:
    def __init__(self, texts: list[tuple[int, ...]]) -> None:
        self.texts = texts

    def rows(self, which: Any) -> "Rows":
        return Rows([self.texts[i] for i in which])


def scored(network: Prefers, corrections: dict[str, float]) -> dict[str, float]:
    def correction(spelling: str) -> float:
        return corrections.get(spelling, 0.0)

    tree = build_tree(TOKENS, lambda spelling: [TOKENS[spelling]], correction)
    begun = network.begin(SOUND, START_TOKEN)
    return score_spellings(cast(Network, network), begun, tree, correction)


def test_a_spelling_scores_the_sum_of_its_tokens_and_of_the_end_after_them() -> None:
    network = Prefers({(): {3: -1.0}, (3,): {4: -2.0, END_TOKEN: -0.5}, (3, 4): {END_TOKEN: -0.25}})

    assert scored(network, {}) == {"stop": -1.5, "stop it": -3.25}


def test_a_correction_is_added_once() -> None:
    network = Prefers({(): {3: -1.0}, (3,): {END_TOKEN: -0.5}})

    assert scored(network, {"stop": 0.75})["stop"] == -0.75


def test_an_unlikely_phrase_is_followed_as_far_as_its_correction_may_still_save_it() -> None:
    table = {(): {5: -8.0}, (5,): {6: -1.0}, (5, 6): {7: -1.0}, (5, 6, 7): {END_TOKEN: -0.1}}

    assert scored(Prefers(table), {}) == {}
    assert set(scored(Prefers(table), {"pins and needles": 6.0})) == {"pins and needles"}


def test_no_beginning_lives_on_the_whole_correction_of_what_might_follow() -> None:
    network = Prefers({(): {5: -11.0}})

    assert scored(network, {"pins and needles": 6.0}) == {}
    assert network.rows == 0
