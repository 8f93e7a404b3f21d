"""What is said and understood in one language: prompts, questions, meanings, all from files."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.programme import steps
from voicecoach.programme.checking.choices import choices
from voicecoach.programme.checking.wording import wording
from voicecoach.programme.converting import is_file, read_as, read_toml, refuse_file
from voicecoach.programme.steps import Programme, Step
from voicecoach.programme.values import WORDINGS

_LANGUAGES = Path(str(resources.files("voicecoach.programme") / "languages"))

Value = str | int
Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Line(msgspec.Struct, frozen=True):
    """A prompt by its key, with the values that its text needs."""

    prompt: str
    values: dict[str, Value] = {}


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two wordings of a question, and the answers and commands that they contain."""

    ask: str
    again: str
    explain: str = ""
    """What it is about, for whoever asks; without it that is the other wording."""
    echoes: tuple[str, ...] = ()
    """What means something while this is said and is in it, such as "yes" in "say yes when you are ready"."""


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ways to say one thing, and how sure the ear must be, 0 to 1; see `hearing.contract.Phrase`."""

    spellings: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    accept_above: Confidence
    sure_above: Confidence
    sounds_like: tuple[str, ...] = ()
    """Spellings that count only for a voice for which they were taught."""
    never_sure: tuple[str, ...] = ()


class WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said in one language: in every programme, or in one."""

    spoken: dict[str, str] = {}
    """How an answer is said back."""
    prompts: dict[str, str] = {}
    """What the coach says."""
    echoes: dict[str, tuple[str, ...]] = {}
    """By prompt: the answers and commands that mean something while it is said, and that it contains."""
    questions: dict[str, Question] = {}
    """What the coach asks, by the id of the step or of the screening question."""
    meanings: dict[str, Meaning] = {}
    """How answers and commands can be said."""

    def texts(self) -> dict[str, str]:
        """Return all that is said; a question has the keys `<id>?`, `<id>?again` and `<id>?explain`."""
        asked = {f"{key}?": question.ask for key, question in self.questions.items()}
        again = {f"{key}?again": question.again for key, question in self.questions.items()}
        explained = {f"{key}?explain": question.explain or question.again for key, question in self.questions.items()}
        return self.prompts | asked | again | explained

    def spellings(self) -> dict[str, tuple[str, ...]]:
        """Return the ways to say each meaning."""
        return {name: meaning.spellings for name, meaning in self.meanings.items()}

    def declared(self) -> dict[str, tuple[str, ...]]:
        """Return what the texts say that they contain, by the same keys."""
        asked = {f"{key}?{mark}": q.echoes for key, q in self.questions.items() for mark in WORDINGS}
        return self.echoes | asked


@dataclass(frozen=True)
class Words:
    """Everything that a session says and understands in one language."""

    language: str
    emergency_number: str
    spoken: dict[str, str]
    prompts: dict[str, str]
    meanings: dict[str, Meaning]

    def text(self, line: Line) -> str:
        """Return the words of a line, its values put in as they are spoken."""
        values = {name: self.spoken.get(str(value), str(value)) for name, value in line.values.items()}
        return self.prompts[line.prompt].format_map({**values, "emergency_number": self.emergency_number})


def read_words(programme: Programme, programme_file: Path, language: str, region: str | None) -> Words:
    """Read the words of a programme and of its language.

    `region` is a two-letter country code; an unknown one is told "your local emergency number".
    Raises VoicecoachError for a missing language, a damaged file, a missing prompt or answer, or a value that a
    prompt can't use.
    """
    files = word_files(programme, programme_file, language)
    common, meanings, special = (read_as(file, WordFile) for file in files)
    problems = list(wording(programme, said_in, common.texts(), special.texts()))
    for file, is_own in ((files[0], False), (files[2], True)):
        refuse_file(file, [problem for owned, problem in problems if owned is is_own])
    refuse_file(files[2], choices(programme, meanings.spellings(), special.spellings()))
    said_back = {name: meaning.spellings[0] for name, meaning in special.meanings.items()}
    spoken = common.spoken | said_back | special.spoken
    numbers: dict[str, str] = read_toml(_LANGUAGES / "regions.toml")["emergency_number"]
    number = numbers.get((region or "").upper(), numbers["unknown"])
    prompts = common.texts() | special.texts()
    return Words(language, number, spoken, prompts, meanings.meanings | special.meanings)


def languages() -> list[str]:
    """Return the languages that the coach speaks."""
    return sorted(file.stem.removeprefix("meanings.") for file in _LANGUAGES.glob("meanings.*.toml"))


def word_files(programme: Programme, programme_file: Path, language: str) -> tuple[Path, Path, Path]:
    """Return the files of a language, of its meanings, and of a programme's words in it.

    Raises VoicecoachError where one of them is missing.
    """
    own = programme_file.with_name(f"{programme_file.stem}.{language}.toml")
    files = (_LANGUAGES / f"{language}.toml", _LANGUAGES / f"meanings.{language}.toml", own)
    for file in files:
        if not is_file(file):
            raise VoicecoachError(
                f"The words of {programme.id} in language {language} are missing: there is no {file}."
            )
    return files


def said_in(step: Step) -> list[str]:
    """Return the keys that a step says and asks."""
    keys: list[str] = []
    match step:
        case steps.Say():
            keys += step.prompts
        case steps.Screen():
            keys += [key for q in step.questions for key in (f"{q.id}?", q.action)]
        case steps.Exercise() | steps.Hold() | steps.Intervals():
            keys += _said_in_motion(step)
        case steps.Branch() | steps.Summary():
            keys += [f"{step.id}_markers_{n}" for n in range(len(step.markers) + 1) if step.markers]
            keys += [f"{step.id}_{question}_{answer}" for question in step.remarks for answer in ("yes", "no")]
        case _:
            keys.append(f"{step.id}?")
    return keys + [key for then in steps.answers(step).values() for key in then.say]


def _said_in_motion(step: steps.Moving) -> list[str]:
    match step:
        case steps.Exercise():
            cues = [f"{step.id}_{phase.id}{full}" for phase in step.phases for full in ("", "_full")]
            return [*step.start, *cues, f"{step.id}_explain", "pain_set?"]
        case steps.Hold():
            return [f"{step.id}_start", f"{step.id}_end", f"{step.id}_explain"]
    return [*step.prompts, f"{step.id}_explain", "pain_set?"]
