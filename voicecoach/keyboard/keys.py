"""Keys: which key means what, in one language, and which presses are meant; nothing here knows a terminal."""

from dataclasses import dataclass, replace
from string import ascii_lowercase

import msgspec

from voicecoach.meanings import CORRECT, CORRECTING, DISTRESS, DONT_KNOW, FINE, ONE_MOMENT, OW
from voicecoach.programme.language_files import read_own_words
from voicecoach.programme.words import Words
from voicecoach.samples import samples

_STOP = "stop"
BY_VOICE_ALONE = frozenset({FINE, DONT_KNOW, ONE_MOMENT, OW, *DISTRESS, *CORRECTING} - {"help_now", CORRECT})
"""What has no key: for distress, and for what was wrong, there is one, whatever it is."""
_HELD_DOWN = samples(0.7)
_BURST = samples(0.05)


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key and what the screen says of it.

    `key` is a character, "space", "enter", or an arrow's direction; `name` is what is printed on it, where that is
    something else.
    """

    key: str
    label: str
    name: str = ""

    @property
    def shown(self) -> str:
        """What is printed on the key."""
        return self.name or self.key.upper()

    @property
    def text(self) -> str:
        """The key and its word, as the screen shows them; a digit says both at once."""
        return self.shown if self.shown == self.label else f"{self.shown} {self.label}"


class ScreenWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words on the screen that are not spoken, in one language."""

    set: str
    done: str
    hold: str
    rest: str
    pressed: str
    not_now: str


class _KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    instead: tuple[tuple[str, str], ...]
    screen: ScreenWords
    keys: dict[str, Key]


@dataclass(frozen=True)
class Keys:
    """The keys of a language by their meaning, in the order in which they are shown."""

    by_meaning: dict[str, Key]
    words: ScreenWords

    def meaning_of(self, key: str) -> str | None:
        """Return what a key means, in capitals or not; None where it means nothing."""
        return next((meaning for meaning, k in self.by_meaning.items() if k.key == key.lower()), None)

    def with_answers(self, words: Words) -> "Keys":
        """Return the keys with one for each answer of a programme's own: a free letter, of its word if possible."""
        keys = dict(self.by_meaning)
        for meaning, known in words.meanings.items():
            if meaning in keys or meaning in BY_VOICE_ALONE:
                continue
            taken = {key.key for key in keys.values()}
            label = words.spoken.get(meaning, known.spellings[0])
            letters = (*filter(ascii_lowercase.__contains__, label.lower()), *ascii_lowercase)
            free = [letter for letter in letters if letter not in taken]
            if free:
                keys[meaning] = Key(free[0], label)
        return Keys(keys, self.words)


def read_keys(language: str) -> Keys:
    """Read the keys of a language. Raises VoicecoachError where it has none, or the file is damaged."""
    read = _read(language)
    return Keys(read.keys, read.screen)


def for_keys(words: Words) -> Words:
    """Return the coach's words for somebody who answers with keys: "press yes" for "say yes".

    Raises VoicecoachError as `read_keys`.
    """
    prompts = dict(words.prompts)
    for said, instead in _read(words.language).instead:
        prompts = {key: text.replace(said, instead) for key, text in prompts.items()}
    return replace(words, prompts=prompts)


def _read(language: str) -> _KeyFile:
    return read_own_words("keys", "the keyboard", language, _KeyFile)


class Presses:
    """Tells a press that is meant from a key held down, and from a burst of keys that no finger makes.

    A key that repeats itself counts once, or "no" would answer one question after the other. "Stop" is taken from a
    burst too.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._last = ""
        self._last_at: int | None = None

    def meaning_of(self, key: str, at: int) -> str | None:
        """Return what a key press at sample `at` means; None where it means nothing."""
        since = None if self._last_at is None else at - self._last_at
        again = key == self._last
        self._last, self._last_at = key, at
        meaning = self._keys.meaning_of(key)
        if since is None:
            return meaning
        if again:
            return None if since < _HELD_DOWN else meaning
        return None if since < _BURST and meaning != _STOP else meaning
