"""How the English model writes down what it hears: spelling, digits, its known mistakes and its favourite words."""

_STOPS = (".", "", "!", ",", "?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIGITS = {name: str(value) for value, name in enumerate(_NUMBERS)}
_OPENERS = frozenset({"yes", "yeah", "yep", "no", "nope", "okay", "please", "ow", "stop"})

_MISHEARD = {
    "no": ("know",),
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
}
"""Other words that the model writes for one word said alone."""

_EASILY_IMAGINED = {"yeah": 2.4, "okay": 2.4, "sure": 2.0}
"""Words that the model writes for sounds it cannot make out, and what that takes off their log-probability."""

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
    "you",
    "the",
    "what",
    "where",
    "who",
    "hi",
    "hey",
    "um",
    "well",
    "done",
    "don't",
    "left",
    "right",
)
"""Everyday words close to a phrase that means something: where one of them is likelier, that phrase was not said."""


def written_forms(spelling: str) -> tuple[str, ...]:
    """Return the ways the model may write `spelling` (lower case, unpunctuated), each once."""
    forms = []
    for text in (*_inner_forms(spelling), *_MISHEARD.get(spelling, ())):
        forms += [text[0].upper() + text[1:] + stop for stop in _STOPS]
        forms += [text + stop for stop in (".", "")]
    return tuple(dict.fromkeys(forms))


def correction(spelling: str) -> float:
    """Return what to add to the log-probability of `spelling`, so that thresholds mean the same for all.

    Long phrases can be written in more ways, and are less easily taken for one another.
    """
    words = len(spelling.split())
    if words <= 2:
        return 0.5 * (words - 1) - _EASILY_IMAGINED.get(spelling, 0.0)
    return min(1.0 * (words - 1), 3.0)


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
