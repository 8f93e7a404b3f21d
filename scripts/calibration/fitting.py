"""Fitting confidence and thresholds to recordings: people and synthetic voices, words, talk and noise."""

# ruff: noqa: T201
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np

from calibration.spellings import write_thresholds
from voicecoach.bench.clips import Clip, Listening, find_clips, listen
from voicecoach.bench.hearing import QUESTIONS
from voicecoach.hearing.judgement import CLEAREST, CONFIDENCE_FILE, FITTED, Fitted
from voicecoach.hearing.recogniser import Verdict
from voicecoach.hearing.recogniser_choice import RecogniserChoice, choose_recogniser
from voicecoach.meanings import ADVERSE, COMMANDS, DISTRESS, YES_NO
from voicecoach.phrases import phrases
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.words import Words

_NOISE_DB = 10.0
SAFETY = (*ADVERSE, "it_hurts", "stop")
_NEWTON_STEPS, _RIDGE = 60, 0.01
_WEAK_SHARE = 0.8
_YES_NO_QUESTIONS = ("yes-no", "screening")
_ELSEWHERE = (*YES_NO, *COMMANDS)
"""Words whose meanings are listened for with the yes or no questions; with the others it is for other words."""
_CONFIDENCE_TITLE = """\
# How an engine's score and margin become a confidence: a logistic regression, written by `scripts/calibrate fit`.
"""
_LEAST_OF_A_COMMAND = 0.25
"""A command is acted on without "did you say ...?"; distress with "are you all right?"."""
_GRID = (0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
_SURE_GRID = (0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99)
_MOST_WRONG_SHARE = 0.004
"""So many of all quiet sounds that are something else may be taken for an answer, a fourth of it for a command."""


@dataclass(frozen=True)
class Heard:
    """What was understood of a clip (None: nothing) with every threshold at zero; `meant` is None for other sounds."""

    clip: Clip
    question: str
    noisy: bool
    meant: str | None
    verdict: Verdict | None


def fit(folders: Sequence[Path], language: str, write: bool) -> None:
    """Fit confidence to the words heard, then each meaning's thresholds to that confidence; print and write them."""
    _, words = read_with_words("calf", language)
    recogniser = choose_recogniser("auto", language)
    with ProcessPoolExecutor(2) as pool:
        heard_in = [list(_listen_to_all(pool, folder, words, recogniser)) for folder in folders]
    fitted = fit_confidence([each for each in heard_in[0] if each.question == "yes-no" and each.clip.kind == "word"])
    heard = list(chain.from_iterable(heard_in))
    print(fitted)
    thresholds = {name: _thresholds(name, known.never_sure, heard, fitted) for name, known in words.meanings.items()}
    _print_weak(heard, fitted, thresholds)
    if write:
        engines = msgspec.to_builtins(FITTED | {recogniser.engine: fitted})
        tables = (
            "\n".join((f"[{engine}]", *(f"{name} = {value:.2f}" for name, value in table.items()), ""))
            for engine, table in engines.items()
        )
        CONFIDENCE_FILE.write_text("\n".join((_CONFIDENCE_TITLE, *tables)), encoding="utf-8")
        write_thresholds(language, thresholds)


def _listen_to_all(
    pool: ProcessPoolExecutor, folder: Path, words: Words, recogniser: RecogniserChoice
) -> Iterator[Heard]:
    """Listen in a quiet room with each question's answers and, where the folder has noise, to its words in that."""
    clips = find_clips(folder, None)
    noises = tuple(clip.file for clip in clips if clip.kind == "noise")
    meanings = {spelling: name for name, meaning in words.meanings.items() for spelling in meaning.spellings}
    for question, answers in QUESTIONS.items():
        active = (*answers, *COMMANDS)
        lenient = tuple(replace(phrase, accept_above=0.0) for phrase in phrases(words, active))
        for noise_db in (None, _NOISE_DB) if noises and question == "yes-no" else (None,):
            chosen = [clip for clip in clips if noise_db is None or clip.kind == "word"]
            if question not in _YES_NO_QUESTIONS:
                chosen = [clip for clip in chosen if meanings.get(clip.word) not in _ELSEWHERE]
            listening = Listening(recogniser, lenient, noise_db, noises)
            results = pool.map(listen, chosen, [listening] * len(chosen), chunksize=8)
            for clip, result in zip(chosen, results, strict=True):
                meaning = meanings.get(clip.word) if clip.kind == "word" else None
                meant = meaning if meaning in active else None
                understood = result.understood[-1:] if clip.kind == "word" else result.understood
                for verdict in understood or (None,):
                    yield Heard(clip, question, noise_db is not None, meant, verdict)


def fit_confidence(heard: Sequence[Heard]) -> Fitted:
    """Return the logistic regression of "this was meant" on score and margin (Newton's method)."""
    found = [(each.meant, each.verdict) for each in heard if each.verdict is not None]
    margins = np.clip([verdict.margin for _, verdict in found], -CLEAREST, CLEAREST)
    evidence = np.stack((np.ones(len(found)), [verdict.score for _, verdict in found], margins), axis=1)
    right = np.array([meant == verdict.meaning for meant, verdict in found], float)
    weights = np.zeros(3)
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-evidence @ weights))
        curvature = (evidence * (chance * (1 - chance))[:, None]).T @ evidence + _RIDGE * np.eye(3)
        weights += np.linalg.solve(curvature, evidence.T @ (right - chance) - _RIDGE * weights)
    return Fitted(*(round(float(weight), 2) for weight in weights))


