"""What is said and understood in one language: prompts, questions, meanings, all from files."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.programme import steps
from voicecoach.programme.checks import always_before
from voicecoach.programme.converting import is_file, read_as, read_toml
from voicecoach.programme.steps import Programme, Step
from voicecoach.programme.values import ALWAYS, SIDES, given, values_in

_LANGUAGES = Path(str(resources.files("voicecoach.programme") / "languages"))

Value = str | int


class Line(msgspec.Struct, frozen=True):
    """A prompt by its key, with the values that its text needs."""

    prompt: str
    values: dict[str, Value] = {}


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two wordings of a question."""

    ask: str
    again: str


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ways to say one thing, and how sure the ear must be (log-probabilities)."""

    spellings: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    accept_above: float
    sure_above: float


class _WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spoken: dict[str, str] = {}
    prompts: dict[str, str] = {}
    questions: dict[str, Question] = {}
    meanings: dict[str, Meaning] = {}

    def texts(self) -> dict[str, str]:
        """Return all that is said; the two wordings of a question have the keys `<id>?` and `<id>?again`."""
        asked = {f"{key}?": question.ask for key, question in self.questions.items()}
        return self.prompts | asked | {f"{key}?again": question.again for key, question in self.questions.items()}


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
    Raises VoicecoachError for a missing language, a damaged file, a missing prompt, or a value that a prompt can't use.
    """
    own = programme_file.with_name(f"{programme_file.stem}.{language}.toml")
    files = [_LANGUAGES / f"{language}.toml", _LANGUAGES / f"meanings.{language}.toml", own]
    for file in files:
        if not is_file(file):
            raise VoicecoachError(
                f"The words of {programme.id} in language {language} are missing: there is no {file}."
            )
    common, meanings, special = (read_as(file, _WordFile) for file in files)
    numbers: dict[str, str] = read_toml(_LANGUAGES / "regions.toml")["emergency_number"]
    known = {key: given(key) for key in common.texts()}
    for file, words in ((files[0], common), (own, special)):
        for key, text in words.texts().items():
            _check(file, key, text, known.get(key, SIDES | ALWAYS), "here")
    prompts = common.texts() | special.texts()
    understood = meanings.meanings | special.meanings
    _check_steps(own, programme, prompts)
    _check_answers(own, programme, understood)
    said_back = {name: meaning.spellings[0] for name, meaning in special.meanings.items()}
    spoken = common.spoken | said_back | special.spoken
    number = numbers.get((region or "").upper(), numbers["unknown"])
    return Words(language, number, spoken, prompts, understood)


def _check(file: Path, key: str, text: str, usable: Set[str], where: str) -> None:
    """Raise VoicecoachError where a text uses a value that it will not be given."""
    try:
        names = values_in(text)
    except ValueError as error:
        raise VoicecoachError(f"{file}: {_place(key)}: {error}") from None
    for name in sorted(names - usable):
        raise VoicecoachError(
            f"{file}: {_place(key)}: {{{name}}} is no value {where}; write one of {', '.join(sorted(usable))}."
        )


def _check_steps(file: Path, programme: Programme, prompts: Mapping[str, str]) -> None:
    """Raise VoicecoachError where a step has nothing to say, or names a side that may not be known yet."""
    for at, step in enumerate(programme.steps):
        sides = SIDES if always_before(programme, steps.Side, at) else frozenset()
        for key in said_in(step):
            if key not in prompts:
                place = _place(key).removesuffix(".ask")
                raise VoicecoachError(f"{file}: {place} is missing; write what the coach says there.")
            for wording in (key, f"{key}again") if key.endswith("?") else (key,):
                _check(file, wording, prompts[wording], sides | ALWAYS, f"in step {step.id}")


def _check_answers(file: Path, programme: Programme, understood: Mapping[str, Meaning]) -> None:
    """Raise VoicecoachError where nobody could say an answer that a question names."""
    for step in programme.steps:
        for answer in step.answers if isinstance(step, steps.Choose) else ():
            if answer not in understood:
                raise VoicecoachError(
                    f"{file}: meanings.{answer} is missing; write how people say it (step {step.id})."
                )


def _place(key: str) -> str:
    question, mark, wording = key.partition("?")
    return f"questions.{question}.{wording or 'ask'}" if mark else f"prompts.{key}"


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
            return [*step.start, *cues, "pain_set?"]
        case steps.Hold():
            return [f"{step.id}_start", f"{step.id}_end"]
    return [*step.prompts, "pain_set?"]
