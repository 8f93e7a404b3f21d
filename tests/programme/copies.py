"""A copy of the calf programme in a folder of its own, to be changed at will."""

from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words

CALF = programme_file("calf")
CALF_WORDS = CALF.with_name("calf.en.toml")
SMALL = """id = "small"
title = "Small"
source = "me"
pain = { ease_from = 4, stop_from = 6, stop_rise = 2 }
limits.sets = [1, 3]
[[steps]]
kind = "screen"
id = "screening"
questions = [{ id = "chest", action = "emergency" }]
[[steps]]
kind = "side"
id = "side"
both = { say = ["both"], finish = "warning_sign" }
[[steps]]
kind = "pain"
id = "pain"
[[steps]]
kind = "ask"
id = "wants"
no = { go = "summary" }
[[steps]]
kind = "say"
id = "lift"
part = "test"
prompts = ["lift"]
[[steps]]
kind = "exercise"
id = "floss"
sets = 2
repetitions = 4
hold_seconds = 3
rest_seconds = 60
phases = [{ id = "down", toes = "down", head = "down" }, { id = "up", toes = "up", head = "up" }]
[[steps]]
kind = "summary"
id = "summary"
"""
"""A programme with a bit of everything, to be walked through often."""


class Copy:
    """The programme `mine.toml` with its words, `mine.en.toml`: at first those of a built-in programme."""

    def __init__(self, folder: Path, of: str = "calf") -> None:
        self.file, self.words_file = folder / "mine.toml", folder / "mine.en.toml"
        original = programme_file(of)
        self.file.write_bytes(original.read_bytes())
        self.words_file.write_bytes(original.with_name(f"{of}.en.toml").read_bytes())

    def change(self, old: str, new: str) -> None:
        _replace(self.file, old, new)

    def change_words(self, old: str, new: str) -> None:
        _replace(self.words_file, old, new)

    def read_words(self) -> Words:
        return read_words(read_programme(self.file), self.file, "en", None)

    def refusal(self) -> str:
        """Return the sentence with which the programme is refused."""
        with pytest.raises(VoicecoachError) as refused:
            read_programme(self.file)
        return str(refused.value)

    def words_refusal(self) -> str:
        """Return the sentence with which the words are refused."""
        with pytest.raises(VoicecoachError) as refused:
            self.read_words()
        return str(refused.value)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the original has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def place_of(at: str, text: str) -> tuple[int, int]:
    """Return the line and column of a piece of text; `^` marks the place in it, else it is where the piece begins."""
    piece = at.replace("^", "")
    assert text.count(piece) == 1, f"{piece!r} is {text.count(piece)} times in the text"
    before = text[: text.index(piece) + max(at.find("^"), 0)].split("\n")
    return len(before), len(before[-1]) + 1