def _thresholds(meaning: str, never_sure: Sequence[str], heard: Sequence[Heard], fitted: Fitted) -> tuple[float, float]:
    """Return the lowest thresholds that let little else through, and print what they do; see _MOST_WRONG_SHARE.

    No safety phrase that was heard may be taken for a yes, and nothing else surely for this meaning.
    """
    quiet = [each for each in heard if not each.noisy and (meaning in COMMANDS or meaning in QUESTIONS[each.question])]
    said = [each for each in quiet if each.meant == meaning]
    wrong = [each for each in quiet if each.meant != meaning and each.verdict and each.verdict.meaning == meaning]
    is_answer = meaning not in COMMANDS
    most = _MOST_WRONG_SHARE * (len(quiet) - len(said)) / (1 if is_answer else 4)
    least = max((_confidence(each, fitted) for each in wrong if meaning == "yes" and each.meant in SAFETY), default=0.0)
    surely_wrong = [each for each in wrong if each.verdict and each.verdict.words not in never_sure]

    def lets_through(each: Sequence[Heard], threshold: float) -> int:
        return sum(_is_taken(one, meaning, fitted, threshold) for one in each)

    grid = [t for t in _GRID if t > least and (is_answer or meaning in DISTRESS or t >= _LEAST_OF_A_COMMAND)]
    accept = next((t for t in grid if lets_through(wrong, t) <= most), _GRID[-1])
    sure = next((t for t in _SURE_GRID if lets_through(surely_wrong, t) == 0), _SURE_GRID[-1])
    counts = {
        "said": len(said), "right": lets_through(said, accept), "sure": lets_through(said, sure),
        "other": len(quiet) - len(said), "taken": lets_through(wrong, accept),
        "surely": lets_through(surely_wrong, sure),
    }  # fmt: skip
    figures = "  ".join(f"{name} {count:4}" for name, count in counts.items())
    print(f"{meaning:18} {figures}  accept {accept:.2f}  sure {sure:.2f}", flush=True)
    return accept, sure


def _print_weak(heard: Sequence[Heard], fitted: Fitted, thresholds: dict[str, tuple[float, float]]) -> None:
    """Print the spellings that are often not understood, and what they were taken for."""
    quiet = [each for each in heard if not each.noisy and each.meant is not None]
    for meaning, word in sorted({(each.meant, each.clip.word) for each in quiet if each.meant}):
        said = [each for each in quiet if (each.meant, each.clip.word) == (meaning, word)]
        right = sum(_is_taken(each, meaning, fitted, thresholds[meaning][0]) for each in said)
        others = Counter(
            each.verdict.meaning
            for each in said
            if each.verdict and each.verdict.meaning != meaning
            and _confidence(each, fitted) >= thresholds[str(each.verdict.meaning)][0]
        )  # fmt: skip
        if right < _WEAK_SHARE * len(said) or others:
            print(f"weak: {meaning}: {word!r} {right} of {len(said)} {dict(others)}")


def _is_taken(heard: Heard, meaning: str, fitted: Fitted, least: float) -> bool:
    return heard.verdict is not None and heard.verdict.meaning == meaning and _confidence(heard, fitted) >= least


def _confidence(heard: Heard, fitted: Fitted) -> float:
    return fitted.confidence(heard.verdict.score, heard.verdict.margin) if heard.verdict else 0.0
