"""How the English model writes a spoken phrase down: its capitals, punctuation, digits and sound-alikes."""

_STOPS = (".", "", "!", ",", "?")
_DIGITS = {
    name: str(value)
    for value, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
_OPENERS = frozenset({"yes", "yeah", "yep", "no", "nope", "okay", "ok", "please", "oh", "stop"})


def written_forms(spelling: str) -> tuple[str, ...]:
    """Return the ways the model may write `spelling` (lower case, unpunctuated), the likeliest first, each once."""
    plain = " ".join("I" if word == "i" else word for word in spelling.split())
    forms = []
    for text in _inner_forms(plain):
        forms += [text[0].upper() + text[1:] + stop for stop in _STOPS]
        forms += [text + stop for stop in (".", "")]
    return tuple(dict.fromkeys(forms))


def _inner_forms(plain: str) -> list[str]:
    words = plain.split()
    forms = [plain]
    if len(words) > 1 and (words[0] in _OPENERS or words[0] == words[1]):
        forms.append(f"{words[0]}, {' '.join(words[1:])}")
    if len(words) > 1 and all(word == words[0] for word in words):
        forms += [", ".join(words), ". ".join(word.capitalize() for word in words)]
        forms.append("! ".join(word.capitalize() for word in words))
    if words[-1] in _DIGITS:
        forms += [" ".join([*form.split()[:-1], _DIGITS[words[-1]]]) for form in list(forms)]
    return forms
