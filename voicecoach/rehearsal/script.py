"""What a simulated person is going to say, read from a file."""

import difflib
from importlib import resources
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from voicecoach.errors import VoicecoachError
from voicecoach.programme.converting import is_file, read_as
from voicecoach.programme.words import Words
from voicecoach.rehearsal.pauses import pieces, reworded

_SMALL_TALK = "small_talk"
_PERSONS = Path(str(resources.files("voicecoach.rehearsal") / "persons"))


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """Something said in answer to a question; an empty `say` is silence.

    It can have pauses in it: "no [0.3] well, sometimes".
    """

    say: str
    mumbled: bool = False


class Remark(Struct, frozen=True, forbid_unknown_fields=True):
    """Something said unasked: in a repetition of a set, or once a question is put (`question`).

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
    """A simulated person. A question with several answers gets them one by one, the last one again and again.

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
        """Return all that the script can make the person say."""
        replies = [a for answer in self.answers.values() for a in (answer if isinstance(answer, tuple) else (answer,))]
        said = [reply if isinstance(reply, str) else reply.say for reply in replies]
        said += [text for remark in self.remarks for text in (remark.say, remark.then_say)]
        return sorted({piece.words for text in said for piece in pieces(text)})


def in_words(name: str, words: Words) -> str:
    """Return how somebody says what has this name; anything else as it is."""
    if name == _SMALL_TALK and words.person:
        return words.person.small_talk
    return words.meanings[name].spellings[0] if name in words.meanings else name


def in_language(script: Script, words: Words) -> Script:
    """Return the script as somebody follows it who speaks the language of these words."""

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
    """Return the names of the persons that come with the package."""
    return sorted(path.stem for path in _PERSONS.glob("*.toml"))


def read_script(name: str) -> Script:
    """Read a shipped person by name, or a file of one's own; what it leaves open, the default person answers.

    Raises VoicecoachError where there is neither, or the file is wrong.
    """
    path = _PERSONS / f"{name}.toml" if name in shipped_persons() else Path(name)
    if not is_file(path):
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
