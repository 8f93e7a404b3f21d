"""Checks that it is plain what a yes means: no question turns it round, and a safety question asks two things at most.

Yes and no to a negated question mean different things to different people ("can you not stand on it?"), and of a long
question somebody answers the part that was grasped.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Annotated

import msgspec

from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.checking.word_checks import InOwnFile, Texts, text_place
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import ANSWER, HEARD

_MOST_PARTS = 2
_SAFETY_OF_EVERY_PROGRAMME = ("anything_new",)
_ASKED = ("", "again", "also")

Patterns = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that decide what a yes means, in small letters; `*` and `[!...]` stand for letters as in file names."""

    negations: Patterns
    """What turns a question round, such as "not"."""
    joiners: Patterns
    """What joins two things that are asked, such as "or"; one with a `*` is a part of a word."""


def asking(programme: Programme, common: Texts, own: Texts, language: Asking) -> Iterator[tuple[InOwnFile, Problem]]:
    """Yield the questions whose yes is not plain, and what a safety question lacks; and the file that it is in.

    `common` has the texts of every programme, `own` those of this one, `language` its words for "not" and "or".
    """
    safety = {*_SAFETY_OF_EVERY_PROGRAMME, *(one for step in programme.steps for one in step.safety_questions)}
    others = {step.id for step in programme.steps if step.has_other_answers}
    for is_own, texts in ((False, common), (True, own)):
        for key in texts:
            question, mark, wording = key.partition("?")
            if not mark or question in others:
                continue
            if wording in _ASKED:
                for problem in _turned_round(key, texts[key], language, is_safety=question in safety):
                    yield is_own, problem
            elif wording == HEARD and not all(f"{{{name}}}" in texts[key] for name in ANSWER):
                what = "this does not say back what was understood"
                yield is_own, Problem(text_place(key), what, "put {answer} into it, the answer")
        for question in sorted(safety):
            if f"{question}?" in texts:
                for problem in _of_safety(question, texts, language):
                    yield is_own, problem


def _turned_round(key: str, text: str, language: Asking, *, is_safety: bool) -> Iterator[Problem]:
    said = text if is_safety else " ".join(_questions(text))
    negation = next((word for word in _words(said) if _is_one_of(word, language.negations)), None)
    if negation is not None:
        remedy = "ask whether it is so" + (", such that yes is the worrying answer" if is_safety else "")
        yield Problem(text_place(key), f'"{negation}" turns yes and no round here', remedy)


def _of_safety(question: str, texts: Mapping[str, str], language: Asking) -> Iterator[Problem]:
    parts = {
        key: _parts(texts[key], language.joiners) for wording in _ASKED if (key := f"{question}?{wording}") in texts
    }
    for key, count in parts.items():
        most = 1 if key.endswith("also") else _MOST_PARTS
        if count > most:
            remedy = "ask one thing, or two at most, and the others in questions of their own"
            if most == 1:
                remedy = "leave the second thing alone, as a question of its own"
            yield Problem(text_place(key), f"this asks {count} things at once", remedy)
    if parts[f"{question}?"] == _MOST_PARTS and f"{question}?also" not in texts:
        what = f'"{question}" asks two things, and somebody may answer before the second one has been said'
        yield Problem(("questions", question), what, 'add `also`, the second one alone, such as "Also: is it red?"')
    if f"{question}?name" not in texts:
        what = f'the safety question "{question}" has no name, by which it is read out in a list'
        yield Problem(("questions", question), what, 'add `name`, such as "Chest pain, or short breath."')


def _questions(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text) if sentence.endswith("?")]


def _parts(text: str, joiners: Sequence[str]) -> int:
    """Return how many things a text asks: they are parted by commas and joiners, and each question is one more."""
    parts, is_begun = 0, False
    for sentence in _questions(text) or [text]:
        is_begun = False
        for word in _words(sentence, r"|[,;]"):
            pattern = next((joiner for joiner in joiners if fnmatchcase(word, joiner)), None)
            parts += not is_begun and word not in ",;" and (pattern is None or "*" in pattern)
            is_begun = word not in ",;" and pattern is None
    return parts


def _words(text: str, or_else: str = "") -> list[str]:
    plain = re.sub(r"\{.*?\}", "_", text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return re.findall(rf"[\w']+{or_else}", plain)


def _is_one_of(word: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(word, pattern) for pattern in patterns)
