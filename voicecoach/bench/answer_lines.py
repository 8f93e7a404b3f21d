"""A list of answers as people give them: the question, the words with the pauses inside, and what they may mean."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from voicecoach.errors import VoicecoachError
from voicecoach.meanings import COMMANDS, FINE, SCORES, SIDES, UNSURE, YES_NO
from voicecoach.rehearsal.pauses import Piece, pieces

Kind = Literal["yes-no", "screening", "number", "side", "command", "ready", "distress"]
"""What is being asked when the words are said; `command` is said while a question is open, `distress` in a hold."""
KINDS: tuple[Kind, ...] = get_args(Kind)
NOTHING = "-"
"""Stands where no answer may be taken."""

MEANINGS = frozenset(
    {NOTHING, "distress", "correct", "speak_slower", FINE, UNSURE, *YES_NO, *SIDES, *SCORES, *COMMANDS}
)
"""What a line can mean: an answer or a command, any distress, or a correction or slower speech, not understood yet."""


@dataclass(frozen=True)
class AnswerLine:
    """One line of a list. Any of the `meanings` is right."""

    number: int
    kind: Kind
    words: str
    pieces: tuple[Piece, ...]
    meanings: frozenset[str]

    @property
    def meaning(self) -> str:
        """The meanings as they are written in a list, in the order of the alphabet."""
        return "|".join(sorted(self.meanings))


def read_answer_lines(file: Path) -> list[AnswerLine]:
    """Return the lines of a list; empty ones and those that begin with `#` are left out.

    Raises VoicecoachError where the file can't be read, a line is wrong, or there is none.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VoicecoachError(f"{file} can't be read ({error}); give a text file in UTF-8.") from None
    lines = [
        _line(file, number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        raise VoicecoachError(f"{file} has no answers; write lines of a question, the words and their meaning.")
    return lines


def _line(file: Path, number: int, line: str) -> AnswerLine:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) != 3:
        raise _wrong(
            file, number, f"has {len(columns)} columns", "write the question, the words and the meaning, with tabs"
        )
    kind = next((kind for kind in KINDS if kind == columns[0]), None)
    if kind is None:
        raise _wrong(file, number, f'has no question "{columns[0]}"', f"write one of {', '.join(KINDS)}")
    meanings = frozenset(meaning.strip() for meaning in columns[2].split("|"))
    for meaning in sorted(meanings):
        if meaning not in MEANINGS:
            raise _wrong(file, number, f'has no meaning "{meaning}"', f"write {' or '.join(_alike(meaning))}")
    return AnswerLine(number, kind, columns[1], _pieces(file, number, columns[1]), meanings)


def _alike(meaning: str) -> list[str]:
    return get_close_matches(meaning, MEANINGS, n=2) or ["yes", "no", "left", "3", "stop", NOTHING]


def _pieces(file: Path, number: int, said: str) -> tuple[Piece, ...]:
    try:
        found = pieces(said)
    except ValueError as error:
        raise VoicecoachError(f"{file}:{number}: this line {error}.") from None
    if not found:
        raise _wrong(file, number, "has no words", "write what is said")
    return found


def _wrong(file: Path, number: int, what: str, remedy: str) -> VoicecoachError:
    return VoicecoachError(f"{file}:{number}: this line {what}; {remedy}.")
