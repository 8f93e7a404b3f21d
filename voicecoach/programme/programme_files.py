"""The programme that a command names, in the dose that is wanted, with its words; and beginning a new one."""

import re
from importlib import resources
from pathlib import Path

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.languages import locale_language
from voicecoach.programme.language_files import ORIGINAL, languages, own_words_file
from voicecoach.programme.profiles import CAUTIOUS, with_profile, with_repetitions
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Programme, Say
from voicecoach.programme.words import UNREVIEWED, Words, read_words


def read_with_words(name: str, language: str | None, region: str | None = None) -> tuple[Programme, Words]:
    """Return a programme by its name or path, and its words for a region.

    Without a language it is the locale's, where the coach and the programme speak it, else English. In a translation
    that nobody has reviewed, the programme says so at its start.

    Raises VoicecoachError where one of them can't be read or has a problem.
    """
    file = programme_file(name)
    programme = read_programme(file)
    words = read_words(programme, file, language or _usual_language(file), region)
    return (programme if words.reviewed else _saying_so(programme)), words


def read_chosen(
    name: str,
    region: str | None,
    *,
    language: str | None = None,
    cautious: bool = False,
    repetitions: int | None = None,
) -> tuple[Programme, Words]:
    """Return a programme by its name or path, in the dose that is wanted, and its words for a region, if one is named.

    Raises VoicecoachError where it can't be read, has a problem, or does not have that dose.
    """
    programme, words = read_with_words(name, language, region)
    if cautious:
        programme = with_profile(programme, CAUTIOUS)
    return (programme if repetitions is None else with_repetitions(programme, repetitions)), words


def _usual_language(file: Path) -> str:
    language = locale_language()
    speaks = language in languages() and own_words_file(file, language).is_file()
    return language if language and speaks else ORIGINAL


def _saying_so(programme: Programme) -> Programme:
    first, *others = programme.steps
    if isinstance(first, Say):
        said = msgspec.structs.replace(first, prompts=(*first.prompts, UNREVIEWED))
        return msgspec.structs.replace(programme, steps=(said, *others))
    return msgspec.structs.replace(programme, steps=(Say(id=UNREVIEWED, prompts=(UNREVIEWED,)), *programme.steps))


_STARTER = resources.files("voicecoach.programme") / "starter"
_ID = "starter"


def begin_programme(name: str) -> tuple[Path, Path]:
    """Write a programme and its English words: NAME.toml in this folder, or the path that `name` is.

    Raises VoicecoachError where the name can't be a programme's, or a file is there already or can't be written.
    """
    file = Path(name) if name.endswith(".toml") else Path(f"{name}.toml")
    if not re.fullmatch("[a-z][a-z0-9_]{0,39}", file.stem):
        raise VoicecoachError(
            f"{file.stem!r} can't be a programme's name; write small letters, digits and _, such as my_knee."
        )
    words = file.with_name(f"{file.stem}.en.toml")
    for there in (file, words):
        if there.exists():
            raise VoicecoachError(f"{there} is there already; choose another name, or remove it.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for target, of in ((words, f"{_ID}.en.toml"), (file, f"{_ID}.toml")):
            text = (_STARTER / of).read_text(encoding="utf-8").replace(f'id = "{_ID}"', f'id = "{file.stem}"', 1)
            with target.open("x", encoding="utf-8") as written:
                written.write(text)
    except OSError as error:
        raise VoicecoachError(f"{file} can't be written ({error.strerror}); choose another place.") from None
    return file, words
