"""The file of answers as people give them that `bench answers` reads, and how a session took each: right or wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Literal, assert_never, get_args

from voicecoach.errors import VoicecoachError
from voicecoach.meanings import (
    ADVERSE,
    COMMANDS,
    CORRECT,
    DISTRESS,
    FINE,
    ONE_MOMENT,
    SCORES,
    SIDES,
    THERE,
    UNSURE,
    YES_NO,
)
from voicecoach.rehearsal.script import Piece, pieces
from voicecoach.session import actions
from voicecoach.session.dialogue import FELT
from voicecoach.session.question_ids import WHICH_QUESTION, Role, makes_sure_of, read_id
from voicecoach.small_files import read_text, reason

Kind = Literal["yes-no", "screening", "number", "side", "command", "ready", "move", "distress"]
"""What is being asked when the words are said; `command` is said while a question is open, `distress` in a hold.

`move` is a move of the slump test, which lasts until somebody says that the feeling is there.
"""
KINDS: tuple[Kind, ...] = get_args(Kind)
NOTHING = "-"
"""Stands where no answer may be taken."""

MEANINGS = frozenset({NOTHING, "distress", FINE, THERE, UNSURE, *YES_NO, *SIDES, *SCORES, *COMMANDS})
"""What a line can mean: an answer, a command, or any distress."""


@dataclass(frozen=True)
class AnswerLine:
    """One line of a file of answers: a question, words, and the meanings, any of which is right."""

    number: int
    kind: Kind
    words: str
    pieces: tuple[Piece, ...]
    meanings: frozenset[str]

    @property
    def meaning(self) -> str:
        """The meanings as they are written in a file of answers, in the order of the alphabet."""
        return "|".join(sorted(self.meanings))


def read_answer_lines(file: Path) -> list[AnswerLine]:
    """Return the lines of a file of answers; empty ones and those that begin with `#` are left out.

    Raises VoicecoachError where the file can't be read, a line is wrong, or there is none.
    """
    try:
        text = read_text(file)
    except (OSError, UnicodeDecodeError) as error:
        raise VoicecoachError(f"{file} can't be read ({reason(error)}); give a text file in UTF-8.") from None
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


_LOWERS_THE_FOOT = ("stop", "it_hurts", *ADVERSE, *DISTRESS)
_DISTRESS = "distress"
"""In a list, any of the words of distress."""
_ASKS_AFTER = "all_right"
"""The question that follows the order to lower the foot."""
_CHECKS_A_COMMAND = "command_check"
_DOUBT, _DOUBTS_COUNT_AS = "unsure", {"yes", NOTHING}
"""A doubt that stays is taken as the worry that it may be."""
_ASKS_AGAIN = ("explain", "repeat")
"""Commands after which the question is put again, so that they take nothing for an answer."""


class Verdict(StrEnum):
    """How a session took an answer: rightly, wrongly, or by asking again."""

    RIGHT = "right"
    ASKED_AGAIN = "asked_again"
    WRONG = "wrong"


@dataclass(frozen=True)
class CameOf:
    """What a session has made of an answer: the meaning taken, commands obeyed, checks.

    `answer` is what stands as taken in the end, `elsewhere` what has answered other questions, `checked` the answers
    about which it was asked whether they were meant. `lowered`: the foot was to be lowered for pain or distress.
    """

    answer: str | None = None
    elsewhere: tuple[str, ...] = ()
    obeyed: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    lowered: bool = False

    def __str__(self) -> str:
        taken = [*([self.answer] if self.answer else []), *self.elsewhere, *self.obeyed]
        checked = [f"asked whether {', '.join(self.checked)}"] if self.checked else []
        return "; ".join([", ".join(taken) or "nothing", *checked])


def came_of(question: str | None, notes: Sequence[actions.Action]) -> CameOf:
    """Return what a session made of an answer to a question (None: of words in a hold), from its notes since then."""
    answer, elsewhere, obeyed, checked = None, dict[str, str](), list[str](), list[str]()
    corrected: set[str] = set()
    lowered = confirming = False
    for note in notes:
        match note:
            case actions.Answered(asked, taken) if asked == question:
                answer = str(taken)
            case actions.Answered(asked, taken) if not _makes_sure(question, asked) and asked not in corrected:
                elsewhere[asked] = str(taken)
            case actions.TakenBack(asked, is_wrong=is_wrong):
                corrected |= {asked} if is_wrong else set()
                elsewhere.pop(asked, None)
                answer = None if asked == question else answer
            case actions.Asking(asked, _, candidate):
                lowered = lowered or asked == _ASKS_AFTER
                checked += [candidate] if candidate is not None else []
                of, role = read_id(asked)
                if of == question:
                    confirming = role is Role.CONFIRMATION and answer is None
                    answer = (answer or candidate) if role is Role.CONFIRMATION else None
            case actions.Duck() if confirming:  # more was said, so that what is being confirmed may be denied
                answer, confirming = None, False
            case actions.Obeyed(command):
                obeyed.append(command)
            case actions.Adverse():
                lowered = True
    others = tuple(f"{asked}: {taken}" for asked, taken in elsewhere.items())
    answer = None if _is_asking_which(notes) else answer
    return CameOf(answer, others, tuple(obeyed), tuple(checked), lowered)


def _is_asking_which(notes: Sequence[actions.Action]) -> bool:
    """Whether it is still being asked which question an answer was for; until then none of them has its answer."""
    about = [n for n in notes if isinstance(n, actions.Asking | actions.Answered) and n.question == WHICH_QUESTION]
    return bool(about) and isinstance(about[-1], actions.Asking)


def _makes_sure(question: str | None, asked: str) -> bool:
    """Whether a question only checks or confirms what was said."""
    return asked in (WHICH_QUESTION, _CHECKS_A_COMMAND) or (question is not None and makes_sure_of(question, asked))


def judge(line: AnswerLine, came: CameOf) -> Verdict:
    """Return how a session took an answer; in a hold, lowering the foot or obeying the command meant is right."""
    if line.kind == "distress":
        acted_on = came.lowered or not {*_LOWERS_THE_FOOT, *line.meanings}.isdisjoint(came.obeyed)
        return Verdict.RIGHT if acted_on else Verdict.WRONG
    corrects = () if line.kind == "command" else (CORRECT,)
    ignored = (*(_ASKS_AGAIN if NOTHING in line.meanings else ()), ONE_MOMENT, *corrects)
    taken = {*came.elsewhere, *(command for command in came.obeyed if command not in ignored)}
    if came.answer is not None:
        taken.add(came.answer)
    if not taken:
        return Verdict.RIGHT if NOTHING in line.meanings else Verdict.ASKED_AGAIN
    return Verdict.RIGHT if taken <= _accepted(line) else Verdict.WRONG


def _accepted(line: AnswerLine) -> set[str]:
    accepted = set(line.meanings)
    if _DISTRESS in line.meanings:
        accepted |= set(DISTRESS)
    if THERE in line.meanings:
        accepted |= set(FELT)
    if line.kind == "screening" and line.meanings & _DOUBTS_COUNT_AS:
        accepted.add(_DOUBT)
    return accepted


def is_dangerous(line: AnswerLine, came: CameOf, verdict: Verdict) -> bool:
    """Whether an answer taken wrongly can hurt the person.

    That is a number lower than the lowest that was meant, a no to a screening question where none was meant, another
    side than the one that was meant, and a word of pain or distress that was neither acted on nor asked about.
    """
    if verdict is Verdict.RIGHT:
        return False
    said_so = bool(line.meanings & {_DISTRESS, *_LOWERS_THE_FOOT})
    if said_so and not came.lowered and _accepted(line).isdisjoint(came.checked):
        return True
    match line.kind:
        case "number":
            meant = [int(meaning) for meaning in line.meanings if meaning in SCORES]
            return came.answer is not None and bool(meant) and int(came.answer) < min(meant)
        case "screening":
            return came.answer == "no" and "no" not in line.meanings
        case "side":
            meant_sides = line.meanings & set(SIDES)
            return bool(meant_sides) and came.answer is not None and came.answer not in meant_sides
        case "distress":
            return True
        case "yes-no" | "command" | "ready" | "move":
            return False
    assert_never(line.kind)


@dataclass(frozen=True)
class Judged:
    """A line that was said, and what came of it."""

    line: AnswerLine
    came: CameOf

    @property
    def verdict(self) -> Verdict:
        """How the session took it."""
        return judge(self.line, self.came)

    @property
    def is_dangerous(self) -> bool:
        """Whether it was taken in a way that can hurt the person."""
        return is_dangerous(self.line, self.came, self.verdict)
