"""What is said and understood in one language: prompts, questions, meanings, all from files."""

import re
import string
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.programme import steps
from voicecoach.programme.reader import read_toml
from voicecoach.programme.steps import Programme

_LANGUAGES = Path(str(resources.files("voicecoach.programme") / "languages"))
_VALUES = frozenset(
    {"side", "other_side", "emergency_number", "number", "answer", "seconds", "sets", "repetitions", "before", "after"}
)

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
    Raises VoicecoachError for a missing language, a damaged file or a missing prompt.
    """
    own = programme_file.with_name(f"{programme_file.stem}.{language}.toml")
    files = [_LANGUAGES / f"{language}.toml", _LANGUAGES / f"meanings.{language}.toml", own]
    for file in files:
        if not file.is_file():
            raise VoicecoachError(
                f"The words of {programme.id} in language {language} are missing: there is no {file}."
            )
    common, meanings, special = (_read(file) for file in files)
    numbers: dict[str, str] = read_toml(_LANGUAGES / "regions.toml")["emergency_number"]
    prompts = common.prompts | special.prompts
    for key, question in (common.questions | special.questions).items():
        prompts |= {f"{key}?": question.ask, f"{key}?again": question.again}
    words = Words(
        language, numbers.get((region or "").upper(), numbers["unknown"]), common.spoken, prompts, meanings.meanings
    )
    missing = [key for key in _needed(programme) if key not in prompts]
    if missing:
        kind, name = ("questions", missing[0][:-1]) if missing[0].endswith("?") else ("prompts", missing[0])
        raise VoicecoachError(f"{own}: {kind}.{name} is missing; write what the coach says there.")
    return words


def _read(path: Path) -> _WordFile:
    try:
        words = msgspec.convert(read_toml(path), _WordFile)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        raise VoicecoachError(
            f"{path}: {where.rstrip('`') or 'the top level'}: {what}; write what is expected there."
        ) from None
    texts = words.prompts | {
        f"{k}.{w}": t for k, q in words.questions.items() for w, t in (("ask", q.ask), ("again", q.again))
    }
    for key, text in texts.items():
        for name in _names(path, key, text):
            if name not in _VALUES:
                raise VoicecoachError(
                    f"{path}: {key}: {{{name}}} is no value; write one of {', '.join(sorted(_VALUES))}."
                )
    return words


def _names(path: Path, key: str, text: str) -> list[str]:
    if not re.search(r"\w", text):
        raise VoicecoachError(f"{path}: {key}: there is nothing to say; write a sentence.")
    try:
        return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise VoicecoachError(f"{path}: {key}: {error}; write braces only round a value's name.") from None


def _needed(programme: Programme) -> list[str]:
    """The keys that this programme's own steps say and ask."""
    keys: list[str] = []
    for step in programme.steps:
        match step:
            case steps.Say():
                keys += step.prompts
            case steps.Ask() | steps.Ready() | steps.Side() | steps.Pain():
                keys.append(f"{step.id}?")
            case steps.Screen():
                keys += [key for q in step.questions for key in (f"{q.id}?", q.action)]
            case steps.Exercise():
                keys += [f"{step.id}_{phase.id}{full}" for phase in step.phases for full in ("", "_full")] + [
                    "pain_set?"
                ]
            case steps.Branch():
                keys += [f"{step.id}_markers_{n}" for n in range(len(step.markers) + 1)]
        for then in (getattr(step, name, None) for name in ("yes", "no", "both", "match", "otherwise")):
            keys += then.say if then is not None else ()
    return keys


def known_ahead(programme: Programme, words: Words) -> list[str]:
    """Return the texts that need nothing known of the person, roughly in the order of their use."""
    most = max((step.repetitions for step in programme.steps if isinstance(step, steps.Exercise)), default=0)
    order = _needed(programme)
    texts: dict[str, None] = {}
    for key in sorted(words.prompts, key=lambda key: order.index(key) if key in order else len(order)):
        names = {name for _, name, _, _ in string.Formatter().parse(words.prompts[key]) if name} - {"emergency_number"}
        numbers: list[dict[str, Value]] = [{"number": n} for n in range(1, most + 1)] if names == {"number"} else []
        for values in [{}] if not names else numbers:
            texts.setdefault(words.text(Line(key, values)))
    return list(texts)
