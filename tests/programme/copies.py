"""A copy of the calf programme in a folder of its own, to be changed at will."""

from pathlib import Path

import pytest

from voicecoach.errors import VoicecoachError
from voicecoach.programme.reader import programme_file, read_programme
from voicecoach.programme.words import Words, read_words

CALF = programme_file("calf")
CALF_WORDS = CALF.with_name("calf.en.toml")


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
        """Return why the programme is not accepted."""
        with pytest.raises(VoicecoachError) as refused:
            read_programme(self.file)
        return str(refused.value)

    def words_refusal(self) -> str:
        """Return why the words are not accepted."""
        with pytest.raises(VoicecoachError) as refused:
            self.read_words()
        return str(refused.value)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the original has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
