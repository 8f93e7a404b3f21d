"""The grammar of answers: what an utterance means that was written out freely, by the few words that decide it."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from enum import Enum, auto
from itertools import chain
from typing import NamedTuple

import msgspec

from voicecoach.meanings import COMMANDS, CORRECTING, SCORES, SIDES, UNSURE, YES_NO

_WIDEST_RANGE = 2
_MOST_REMARKS = 4
"""So many unknown words behind a yes or a no are a remark; more are somebody's talk."""
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
    """Leave an answer what it is."""
    politeness: tuple[str, ...] = ()
    """Leave a command what it is."""
    degrees: tuple[str, ...] = ()
    """How much or how often: beside a yes it is still one, alone it is a doubt."""
    affirmations: tuple[str, ...] = ()
    """Say yes once more behind a yes."""
    denials: tuple[str, ...] = ()
    """Say no once more behind a no; beside a yes they turn it round."""
    turns: tuple[str, ...] = ()
    """After these an answer may become another."""
    corrections: tuple[str, ...] = ()
    """Take back the number or the side before them."""
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
    DEGREE = auto()
    AFFIRMATION = auto()
    DENIAL = auto()
    TURN = auto()
    CORRECTION = auto()
    RANGE = auto()
    HALF = auto()
    ANSWER = auto()
    OTHER = auto()


_TURNS_A_YES = frozenset({_Role.DENIAL})
_TURNS_A_NO = frozenset({_Role.TURN, _Role.CORRECTION, _Role.DEGREE})
_EXPLAIN_NOTHING = frozenset({_Role.OTHER, _Role.RANGE, _Role.HALF, _Role.TURN, _Role.CORRECTION})
_SAYS_NOTHING = frozenset({_Role.FILLER, _Role.SOFTENER, _Role.OTHER})


class _Part(NamedTuple):
    role: _Role
    meaning: str = ""
    opens: bool = False
    """Whether it begins with a word that a few of any kind may follow, such as "yes"."""


Parts = Sequence[_Part]


class Reader:
    """Reads what was said in the words of a language. `spellings` has the ways to say each meaning."""

    def __init__(self, grammar: Grammar, spellings: Mapping[str, Iterable[str]]) -> None:
        self._grammar = grammar
        self._commands = {spelling: m for m in (*COMMANDS, *CORRECTING) for spelling in spellings.get(m, ())}
        self._polite = _by_length(grammar.politeness + grammar.fillers)
        roles = {
            _Role.FILLER: grammar.fillers,
            _Role.DENIAL: grammar.denials,
            _Role.AFFIRMATION: grammar.affirmations,
            _Role.SOFTENER: grammar.softeners,
            _Role.TURN: grammar.turns,
            _Role.HALF: grammar.halves,
            _Role.RANGE: grammar.ranges,
            _Role.CORRECTION: grammar.corrections,
        }
        self._plain = {tuple(said.split()): _Part(role) for role, each in roles.items() for said in each}
        self._degrees = {tuple(said.split()): _Part(_Role.DEGREE) for said in grammar.degrees}
        self._answers = {
            meaning: _answers(meaning, spellings.get(meaning, ()), grammar.openers) for meaning in _ANSWERS
        }

    def read(self, said: str, active: Iterable[str]) -> str | None:
        """Return which of the `active` meanings is said by these words, lower case and unpunctuated; None: none."""
        active = frozenset(active)
        for words in (said, _without(said, self._polite)):
            if self._commands.get(words) in active:
                return self._commands[words]
        parts = [part for part in self._parts(said.split(), active) if part.role is not _Role.FILLER]
        if set(YES_NO) <= active:
            return _yes_or_no(parts, strict=UNSURE in active)
        weighty = [part for part in parts if part.role not in (_Role.SOFTENER, _Role.DEGREE)]
        if active.issuperset(SCORES):
            return _number(weighty)
        return _side(weighty) if active & set(SIDES) else None

    def says_nothing(self, said: str) -> bool:
        """Whether these words say nothing by themselves, such as "er" or "let me think", and turn nothing round."""
        active = _ANSWERS | {UNSURE}
        return all(part.role in _SAYS_NOTHING for part in self._parts(said.split(), active))

    def _parts(self, words: Sequence[str], active: frozenset[str]) -> list[_Part]:
        """Return the parts of what was said: at each place the longest one known, an answer first."""
        known = dict(self._plain)
        known |= self._answers[UNSURE]
        known |= self._degrees
        for meaning in active & _ANSWERS - {UNSURE}:
            known |= self._answers[meaning]
        longest = max(map(len, known), default=1)
        parts, at = [], 0
        while at < len(words):
            size = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in known), 0)
            parts.append(known[tuple(words[at : at + size])] if size else _Part(_Role.OTHER))
            at += size or 1
        return parts


def _yes_or_no(parts: Parts, *, strict: bool) -> str | None:
    """Return yes, no or a doubt; `strict` where a doubt is listened for, so that all that was said has to be known."""
    roles = {part.role for part in parts}
    meanings = {part.meaning for part in parts if part.role is _Role.ANSWER}
    polar = meanings & set(YES_NO)
    doubts = UNSURE in meanings or (_Role.DEGREE in roles and (strict or not polar))
    if doubts and _Role.OTHER not in roles and strict:
        return UNSURE
    if len(polar) != 1 or UNSURE in meanings:
        return None
    (answer,) = polar
    if roles & (_TURNS_A_YES if answer == "yes" else _TURNS_A_NO):
        return None
    first = next(i for i, part in enumerate(parts) if part.role is _Role.ANSWER)
    remarks = sum(part.role is _Role.OTHER for part in parts)
    may_go_on = parts[first].opens and not strict and remarks <= _MOST_REMARKS
    unexplained = {part.role for part in (parts[:first] if may_go_on else parts)} & _EXPLAIN_NOTHING
    return None if unexplained else answer


def _number(parts: Parts) -> str | None:
    """Return the number said, the higher one of two; None where there is none, or anything else beside it."""
    said: list[int] = []
    joined = corrected = False
    for part in parts:
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
                said[-1] = min(said[-1] + 1, int(SCORES[-1]))
            case _:
                return None
    return str(max(said)) if said and not joined and not corrected else None


def _side(parts: Parts) -> str | None:
    """Return the side said; None where there is none, several, or anything else beside it."""
    said, corrected = "", False
    for part in parts:
        match part.role:
            case _Role.ANSWER if part.meaning in SIDES and (not said or corrected or said == part.meaning):
                said, corrected = part.meaning, False
            case _Role.CORRECTION if said:
                corrected = True
            case _:
                return None
    return said if said and not corrected else None


def _answers(meaning: str, spellings: Iterable[str], openers: Container[str]) -> dict[tuple[str, ...], _Part]:
    words = {tuple(spelling.split()) for spelling in spellings}
    return {said: _Part(_Role.ANSWER, meaning, opens=said[0] in openers) for said in words}


def _by_length(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _without(said: str, polite: Iterable[str]) -> str:
    """Return what was said without the words of politeness at its beginning and end."""
    while True:
        shorter = said
        for words in polite:
            shorter = shorter.removeprefix(words + " ").removesuffix(" " + words)
        if shorter == said:
            return said
        said = shorter
