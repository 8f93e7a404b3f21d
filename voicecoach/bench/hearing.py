"""`bench hearing`: what the ear makes of recordings, through the same code as a session."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.bench.cases import spread
from voicecoach.bench.clips import Clip, find_clips, is_clipped, read_clip
from voicecoach.hearing.choosing import RecogniserChoice, open_recogniser
from voicecoach.hearing.contract import Phrase, Recogniser, Samples, Verdict
from voicecoach.hearing.deciding import VirtualDeciding
from voicecoach.hearing.echo.choosing import NoEchoCanceller
from voicecoach.hearing.listening import Listener
from voicecoach.hearing.understanding import Understanding, Understood
from voicecoach.phrases import phrases
from voicecoach.programme.words import Words
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.session.policies import COMMANDS, SCORES, SIDES, YES_NO
from voicecoach.sound.contract import Block

QUESTIONS = {"yes-no": YES_NO, "side": SIDES, "number": SCORES}
_BEFORE_SECONDS, _AFTER_SECONDS = 0.6, 1.5
_ROOM_LEVEL = 10 ** (-62 / 20)
_OFFSETS_SECONDS = (0.0, 0.17, 0.41)
"""Talk and noise are played from several beginnings, so that they are cut into utterances in several ways."""
_PROCESSES = 2
_95_PERCENT = 1.96


@dataclass(frozen=True)
class Listening:
    """How clips are listened to: with which phrases active, and how far above the noise (None: a quiet room)."""

    recogniser: RecogniserChoice
    phrases: tuple[Phrase, ...]
    noise_db: float | None
    noises: tuple[Path, ...]


@dataclass(frozen=True)
class Result:
    """What was understood of a clip, and what that cost."""

    understood: tuple[Verdict, ...]
    seconds: float
    cpu_seconds: float
    decision_seconds: tuple[float, ...]
    clipped: bool


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
    listening = Listening(recogniser, active, noise_db, noises)
    with ProcessPoolExecutor(_PROCESSES) as pool:
        results = []
        for result in pool.map(_listen, clips, [listening] * len(clips), chunksize=8):
            results.append(result)
            show_progress(result.seconds)
    heard = list(zip(clips, results, strict=True))
    meanings = {spelling: phrase.meaning for phrase in active for spelling in phrase.spellings}
    spoken = [(clip, result) for clip, result in heard if clip.kind == "word"]
    known = [(clip, result) for clip, result in spoken if _word(clip) in meanings]
    others = [(clip, result) for clip, result in spoken if _word(clip) not in meanings]
    decisions = [seconds for result in results for seconds in result.decision_seconds]
    decided = spread(decisions)
    figures = {
        "recogniser": recogniser.name,
        "canceller": NoEchoCanceller.name,
        "question": question,
        "noise_db": noise_db,
        "clipped_clips": sum(result.clipped for result in results),
        "words": _rows(known, meanings),
        "other": {"clips": len(others)} | _share("taken", sum(bool(r.understood) for _, r in others), len(others)),
        "talking": _minutes(heard, "talking"),
        "noise": _minutes(heard, "noise"),
        "cpu_seconds_per_audio_second": round(sum(r.cpu_seconds for r in results) / sum(r.seconds for r in results), 4),
        "decision_seconds": {"p50": decided["p50"], "p95": decided["p95"]},
    }
    return figures, list(_not_right(heard, meanings, folder))


def _word(clip: Clip) -> str:
    return clip.label.replace("_", " ").lower()


def _rows(heard: Sequence[tuple[Clip, Result]], meanings: dict[str, str]) -> dict[str, Any]:
    rows: dict[str, Counter[str]] = {}
    for clip, result in heard:
        row = rows.setdefault(clip.label, Counter(clips=0, right=0, wrong=0, rejected=0, right_unsure=0, wrong_sure=0))
        kind = _judged(result, meanings[_word(clip)])
        row["clips"] += 1
        row[kind] += 1
        row["right_unsure"] += kind == "right" and not all(verdict.sure for verdict in result.understood)
        row["wrong_sure"] += kind == "wrong" and any(verdict.sure for verdict in result.understood)
    return {label: dict(row) | _share("right", row["right"], row["clips"]) for label, row in rows.items()}


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
        wanted = meanings.get(_word(clip)) if clip.kind == "word" else None
        is_right = _judged(result, wanted) == "right" if wanted else not result.understood
        if not is_right:
            taken = ", ".join(f"{v.meaning} ({v.words}, {v.score:.1f})" for v in result.understood) or "nothing"
            yield f"{clip.file.relative_to(folder)}: {taken}"


class _InThisProcess:
    """A recogniser at work that answers at once, and notes how long that took."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._answers: list[tuple[int, Verdict]] = []
        self.decision_seconds: list[float] = []

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase]) -> None:
        began = time.perf_counter()
        self._answers.append((ticket, self._recogniser.decide(sound, phrases)))
        self.decision_seconds.append(time.perf_counter() - began)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        del wait
        return self._answers.pop(0) if self._answers else None


