"""`bench hearing`: how the recogniser understands a folder of recordings, through the same code as in a session."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.bench.clips import Clip, Listening, Result, find_clips, listen
from voicecoach.bench.interruptions import spread
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.meanings import COMMANDS, SCORES, SIDES, UNSURE, YES_NO
from voicecoach.phrases import phrases, reader
from voicecoach.programme.words import Words

QUESTIONS = {"yes-no": YES_NO, "screening": (*YES_NO, UNSURE), "side": SIDES, "number": SCORES}
_PROCESSES = 2
_95_PERCENT = 1.96


def bench_hearing(
    folder: Path,
    words: Words,
    recogniser: RecogniserChoice,
    question: str,
    noise_db: float | None,
    excluded: Path | None,
    show_progress: Callable[[float], object],
) -> tuple[dict[str, Any], list[str]]:
    """Listen to every clip; return the figures, ready for JSON, and a line for each clip that was not right.

    The answers to the question and the commands are active. Raises VoicecoachError for a clip that can't be used.
    """
    active = phrases(words, (*QUESTIONS[question], *COMMANDS))
    clips = find_clips(folder, excluded)
    noises = tuple(clip.file for clip in clips if clip.kind == "noise")
    listening = Listening(recogniser, active, noise_db, noises, reader(words))
    with ProcessPoolExecutor(_PROCESSES) as pool:
        results = []
        for result in pool.map(listen, clips, [listening] * len(clips), chunksize=8):
            results.append(result)
            show_progress(result.seconds)
    heard = list(zip(clips, results, strict=True))
    meanings = {spelling: phrase.meaning for phrase in active for spelling in phrase.spellings}
    spoken = [(clip, result) for clip, result in heard if clip.kind == "word"]
    known = [(clip, result) for clip, result in spoken if clip.word in meanings]
    others = [(clip, result) for clip, result in spoken if clip.word not in meanings]
    decided = spread([seconds for result in results for seconds in result.decision_seconds])
    written = spread([seconds for result in results for seconds in result.written_seconds])
    figures = {
        "recogniser": recogniser.name,
        "canceller": results[0].canceller,
        "question": question,
        "noise_db": noise_db,
        "clipped_clips": sum(result.clipped for result in results),
        "words": _rows(known, meanings),
        "wrong_final_answers": _wrong_final_answers(known, meanings),
        "other": {"clips": len(others)} | _share("taken", sum(bool(r.understood) for _, r in others), len(others)),
        "talking": _minutes(heard, "talking"),
        "noise": _minutes(heard, "noise"),
        "cpu_seconds_per_audio_second": round(sum(r.cpu_seconds for r in results) / sum(r.seconds for r in results), 4),
        "decision_seconds": {"p50": decided["p50"], "p95": decided["p95"]},
        "written_decision_seconds": {"p50": written["p50"], "p95": written["p95"]},
    }
    return figures, list(_not_right(heard, meanings, folder))


def _rows(heard: Sequence[tuple[Clip, Result]], meanings: dict[str, str]) -> dict[str, Any]:
    rows: dict[str, Counter[str]] = {}
    for clip, result in heard:
        row = rows.setdefault(clip.label, Counter(clips=0, right=0, wrong=0, rejected=0, right_unsure=0, wrong_sure=0))
        kind = _judged(result, meanings[clip.word])
        row["clips"] += 1
        row[kind] += 1
        row["right_unsure"] += kind == "right" and not all(verdict.sure for verdict in result.understood)
        row["wrong_sure"] += kind == "wrong" and any(verdict.sure for verdict in result.understood)
    return {label: dict(row) | _share("right", row["right"], row["clips"]) for label, row in rows.items()}


def _wrong_final_answers(heard: Sequence[tuple[Clip, Result]], meanings: dict[str, str]) -> dict[str, Any] | None:
    """Return how often a question would end in the opposite answer, from the clips of yes and no.

    A sure opposite is final; an unsure one only where "did you say ...?" is then misheard as well. The upper bound
    takes the upper end of each share's 95% interval.
    """
    answers = [(meanings[clip.word], result) for clip, result in heard if meanings[clip.word] in YES_NO]
    if not answers:
        return None
    opposite = [
        [verdict for verdict in result.understood if verdict.meaning in YES_NO and verdict.meaning != meaning]
        for meaning, result in answers
    ]
    sure = sum(any(verdict.sure for verdict in verdicts) for verdicts in opposite)
    all_opposite = sum(bool(verdicts) for verdicts in opposite)
    shares = [_share("n", count, len(answers)) for count in (sure, all_opposite - sure, all_opposite)]
    final, checked, misheard = (share["n"] / len(answers) for share in shares)
    most_final, most_checked, most_misheard = (share["n_interval"][1] for share in shares)
    return {
        "questions": len(answers), "opposite_sure": sure, "opposite_unsure": all_opposite - sure,
        "estimate": round(final + checked * misheard, 6),
        "upper_bound": round(most_final + most_checked * most_misheard, 4),
    }  # fmt: skip


def _judged(result: Result, meaning: str) -> str:
    if not result.understood:
        return "rejected"
    return "right" if all(verdict.meaning == meaning for verdict in result.understood) else "wrong"


def _minutes(heard: Sequence[tuple[Clip, Result]], kind: str) -> dict[str, Any]:
    chosen = [result for clip, result in heard if clip.kind == kind]
    seconds = sum(result.seconds for result in chosen)
    return {"minutes": round(seconds / 60, 2), "taken": sum(len(result.understood) for result in chosen)}


def _share(name: str, count: int, total: int) -> dict[str, Any]:
    """Return a count and its share's 95% interval (Wilson 1927)."""
    if not total:
        return {name: count, f"{name}_interval": None}
    share, z = count / total, _95_PERCENT
    middle, spread = share + z * z / (2 * total), z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)
    return {name: count, f"{name}_interval": [round(max(0.0, float(low)), 4), round(min(1.0, float(high)), 4)]}


def _not_right(heard: Sequence[tuple[Clip, Result]], meanings: dict[str, str], folder: Path) -> Iterator[str]:
    for clip, result in heard:
        wanted = meanings.get(clip.word) if clip.kind == "word" else None
        is_right = _judged(result, wanted) == "right" if wanted else not result.understood
        if not is_right:
            taken = ", ".join(f"{v.meaning} ({v.words}, {v.confidence:.2f})" for v in result.understood) or "nothing"
            yield f"{clip.file.relative_to(folder)}: {taken}"
