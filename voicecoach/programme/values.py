"""The values that the text of a prompt may use in braces: those that the session gives it, and no others."""

import re
import string
from collections.abc import Set

from voicecoach.programme.amounts import DURATION

WORDINGS = ("", "again", "explain", "also", "heard", "name")
"""What follows a question's id and a question mark in the keys of its texts."""
HEARD, HEARD_THAT = "heard", "heard_that"
"""The wording that says back what was understood, and the prompt in its place for a question that has none."""
EMERGENCY_NUMBER = "emergency_number"
"""The number to call. A line can give a country as this value, where the person has said to be in it."""
ALWAYS = frozenset({EMERGENCY_NUMBER})
SIDES = frozenset({"side", "other_side"})
"""Known once the `side` step is over."""
ANSWER = frozenset({"answer"})
"""Known where an answer is said back."""
NUMBERS = frozenset(
    {"number", "sets", "repetition", "repetitions", "rounds", "seconds", "before", "after", "pain_before", "pain_after"}
)
"""Values that are numbers: they decide on a text's form, and can be said in other ways."""

IN_A_SET = (
    "count_1", "count_2", "count_3", "count_more", "repetition_done", "halfway", "encouragement",
    "last_three", "last_one", "set_done",
)  # fmt: skip
DOSES = ("dose", "dose_until")
IN_ROUNDS = ("rounds_intro", "round_intro", "rounds_done")
_HOW_MANY = (*DOSES, "left_before", "left_sets", "summary_none", "summary_repetitions")
_GIVEN: dict[str, frozenset[str]] = {
    **dict.fromkeys(IN_A_SET, SIDES | {"number"}),
    **dict.fromkeys(("set_gone", "set_skipped"), SIDES),
    **dict.fromkeys(("rest", "rest_left", "time_left"), SIDES | {"seconds"}),
    **dict.fromkeys(("rounds_intro", "left_rounds", "summary_rounds"), frozenset({"rounds"})),
    "round_intro": frozenset({"number", "rounds"}),
    **dict.fromkeys(("left_in_set", "left_in_set_last"), SIDES | {"repetitions", "sets"}),
    **dict.fromkeys(_HOW_MANY, frozenset({"repetitions", "sets"})),
    **dict.fromkeys((f"did_you_say?{wording}" for wording in WORDINGS), ANSWER),
    **dict.fromkeys((HEARD_THAT, "said_back"), ANSWER),
    **dict.fromkeys((f"country?{wording}" for wording in WORDINGS), frozenset({"country"})),
    "set_intro": SIDES | {"number", "sets"},
    "summary_pain": frozenset({"before", "after"}),
    **dict.fromkeys(("stopped_in_set", "stopped_after_set", "stopped_in_round"), frozenset({"number"})),
    "stopped_in_set_after": frozenset({"number", "repetition"}),
    "stopped_after": frozenset({"repetition"}),
    "last_time": frozenset({"pain_before", "pain_after"}),
    "last_time_side": frozenset({"pain_before", "pain_after", "last_side"}),
    "last_time_before": frozenset({"pain_before"}),
    "last_time_before_side": frozenset({"pain_before", "last_side"}),
}


def given(key: str) -> frozenset[str]:
    """Return the values that the session gives to a prompt of its own whenever it says it."""
    return _GIVEN.get(key, frozenset()) | said_back_in(key) | ALWAYS


def said_back_in(key: str) -> frozenset[str]:
    """Return the values of an answer that is said back, where this is how a question says it."""
    return ANSWER if key.endswith(f"?{HEARD}") else frozenset()


def styles(name: str, numerals: Set[str]) -> frozenset[str]:
    """Return how a value can be said, besides as it is; `numerals` names the language's counting words."""
    if name not in NUMBERS:
        return frozenset()
    return frozenset(numerals | {DURATION} if name == "seconds" else numerals)


def values_in(text: str) -> set[str]:
    """Return the names in the braces of a text. Raises ValueError as `styled_in` does."""
    return {name for name, _ in styled_in(text)}


def styled_in(text: str) -> set[tuple[str, str]]:
    """Return the names in the braces of a text, each with how it is said.

    Raises ValueError for a text without words or with other braces.
    """
    if not re.search(r"\w", text):
        raise ValueError("there is nothing to say; write a sentence.")
    named = set()
    try:
        for _, name, style, conversion in string.Formatter().parse(text):
            if conversion or not re.fullmatch(r"\w*", style or ""):
                raise ValueError(f"{name} has a format")
            if name is not None:
                named.add((name, style or ""))
    except ValueError as error:
        raise ValueError(f"{error}; write braces only round a value's name.") from None
    return named
