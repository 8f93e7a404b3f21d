"""The words of the report: its own, and those of the programme as far as they are at hand."""

from importlib import resources
from pathlib import Path

from msgspec import Struct

from voicecoach.programme.language_files import read_own_words
from voicecoach.programme.line import Line
from voicecoach.programme.values import Value
from voicecoach.programme.words import Words
from voicecoach.session.adverse import AdverseKind

_FOLDER = Path(str(resources.files("voicecoach.report")))
_OTHER = {"left": "right", "right": "left"}
_UNKNOWN = "?"


class ReportWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The report's own words in one language."""

    weekdays: tuple[str, ...]
    texts: dict[str, str]
    ended: dict[str, str]
    """By outcome."""
    events: dict[AdverseKind, str]
    """Adverse events by their kinds."""

    def say(self, key: str, count: int | None = None, **values: Value) -> str:
        """Return one of the report's texts with its values; a count of one has a text of its own where there is one."""
        singular = f"{key}_one"
        text = self.texts[singular if count == 1 and singular in self.texts else key]
        return text.format_map({"count": count, **values} if count is not None else values)

    def how_it_ended(self, outcome: str | None) -> str:
        """Return what an outcome is called; None: the session broke off."""
        return self.ended.get(outcome or "broken_off", plain(outcome or ""))

    def event(self, kind: AdverseKind | None, value: str | None) -> str:
        """Return what an adverse event is called; one of no known kind by its value, as it was kept."""
        return plain(value or "") if kind is None else self.events[kind].format(value=value)


def read_report_words(language: str) -> ReportWords:
    """Return the words of the report. Raises VoicecoachError where they are missing or damaged."""
    return read_own_words("words", "the report", language, ReportWords, _FOLDER)


class ProgrammeTexts:
    """What the programme says and asks for a session's side; short names where its words are not at hand."""

    def __init__(self, words: Words | None, side: str | None) -> None:
        """Use these words, for this side."""
        self._words = words
        self._sides: dict[str, Value] = {"side": side or _UNKNOWN, "other_side": _OTHER.get(side or "", _UNKNOWN)}

    def prompt(self, key: str) -> str:
        """Return what the coach says under a prompt's key."""
        if self._words is None or key not in self._words.prompts:
            return plain(key.removesuffix("?"))
        return self._words.text(Line(key, self._sides))

    def question(self, question: str) -> str:
        """Return what the coach asks under a question's id."""
        return self.prompt(f"{question}?")

    def answer(self, answer: str) -> str:
        """Return how an answer is said back."""
        return answer if self._words is None else self._words.spoken.get(answer, plain(answer))

    def command(self, command: str) -> str:
        """Return how a command is said."""
        meanings = {} if self._words is None else self._words.meanings
        return meanings[command].spellings[0] if command in meanings else plain(command)


def plain(name: str) -> str:
    """Return a short name, such as an id, as words."""
    return name.replace("_", " ")
