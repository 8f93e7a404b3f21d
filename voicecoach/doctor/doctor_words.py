"""What the doctor says, from the file of its language."""

import msgspec

from voicecoach.programme.language_files import read_own_words


class DoctorWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of the doctor by their use; `test_word` is one that means yes."""

    test_word: str
    begins: str
    listens: str
    asks: str
    asks_again: str
    understood: str
    hears_nothing: str
    all_well: str
    could_be_better: str
    can_not_run: str

    def all(self) -> list[str]:
        """Return every sentence that the doctor speaks."""
        return [text for key, text in msgspec.structs.asdict(self).items() if key != "test_word"]


class TeachWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of teaching by their use; `asks` by meaning, `asks_again` by what was wrong."""

    begins: str
    moment: str
    learnt: str
    needs_nothing: str
    nothing_helps: str
    not_learnt: str
    asks: dict[str, str]
    asks_again: dict[str, str]

    def request(self, meaning: str, wrong: str | None) -> str:
        """Return the sentence that asks for a word, after a take that was wrong in this way."""
        return self.asks[meaning] if wrong is None else f"{self.asks_again[wrong]} {self.asks[meaning]}"

    def all(self) -> list[str]:
        """Return every sentence that is spoken in teaching."""
        requests = [self.request(meaning, wrong) for meaning in self.asks for wrong in (None, *self.asks_again)]
        said = (self.begins, self.moment, self.learnt, self.needs_nothing, self.nothing_helps, self.not_learnt)
        return [*said, *requests]


def read_doctor_words(language: str) -> DoctorWords:
    """Return the doctor's words. Raises VoicecoachError where they are missing or damaged."""
    return read_own_words("doctor", "the doctor", language, DoctorWords)


def read_teach_words(language: str) -> TeachWords:
    """Return the words of teaching. Raises VoicecoachError where they are missing or damaged."""
    return read_own_words("teach", "the doctor", language, TeachWords)
