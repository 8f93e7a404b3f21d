"""The grammar of answers: what an utterance means that was written out freely, by the few words that decide it."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from enum import Enum, auto
from itertools import chain
from typing import NamedTuple

import msgspec

from voicecoach.meanings import COMMANDS, CORRECTING, DONT_KNOW, SCORES, SIDES, UNSURE, YES_NO, Worse

_WIDEST_RANGE = 2
_MOST_REMARKS = 6
"""So many other words behind a yes or a no are a remark; more are somebody's talk."""
_DOUBTS = (UNSURE, DONT_KNOW)
_STOP = "stop"
_ANSWERS = frozenset({*YES_NO, *SIDES, *SCORES, UNSURE})


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a language that, beside the answers themselves, decide what an answer means.

    In a language file each is a sentence template.
    """

    openers: tuple[str, ...] = ()
    """Answers of one word that a few words of any kind may follow."""
    fillers: tuple[str, ...] = ()
    """Mean nothing, wherever they stand."""
    softeners: tuple[str, ...] = ()
    """Leave an answer what it is: how sure somebody is, a please, a thank you."""
    frames: tuple[str, ...] = ()
    """Leave a number or a side what it is: the words round it. Behind a yes or a no they may be anything."""
    politeness: tuple[str, ...] = ()
    """Leave a command what it is."""
    degrees: tuple[str, ...] = ()
    """How much or how often: beside a yes it is still one, alone it is a doubt."""
    affirmations: tuple[str, ...] = ()
    """Say yes once more behind a yes; beside a no they turn it round."""
    denials: tuple[str, ...] = ()
    """Say no once more behind a no; beside a yes they turn it round."""
    well_being: tuple[str, ...] = ()
    """Say that nothing is wrong: beside a yes or a no they are a remark, of a side they say that it is the good one."""
    turns: tuple[str, ...] = ()
    """After these an answer may become another."""
    corrections: tuple[str, ...] = ()
    """Take back the number or the side before them."""
    afterthoughts: tuple[str, ...] = ()
    """Open what is said about an answer that was given before, also where the next question is being asked."""
    ranges: tuple[str, ...] = ()
    """Between two numbers: either may be meant."""
    halves: tuple[str, ...] = ()
    """Behind a number: a little more than that."""

    def expanded(self, expand: Callable[[str], Iterable[str]]) -> "Grammar":
        """Return the grammar with every template replaced by all that it can say."""
        fields = msgspec.structs.asdict(self).items()
        return Grammar(**{name: tuple(chain.from_iterable(map(expand, templates))) for name, templates in fields})


class _Role(Enum):
    FILLER = auto()
    SOFTENER = auto()
    FRAME = auto()
    DEGREE = auto()
    AFFIRMATION = auto()
    DENIAL = auto()
    WELL_BEING = auto()
    TURN = auto()
    CORRECTION = auto()
    RANGE = auto()
    HALF = auto()
    ANSWER = auto()
    OTHER = auto()


_TURNS_A_YES = frozenset({_Role.DENIAL})
_TURNS_A_NO = frozenset({_Role.TURN, _Role.CORRECTION, _Role.DEGREE, _Role.AFFIRMATION})
_EXPLAIN_NOTHING = frozenset({_Role.OTHER, _Role.FRAME, _Role.RANGE, _Role.HALF, _Role.TURN, _Role.CORRECTION})
_SAYS_NOTHING = frozenset({_Role.FILLER, _Role.SOFTENER, _Role.FRAME, _Role.OTHER})
_ROUND_A_DOUBT = frozenset({_Role.ANSWER, _Role.SOFTENER, _Role.DEGREE})
_BESIDE_IT = frozenset({_Role.FILLER, _Role.SOFTENER, _Role.FRAME, _Role.DEGREE, _Role.AFFIRMATION})
"""What may stand beside a number or a side without a meaning of its own."""


class _Part(NamedTuple):
    role: _Role
    meaning: str = ""
    opens: bool = False
    """Whether it begins with a word that a few of any kind may follow, such as "yes"."""


_Parts = Sequence[_Part]


class _Lexicon(NamedTuple):
    """What words say to one kind of question; none of them is longer than `longest` words."""

    known: Mapping[tuple[str, ...], _Part]
    longest: int

    @classmethod
    def of(cls, *known: Mapping[tuple[str, ...], _Part]) -> "_Lexicon":
        """Return a lexicon; what comes later counts where it says something else."""
        together = {words: part for each in known for words, part in each.items()}
        return cls(together, max(map(len, together), default=1))

    def parts(self, said: str) -> list[_Part]:
        """Return the parts of what was said: at each place the longest one known."""
        spoken = tuple(said.split())
        parts, at = [], 0
        while at < len(spoken):
            size = next((n for n in range(self.longest, 0, -1) if spoken[at : at + n] in self.known), 0)
            parts.append(self.known[spoken[at : at + size]] if size else _Part(_Role.OTHER))
            at += size or 1
        return parts


class Reader:
    """Reads what was said in the words of a language. `spellings` has the ways to say each meaning.

    `alarms` has words of distress by their meanings, which are never a mere remark behind an answer.
    """

    def __init__(
        self,
        grammar: Grammar,
        spellings: Mapping[str, Iterable[str]],
        alarms: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._alarms = {f" {words} ": meaning for meaning, each in (alarms or {}).items() for words in each}
        self._commands = {spelling: m for m in (*COMMANDS, *CORRECTING) for spelling in spellings.get(m, ())}
        self._afterthoughts = tuple(f"{opening} " for opening in grammar.afterthoughts)
        self._stop = next(iter(spellings.get(_STOP, ())), None)
        """The word that no answer has among its others: with it, it is a stop or nothing."""
        self._polite = sorted(grammar.politeness + grammar.fillers, key=len, reverse=True)
        self._round_a_stop = (*self._polite, *grammar.openers)
        roles = {
            _Role.FILLER: grammar.fillers,
            _Role.DENIAL: grammar.denials,
            _Role.AFFIRMATION: grammar.affirmations,
            _Role.WELL_BEING: grammar.well_being,
            _Role.FRAME: grammar.frames,
            _Role.SOFTENER: grammar.softeners,
            _Role.TURN: grammar.turns,
            _Role.HALF: grammar.halves,
            _Role.RANGE: grammar.ranges,
            _Role.CORRECTION: grammar.corrections,
        }
        words = {tuple(said.split()): _Part(role) for role, each in roles.items() for said in each}
        degrees = {tuple(said.split()): _Part(_Role.DEGREE) for said in grammar.degrees}
        answers = {meaning: _answers(meaning, spellings.get(meaning, ()), grammar.openers) for meaning in _ANSWERS}
        polar = [answers[meaning] for meaning in YES_NO]
        self._yes_no = _Lexicon.of(words, answers[UNSURE], degrees, *polar)
        self._safety = _Lexicon.of(words, degrees, *polar, answers[UNSURE])
        self._scores = _Lexicon.of(words, degrees, *(answers[meaning] for meaning in SCORES))
        self._sides = _Lexicon.of(words, degrees, *(answers[meaning] for meaning in SIDES))
        self._all = _Lexicon.of(words, degrees, *answers.values())

    def read(self, said: str, active: Set[str], worse: Worse = "higher") -> str | None:
        """Return which of the `active` meanings is said by these words, lower case and unpunctuated; None: none.

        Of two numbers of which either may be meant it is the worse one.
        """
        for words in (said, _without(said, self._polite)):
            if self._commands.get(words) in active:
                return self._commands[words]
        if self.alarm(said, active) is not None:
            return None
        if _STOP in active and self._stop in said.split():
            return _STOP if self._commands.get(_without(said, self._round_a_stop)) == _STOP else None
        meaning = None
        if set(YES_NO) <= active:
            doubt = next((doubt for doubt in _DOUBTS if doubt in active), None)
            lexicon = self._safety if doubt == UNSURE else self._yes_no
            meaning = _yes_or_no(lexicon.parts(said), doubt)
        if meaning is None and active >= set(SCORES):
            return _number(_behind_a_no(self._scores.parts(said), active), worse)
        if meaning is None and active >= set(SIDES):
            return _side(_behind_a_no(self._sides.parts(said), active))
        return meaning

    def alarm(self, said: str, active: Container[str]) -> str | None:
        """Return which of the `active` words of distress is among these words; None: none of them."""
        among = (meaning for words, meaning in self._alarms.items() if words in f" {said} ")
        return next((meaning for meaning in among if meaning in active), None)

    def goes_back(self, said: str) -> bool:
        """Whether these words open as what is said about an answer that was given before: "but", "sorry, I mean"."""
        return f"{said} ".startswith(self._afterthoughts)

    def says_nothing(self, said: str) -> bool:
        """Whether these words say nothing by themselves, such as "er" or "let me think", and turn nothing round."""
        return all(part.role in _SAYS_NOTHING for part in self._all.parts(said))


def _yes_or_no(parts: _Parts, doubt: str | None) -> str | None:
    """Return yes, no or the `doubt` that is listened for, if any; where any doubt counts, all has to be known."""
    parts = [part for part in parts if part.role is not _Role.FILLER]
    roles = {part.role for part in parts}
    meanings = {part.meaning for part in parts if part.role is _Role.ANSWER}
    polar = meanings & set(YES_NO)
    doubts = UNSURE in meanings or _Role.DEGREE in roles
    strict = doubt == UNSURE
    if strict and doubts and not roles & {_Role.OTHER, _Role.FRAME}:
        return UNSURE
    if doubt == DONT_KNOW and doubts and not polar and roles <= _ROUND_A_DOUBT:
        return DONT_KNOW
    if len(polar) != 1 or UNSURE in meanings:
        return None
    (answer,) = polar
    if roles & (_TURNS_A_YES if answer == "yes" else _TURNS_A_NO):
        return None
    first = next(i for i, part in enumerate(parts) if part.role is _Role.ANSWER)
    remarks = sum(part.role in (_Role.OTHER, _Role.FRAME) for part in parts)
    may_go_on = parts[first].opens and not strict and remarks <= _MOST_REMARKS
    unexplained = {part.role for part in (parts[:first] if may_go_on else parts)} & _EXPLAIN_NOTHING
    return None if unexplained else answer


def _behind_a_no(parts: _Parts, active: Set[str]) -> _Parts:
    """Return the parts without a no, or a correction, at their beginning where an answer is checked: "no, seven"."""
    if not set(YES_NO) <= active:
        return parts
    roles = (_Role.CORRECTION, _Role.FILLER)
    return parts[next((at for at, part in enumerate(parts) if part.role not in roles), len(parts)) :]


def _number(parts: _Parts, worse: Worse) -> str | None:
    """Return the number said, the worse one of two; None where there is none, or anything else beside it."""
    said: list[int] = []
    joined = corrected = False
    for part in (part for part in parts if part.role not in _BESIDE_IT):
        match part.role:
            case _Role.ANSWER if part.meaning in SCORES:
                number = int(part.meaning)
                apart = abs(said[-1] - number) if said and not corrected else 0
                if apart > (_WIDEST_RANGE if joined else 1):
                    return None
                said = [number] if corrected else [*said, number]
                joined = corrected = False
            case _Role.RANGE if said:
                joined = True
            case _Role.CORRECTION if said and not joined:
                corrected = True
            case _Role.HALF if said:
                said[-1] = min(said[-1] + (worse == "higher"), int(SCORES[-1]))
            case _:
                return None
    worst = max if worse == "higher" else min
    return str(worst(said)) if said and not joined and not corrected else None


def _side(parts: _Parts) -> str | None:
    """Return the side said; None where there is none, several, or anything else beside it."""
    said, corrected = "", False
    for part in (part for part in parts if part.role not in _BESIDE_IT):
        match part.role:
            case _Role.ANSWER if part.meaning in SIDES and (not said or corrected or said == part.meaning):
                said, corrected = part.meaning, False
            case _Role.CORRECTION if said:
                corrected = True
            case _Role.WELL_BEING if not said:
                pass
            case _:
                return None
    return said if said and not corrected else None


def _answers(meaning: str, spellings: Iterable[str], openers: Container[str]) -> dict[tuple[str, ...], _Part]:
    words = {tuple(spelling.split()) for spelling in spellings}
    return {said: _Part(_Role.ANSWER, meaning, opens=said[0] in openers) for said in words}


def _without(said: str, polite: Iterable[str]) -> str:
    """Return what was said without the words of politeness at its beginning and end."""
    while True:
        shorter = said
        for words in polite:
            shorter = shorter.removeprefix(words + " ").removesuffix(" " + words)
        if shorter == said:
            return said
        said = shorter
