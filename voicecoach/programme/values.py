"""The values that the text of a prompt may use in braces, and how each can be said."""

import re
import string
from collections.abc import Set

from voicecoach.programme.amounts import DURATION

Value = str | int

WORDINGS = ("", "again", "explain", "also", "heard", "name", "short")
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
PLAIN_SCORE = 3
"""The score that somebody gives to let a programme go on."""
NUMBERS = frozenset(
    {"number", "sets", "repetition", "repetitions", "rounds", "seconds", "before", "after", "pain_before", "pain_after"}
)
"""Values that are numbers: they decide on a text's form, and can be said in other ways."""


def said_back_in(key: str) -> frozenset[str]:
    """Return the values of an answer that is said back, where this prompt says one back; else none."""
    return ANSWER if key.endswith(f"?{HEARD}") else frozenset()


def styles(name: str, numerals: Set[str]) -> frozenset[str]:
    """Return how a value can be said, besides as it is; `numerals` are the names of the language's counting words."""
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