def _listen(clip: Clip, listening: Listening) -> Result:
    sound = read_clip(clip.file)
    at_work = _InThisProcess(_opened(listening.recogniser))
    understood: list[Verdict] = []
    began, length = time.process_time(), 0
    for offset in _OFFSETS_SECONDS if clip.kind != "word" else (0.0,):
        heard = _in_a_room(sound[samples(offset) :], clip, listening)
        length += heard.size
        understood += _understood(heard, at_work, listening.phrases)
    spent = time.process_time() - began
    return Result(
        tuple(understood), length / SAMPLES_PER_SECOND, spent, tuple(at_work.decision_seconds), is_clipped(sound)
    )


def _understood(heard: Samples, at_work: _InThisProcess, phrases: tuple[Phrase, ...]) -> Iterator[Verdict]:
    listener, silence = Listener(NoEchoCanceller()), np.zeros(BLOCK_SAMPLES, np.float32)
    understanding = Understanding(listener, VirtualDeciding(at_work, seconds=None))
    understanding.phrases = phrases
    for at in range(0, heard.size - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        for happening in understanding.hear(Block(at, silence, heard[at : at + BLOCK_SAMPLES], ()), 0):
            if isinstance(happening, Understood):
                yield happening.verdict


def _in_a_room(sound: Samples, clip: Clip, listening: Listening) -> Samples:
    """Return the clip with the room's faint noise round it and, where asked for, louder noise all the time."""
    random = np.random.default_rng(list(clip.file.name.encode()))
    padded = np.pad(sound, (samples(_BEFORE_SECONDS), samples(_AFTER_SECONDS)))
    room = random.standard_normal(padded.size, dtype=np.float32) * np.float32(_ROOM_LEVEL)
    if listening.noise_db is not None and clip.kind == "word":
        level = _level(sound) * 10 ** (-listening.noise_db / 20)
        room = _noise(padded.size, listening.noises, random) * np.float32(level)
    heard: Samples = np.clip(padded + room, -1.0, 1.0).astype(np.float32)
    return heard


def _noise(size: int, files: tuple[Path, ...], random: np.random.Generator) -> Samples:
    """Return noise of level 1 from a recording chosen at random; white where there is none."""
    if not files:
        return random.standard_normal(size, dtype=np.float32)
    recorded = read_clip(files[int(random.integers(len(files)))])
    part = np.resize(np.roll(recorded, int(random.integers(recorded.size))), size)
    return part / np.float32(max(_level(part), 1e-6))


def _level(sound: Samples) -> float:
    """Return the root mean square of the loudest half of a sound's 20 ms frames, as words are shorter than clips."""
    frames = sound[: sound.size // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    powers = np.sort(np.mean(frames.astype(np.float64) ** 2, axis=1))
    return float(np.sqrt(np.mean(powers[powers.size // 2 :]))) if powers.size else 0.0


@cache
def _opened(choice: RecogniserChoice) -> Recogniser:
    return open_recogniser(choice)
