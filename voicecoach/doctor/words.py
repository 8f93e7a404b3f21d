"""What the doctor says, from the file of its language."""

from importlib import resources
from pathlib import Path

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.programme.converting import is_file, read_as

_LANGUAGES = Path(str(resources.files("voicecoach.programme") / "languages"))


class DoctorWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences by their use; `test_word` is one that means yes."""

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
        """Return every sentence that is spoken."""
        return [text for key, text in msgspec.structs.asdict(self).items() if key != "test_word"]


def read_doctor_words(language: str) -> DoctorWords:
    """Return the doctor's words. Raises VoicecoachError where they are missing or damaged."""
    file = _LANGUAGES / f"doctor.{language}.toml"
    if not is_file(file):
        raise VoicecoachError(f"The words of the doctor in language {language} are missing: there is no {file}.")
    return read_as(file, DoctorWords)
