"""How the English model writes down what it hears: spelling, digits, its known mistakes and its favourite words."""

import re
import tomllib
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path

_STOPS = (".", "", "?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIGITS = {name: str(value) for value, name in enumerate(_NUMBERS)}
_OPENERS = frozenset({"yes", "yeah", "yep", "no", "nope", "okay", "please", "ow", "stop"})

_FOR_CRAMP = ("tramp", "gramp", "crab")
"""Without those that are said often by themselves: "grin" and names would be written "grim", and "trump" is one."""
_MISHEARD = {
    "no": ("know", "none"),
    "left": ("let", "lift", "last", "laugh", "laughed"),
    "right": ("white", "write"),
    "stop": ("stopped", "stub", "stomp"),
    "zero": ("nero",),
    "one": ("won",),
    "two": ("to", "too", "do"),
    "three": ("tree", "free"),
    "four": ("for", "fore"),
    "six": ("sick",),
    "eight": ("ate", "a", "hate"),
    "nine": ("line",),
    "ow": ("oh",),
    "ow ow": ("oh, oh", "oh oh"),
    "ow ow ow": ("oh, oh, oh", "oh oh oh"),
    "argh it hurts": ("argued hurts", "aren't it hurts", "aren't it hurt", "are it hurts"),
    "argh that hurts": ("argue that hurts", "aren't that hurts"),
    "cramp": _FOR_CRAMP,
    "cramps": ("gramps", "tramps", "crabs"),
    "oh cramp": ("old ramp",),
    "i got cramp": tuple(f"I got {word}" for word in (*_FOR_CRAMP, "grim", "crammed")),
    "i've got cramp": tuple(f"I've got {word}" for word in (*_FOR_CRAMP, "grim", "ramp")),
}
"""Other words that the model writes for what is said alone."""

_EASILY_IMAGINED = {"yeah": 1.8, "okay": 2.2} | dict.fromkeys(("sure", "yep", "yup", "nah", "nope"), 2.0)
"""Words that the model writes for short sounds it cannot make out, and what that takes off their log-probability."""

UNHEARD_FILE = Path(__file__).with_name("unheard.en.toml")
_UNHEARD_ANSWER, _UNHEARD_ANY, _UNHEARD_LETTER = -7.0, -8.7, -1.0
"""What "yes" and "no" have there, and how the others grow less likely letter by letter (a line fitted to them)."""
_GIVEN_BACK, _MOST_GIVEN_BACK = 0.3, 6.0

_DENIED = (*_NUMBERS, "left", "right", "both", "the left", "the right")
"""Answers that say the opposite with "not" before them, which sounds much like "about"."""

RIVALS = (
    *_NUMBERS,
    "go",
    "now",
    "know",
    "knew",
    "down",
    "up",
    "off",
    "on",
    "oh",
    "uh",
    "huh",
    "good",
    "though",
    "the",
    "who",
    "hi",
    "hey",
    "um",
    "well",
    "done",
    "don't",
    "left",
    "right",
    "yet",
    "guess",
    "stay",
    "cause",
    "it's",
    "it's um",
    *(f"i can do {what}" for what in ("that", "this", "it")),
    *(f"not {answer}" for answer in _DENIED),
)
"""Everyday words close to a phrase that means something: where one of them is likelier, that phrase was not said."""


def written_forms(spelling: str) -> tuple[str, ...]:
    """Return the ways the model may write `spelling` (lower case, unpunctuated), each once."""
    texts = (*_inner_forms(spelling), *_MISHEARD.get(spelling, ()))
    return tuple(dict.fromkeys(text[0].upper() + text[1:] + stop for text in texts for stop in _STOPS))


def forms_within(keyword: str) -> tuple[str, ...]:
    """Return the ways the model may write `keyword` within a sentence or at the beginning of one."""
    plain = _inner_forms(keyword)[0]
    return tuple(dict.fromkeys((plain, plain[0].upper() + plain[1:])))


@cache
def correction(spelling: str) -> float:
    """Return what to add to the log-probability of `spelling`, so that thresholds mean the same for all spellings.

    The model would rather write some words than others whatever it hears, and the more it would, the less it says that
    it wrote one. This gives back a part of that.
    """
    unheard = _unheard().get(spelling, _UNHEARD_LETTER * len(spelling) + _UNHEARD_ANY)
    given_back = _GIVEN_BACK * (_UNHEARD_ANSWER - unheard)
    return min(given_back, _MOST_GIVEN_BACK) - _EASILY_IMAGINED.get(spelling, 0.0)


@cache
def _unheard() -> Mapping[str, float]:
    """Return the log-probability of each known spelling where there is only noise; scripts/calibrate measures it."""
    return tomllib.loads(UNHEARD_FILE.read_text(encoding="utf-8"))


_NAMES = {digit: name for name, digit in _DIGITS.items()}
_PUNCTUATION = re.compile(r"[^\w' ]|_")
_HESITATION = "er"
_FOR_HESITATION = frozenset({"or", "are", "our", "her", "earth", "air", "err", "hour", "oar", "eh"})
"""What the model writes for an "er" before an answer."""
_ONLY_ALONE = frozenset({"do", "a", "hate"})
"""Mistakes for an answer said alone that are everyday words in a sentence."""
_MISHEARD_WITHIN = {
    "four": ("far",),
    "right": ("riot", "ride"),
    "left": ("luck",),
}
"""More words that the model writes for an answer, in the middle of a sentence."""
_MISHEARD_ROUND = {
    "two": {"more": "or", "are": "or", "our": "or", "offer": "or", "day": "today"},
    "left": {"half": "calf", "path": "calf", "cough": "calf", "cuff": "calf"},
}
"""What it writes there for the words round an answer that is listened for."""
_FOR_ANSWERS = {
    answer: {
        wrong: answer
        for wrong in (*_MISHEARD[answer], *_MISHEARD_WITHIN.get(answer, ()))
        if wrong not in _ONLY_ALONE
    } | _MISHEARD_ROUND.get(answer, {})
    for answer in ("zero", "one", "two", "three", "four", "six", "eight", "left", "right")
}  # fmt: skip


def plain(text: str) -> str:
    """Return what the model wrote in lower case, unpunctuated, with numbers up to ten in words."""
    words = _PUNCTUATION.sub(" ", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).split()
    return " ".join(_NAMES.get(word, word) for word in words)


def mended(words: str, answers: Container[str]) -> str:
    """Return plain words with what the model is known to write instead put right, where such `answers` are awaited."""
    known = {
        wrong: right for answer, each in _FOR_ANSWERS.items() if answer in answers for wrong, right in each.items()
    }
    first, *others = words.split() or [""]
    if others and first in _FOR_HESITATION:
        return " ".join((_HESITATION, *(known.get(word, word) for word in others)))
    return " ".join(known.get(word, word) for word in (first, *others))


def _inner_forms(spelling: str) -> list[str]:
    words = ["I" + word[1:] if word == "i" or word.startswith("i'") else word for word in spelling.split()]
    forms = [" ".join(words)]
    if len(words) > 1 and (words[0] in _OPENERS or words[0] == words[1]):
        forms.append(f"{words[0]}, {' '.join(words[1:])}")
    if len(words) > 1 and len(set(words)) == 1:
        forms.append(", ".join(words))
        forms += [mark.join(word.capitalize() for word in words) for mark in (". ", "! ")]
    if words[-1] in _DIGITS:
        forms += [" ".join([*form.split()[:-1], _DIGITS[words[-1]]]) for form in list(forms)]
    return forms
