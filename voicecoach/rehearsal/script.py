"""The script of a simulated person: what it answers, pauses included, from a file; else what anybody says to go on."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct
from msgspec.structs import replace

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.programme.steps import Programme
from voicecoach.programme.toml_reader import is_there, read_as
from voicecoach.programme.words import Words
from voicecoach.samples import samples

LONGEST_PAUSE_SECONDS = 30.0
_PAUSE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Piece:
    """Words of a simulated person that are said in one go, after a pause."""

    pause_seconds: float
    words: str


def pieces(said: str) -> tuple[Piece, ...]:
    """Return the words of a reply between its pauses; none for silence.

    Raises ValueError, in the words of a problem and its remedy, for a pause or words that can't be said.
    """
    found: list[Piece] = []
    pause_seconds = 0.0
    for at, part in enumerate(_PAUSE.split(said)):
        if at % 2:
            pause_seconds += _pause_seconds(part)
        elif part.strip():
            found.append(Piece(pause_seconds, _words(part)))
            pause_seconds = 0.0
    return tuple(found)


def reworded(said: str, reword: Callable[[str], str]) -> str:
    """Return a reply with the words between its pauses changed. Raises ValueError as `pieces` does."""
    return " ".join(
        (f"[{piece.pause_seconds:g}] " if piece.pause_seconds else "") + reword(piece.words) for piece in pieces(said)
    )


def spoken(said: tuple[Piece, ...], render: Callable[[str], Samples]) -> Samples:
    """Return pieces as sound, shape (n,): each as it is rendered, and exactly the pauses given."""
    parts = [
        part for piece in said for part in (np.zeros(samples(piece.pause_seconds), np.float32), render(piece.words))
    ]
    return np.concatenate(parts)


def _pause_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_PAUSE_SECONDS:
        raise ValueError(f'has no pause "[{text}]"; write seconds up to {LONGEST_PAUSE_SECONDS:g}, such as [0.6]')
    return seconds


def _words(text: str) -> str:
    words = " ".join(text.split())
    if "[" in words or "]" in words:
        raise ValueError("has a bracket without another; write a pause as [0.6]")
    if not words.isprintable() or not any(map(str.isalnum, words)):
        raise ValueError(f"has no words in {words!r}; write what is said")
    return words


_SMALL_TALK = "small_talk"
_PERSONS = Path(str(resources.files("voicecoach.rehearsal") / "persons"))


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """What a simulated person says in answer to a question; an empty `say` is silence.

    It can have pauses in it: "no [0.3] well, sometimes".
    """

    say: str
    mumbled: bool = False


class Remark(Struct, frozen=True, forbid_unknown_fields=True):
    """What a simulated person says unasked: in a repetition of a set, or once a question is put (`question`).

    It is said in the next silence of the coach or, with `after_seconds`, so long after that moment, over the coach's
    voice if need be. `then_say` follows `then_after_seconds` later, once the coach is silent.
    """

    say: str
    set: Annotated[int, Meta(ge=1)] | None = None
    repetition: Annotated[int, Meta(ge=1)] = 1
    question: str | None = None
    after_seconds: Annotated[float, Meta(ge=0, le=3600)] | None = None
    then_say: str = ""
    then_after_seconds: Annotated[float, Meta(ge=0, le=3600)] = 5.0


Answer = str | Reply | tuple[str | Reply, ...]


class Script(Struct, frozen=True, forbid_unknown_fields=True):
    """The script of a simulated person. A question's answers are given one by one, the last one again and again.

    What is the name of a meaning, such as "yes" or "3", is said in the language of the session; so is "small_talk".
    """

    about: str
    voice: str = ""
    """The synthesiser's voice; empty: the one that the language has for a simulated person."""
    words_per_minute: int = 0
    """How fast; 0: as the language says."""
    reaction_seconds: tuple[float, float] = (0.5, 0.9)
    """The shortest and the longest silence that is left after a question."""
    answers: dict[str, Answer] = {}
    remarks: tuple[Remark, ...] = ()
    previous: bool = False
    """Whether this is not the person's first session."""

    def reply(self, question: str, time: int) -> Reply | None:
        """Return what is said when the question is put for the `time`th time (from 0); None: not in the script."""
        answer = self.answers.get(question)
        if answer is None:
            return None
        if isinstance(answer, tuple):
            answer = answer[min(time, len(answer) - 1)]
        return answer if isinstance(answer, Reply) else Reply(answer)

    def phrases(self) -> list[str]:
        """Return all texts that the script can make the person say."""
        replies = [a for answer in self.answers.values() for a in (answer if isinstance(answer, tuple) else (answer,))]
        said = [reply if isinstance(reply, str) else reply.say for reply in replies]
        said += [text for remark in self.remarks for text in (remark.say, remark.then_say)]
        return sorted({piece.words for text in said for piece in pieces(text)})


def in_words(name: str, words: Words) -> str:
    """Return how somebody says a meaning of this name; anything else as it is."""
    if name == _SMALL_TALK and words.person:
        return words.person.small_talk
    return words.meanings[name].spellings[0] if name in words.meanings else name


def in_language(script: Script, words: Words) -> Script:
    """Return the script in the words of a language, as somebody follows it who speaks that."""

    def one(answer: str | Reply) -> str | Reply:
        if isinstance(answer, str):
            return reworded(answer, lambda name: in_words(name, words))
        return replace(answer, say=reworded(answer.say, lambda name: in_words(name, words)))

    def said(answer: Answer) -> Answer:
        return tuple(map(one, answer)) if isinstance(answer, tuple) else one(answer)

    remarks = (replace(r, say=in_words(r.say, words), then_say=in_words(r.then_say, words)) for r in script.remarks)
    person = words.person
    return replace(
        script,
        voice=script.voice or (person.voice if person else ""),
        words_per_minute=script.words_per_minute or (person.words_per_minute if person else 0),
        answers={question: said(answer) for question, answer in script.answers.items()},
        remarks=tuple(remarks),
    )


def shipped_persons() -> list[str]:
    """Return the names of the simulated persons that come with the package."""
    return sorted(path.stem for path in _PERSONS.glob("*.toml"))


def read_script(name: str) -> Script:
    """Read a shipped person by name, or a file of one's own; what it leaves open, the default person answers.

    Raises VoicecoachError where there is neither, or the file is wrong.
    """
    path = _PERSONS / f"{name}.toml" if name in shipped_persons() else Path(name)
    if not is_there(path):
        near = difflib.get_close_matches(name, shipped_persons(), 1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise VoicecoachError(
            f"There is no person {name}: {hint}name one of {', '.join(shipped_persons())}, or the path of a .toml file."
        )
    script = read_as(path, Script)
    try:
        script.phrases()
    except ValueError as error:
        raise VoicecoachError(f"{path}: something that is said {error}.") from None
    for number, remark in enumerate(script.remarks):
        if (remark.set is None) == (remark.question is None):
            raise VoicecoachError(f"{path}: remarks[{number}]: write either `set` or `question`, to say when.")
    if name == "default":
        return script
    default = read_script("default")
    return replace(script, answers=default.answers | script.answers)


def completed(script: Script, programme: Programme, words: Words) -> Script:
    """Return the script in the words' language, with an answer to every question, its own answers first."""
    return in_language(replace(script, answers=meanings_of(programme) | script.answers), words)


def meanings_of(programme: Programme) -> dict[str, str]:
    """Return the meaning of the plain answer to every question that stands in the programme."""
    return {question: answer for step in programme.steps for question, answer in step.plain_answers().items()}
