"""Every problem of a programme: what its file, its words in each language and a walk through it show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from voicecoach.meanings import COMMANDS
from voicecoach.programme.checking.answer_checks import asked_in, choices, echoes
from voicecoach.programme.checking.problem import Finding, Problem, RefusedError
from voicecoach.programme.checking.question_checks import asking
from voicecoach.programme.checking.step_checks import structure
from voicecoach.programme.checking.word_checks import agreement, plurals, wording
from voicecoach.programme.language_files import ORIGINAL, language_files, languages, own_words_file
from voicecoach.programme.programme_reader import built_in_programmes, programme_file
from voicecoach.programme.sentence_templates import unreadable
from voicecoach.programme.steps import Programme
from voicecoach.programme.toml_reader import findings, parse_toml, read_leniently, read_text
from voicecoach.programme.words import WordFile, necessary, word_files
from voicecoach.proving.walk import Walk, walk_through


@dataclass(frozen=True)
class Coverage:
    """How much of what can happen the walk tried, each in its place, and how many ways lead through the steps."""

    covered: int
    total: int
    paths: int


@dataclass(frozen=True)
class Report:
    """What a programme check has found. No coverage where the steps have problems: nobody walks through them then."""

    file: str
    problems: list[Finding]
    coverage: Coverage | None
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values, ready for JSON."""
        problems = [
            {"file": p.file, "line": p.line, "column": p.column, "message": p.message, "remedy": p.remedy}
            for p in self.problems
        ]
        coverage = None if self.coverage is None else vars(self.coverage)
        return {"file": self.file, "problems": problems, "coverage": coverage, "seconds": round(self.seconds, 3)}


def check_programme(file: Path) -> Report:
    """Return every problem of a programme file. Raises VoicecoachError for one that cannot be read."""
    began = perf_counter()
    try:
        programme, text, misfits = read_leniently(file, Programme)
    except RefusedError as refused:
        return Report(str(file), refused.findings, None, perf_counter() - began)
    walk = None
    problems = findings(file, text, misfits)
    if programme is not None:
        unclear = {misfit.place[:-1] for misfit in misfits if not misfit.at_key}
        problems += findings(file, text, (one for one in structure(programme) if one.place[:-1] not in unclear))
        if not problems:
            walk = walk_through(programme)
            problems += findings(file, text, walk.problems)
        problems += _problems_of_words(file, programme, walk)
    coverage = Coverage(len(walk.covered), len(walk.possible), walk.paths()) if walk else None
    return Report(str(file), sorted(set(problems)), coverage, perf_counter() - began)


def _problems_of_words(file: Path, programme: Programme, walk: Walk | None) -> Iterator[Finding]:
    written = _languages_beside(file)
    if not written:
        beside = f"{file.stem}.{languages()[0]}.toml"
        yield Finding(str(file), 1, 1, "this programme has no words", f"write what the coach says into {beside}")
    for language in written:
        own = own_words_file(file, language)
        if language not in languages():
            remedy = f"name the file after one of {', '.join(languages())}"
            yield Finding(str(own), 1, 1, f"the coach speaks no language {language}", remedy)
            continue
        try:
            yield from _problems_of_language(file, programme, language, walk)
            yield from _disagreements(file, language, written)
        except RefusedError as refused:
            yield from refused.findings
    comes_with_us = file.stem in built_in_programmes() and file == programme_file(file.stem)
    for language in languages() if comes_with_us else ():
        if language not in written:
            own = own_words_file(file, language)
            yield Finding(str(own), 1, 1, f"there are no words for the language {language}", "translate the others")


def _disagreements(file: Path, language: str, written: Sequence[str]) -> Iterator[Finding]:
    """Yield where a language has other words than the original: in its own files, and beside the programme."""
    pairs = dict(zip(language_files(language), language_files(ORIGINAL), strict=True))
    if ORIGINAL in written:
        pairs[own_words_file(file, language)] = own_words_file(file, ORIGINAL)
    for translated, original in pairs.items() if language != ORIGINAL else ():
        text = read_text(translated)
        words, reference = parse_toml(translated, text), parse_toml(original, read_text(original))
        yield from findings(translated, text, agreement(words, reference, original.name))


def _languages_beside(file: Path) -> list[str]:
    name = re.compile(re.escape(file.stem) + r"\.([a-z]{2,3})\.toml")
    return sorted(match[1] for other in file.parent.iterdir() if (match := name.fullmatch(other.name)))


def _problems_of_language(file: Path, programme: Programme, language: str, walk: Walk | None) -> Iterator[Finding]:
    files = word_files(programme, file, language)
    (common, common_text, bad), (meanings, meant, odd), (own, text, misfits) = (
        read_leniently(one, WordFile) for one in files
    )
    for one, its_text, its_misfits in zip(files, (common_text, meant, text), (bad, odd, misfits), strict=True):
        yield from findings(one, its_text, its_misfits)
    if common is None or meanings is None or own is None:
        return
    unread = [list(unreadable(words.meanings, words.rules)) for words in (meanings, own)]
    for one, its_text, its_problems in zip(files[1:], (meant, text), unread, strict=True):
        yield from findings(one, its_text, its_problems)
    if any(unread):
        return
    problems = list(wording(programme, common.texts(), own.texts(), common.numbers.keys()))
    problems += asking(programme, common.texts(), own.texts(), common.asking) if common.asking else ()
    for is_own, words in ((False, common), (True, own)):
        problems += ((is_own, problem) for problem in plurals(language, words.plurals()))
    problems += ((False, problem) for problem in necessary(common))
    unsaid = list(choices(programme, meanings.spellings(), own.spellings()))
    problems += ((True, problem) for problem in unsaid)
    if walk is not None and not unsaid:
        problems += _undeclared(programme, walk, common, own, meanings)
    yield from findings(files[0], common_text, [problem for is_own, problem in problems if not is_own])
    yield from findings(files[2], text, [problem for is_own, problem in problems if is_own])


def _undeclared(
    programme: Programme, walk: Walk, common: WordFile, own: WordFile, meanings: WordFile
) -> Iterator[tuple[bool, Problem]]:
    spellings = meanings.spellings() | own.spellings()
    said = {key for step in programme.steps for key in step.said()} | common.texts().keys()

    def active(key: str) -> frozenset[str] | None:
        meant = walk.active.get(key, COMMANDS if asked_in(key) in said else None)
        return None if meant is None else frozenset(meant)

    for is_own, words in ((False, common), (True, own)):
        for problem in echoes(words.texts(), words.declared(), spellings, active, both_ways=is_own):
            yield is_own, problem
