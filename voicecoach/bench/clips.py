"""Recordings of people in folders (clips), and how one is heard through the same code as in a session."""

import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile

from voicecoach.blocks import Block, Samples
from voicecoach.errors import VoicecoachError
from voicecoach.grammar import Reader
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser import Phrase, Recogniser, Verdict
from voicecoach.hearing.recogniser_choice import RecogniserChoice, open_recogniser
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.session import events
from voicecoach.small_files import MOST_CLIP_BYTES, check_file, read_text, reason

_SUFFIXES = (".wav", ".flac")
_CLIPPED = 0.999
_CLIPPED_SHARE = 0.01

Kind = Literal["word", "talking", "noise"]


@dataclass(frozen=True)
class Clip:
    """A recording: one spoken word (its `label`), people talking about something else, or noise."""

    file: Path
    kind: Kind
    label: str

    @property
    def word(self) -> str:
        """The word that is said in a clip: its label, in lower case with spaces."""
        return self.label.replace("_", " ").lower()


def find_clips(folder: Path, excluded: Path | None) -> list[Clip]:
    """Return the clips in `folder`, in order: words/<label>/, talking/, noise/.

    `excluded` is a file with a path in `folder` on each line. Raises VoicecoachError where it can't be read, names a
    clip that is not there, or leaves none.
    """
    leave_out = _listed(folder, excluded) if excluded else set()
    clips = [clip for clip in _all(folder) if clip.file not in leave_out]
    if not clips:
        raise VoicecoachError(
            f"{folder} has no recordings; put .wav or .flac files into {folder}/words/<the word>, {folder}/talking or "
            f"{folder}/noise."
        )
    return clips


def _all(folder: Path) -> Iterator[Clip]:
    for file in sorted(folder.glob("words/*/*")):
        if file.suffix in _SUFFIXES:
            yield Clip(file, "word", file.parent.name)
    kinds: tuple[Kind, ...] = ("talking", "noise")
    for kind in kinds:
        yield from (Clip(file, kind, kind) for file in sorted(folder.glob(f"{kind}/*")) if file.suffix in _SUFFIXES)


def _listed(folder: Path, excluded: Path) -> set[Path]:
    try:
        lines = read_text(excluded).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VoicecoachError(
            f"{excluded} can't be read ({reason(error)}); give a text file with a path on each line."
        ) from None
    files = {folder / line.strip() for line in lines if line.strip()}
    for file in sorted(files):
        if not file.is_file():
            raise VoicecoachError(f"{excluded} excludes {file}, which is not there; remove or correct that line.")
    return files


def read_clip(file: Path) -> Samples:
    """Return a clip's sound, shape (n,). Raises VoicecoachError for all but 16 kHz mono sound."""
    try:
        check_file(file, MOST_CLIP_BYTES)
        sound, rate = soundfile.read(os.fsencode(file), dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise VoicecoachError(f"{file} can't be read as sound ({reason(error)}); replace or exclude it.") from None
    if rate != SAMPLES_PER_SECOND:
        raise _unusable(file, f"has {rate} samples a second")
    if sound.shape[1] != 1:
        raise _unusable(file, f"has {sound.shape[1]} channels")
    if not sound.any():
        raise _unusable(file, "is empty or silent")
    mono: Samples = sound[:, 0]
    return mono


def is_clipped(sound: Samples) -> bool:
    """Return whether a sound, shape (n,), was recorded too loud for its format."""
    return bool(np.mean(np.abs(sound) >= _CLIPPED) > _CLIPPED_SHARE)


def _unusable(file: Path, what: str) -> VoicecoachError:
    return VoicecoachError(f"{file} {what}; replace it by 16 kHz mono sound, or --exclude it.")


_BEFORE_SECONDS, _AFTER_SECONDS = 0.6, 1.5
_ROOM_LEVEL = 10 ** (-62 / 20)
_OFFSETS_SECONDS = (0.0, 0.17, 0.41)
"""Talk and noise are played from several beginnings, so that they are cut into utterances in several ways."""


@dataclass(frozen=True)
class Listening:
    """How clips are listened to: with which phrases active, and how far above the noise (None: a quiet room).

    `reader` reads what no phrase explains, as in a session.
    """

    recogniser: RecogniserChoice
    phrases: tuple[Phrase, ...]
    noise_db: float | None
    noises: tuple[Path, ...]
    reader: Reader | None = None


@dataclass(frozen=True)
class Result:
    """What was understood of a clip behind a session's echo canceller, and what that cost."""

    understood: tuple[Verdict, ...]
    canceller: str
    seconds: float
    cpu_seconds: float
    decision_seconds: tuple[float, ...]
    written_seconds: tuple[float, ...]
    clipped: bool


class InThisProcess:
    """A RecogniserAtWork in this process that answers at once, and notes the processor time of each decision."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._answers: list[tuple[int, Verdict]] = []
        self._verdicts: list[Verdict] = []
        self.decision_seconds: list[float] = []
        self.written_seconds: list[float] = []
        """Of each decision that was written out, the writing included."""

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Have an utterance, shape (n,), decided at once."""
        began = time.process_time()
        self._verdicts.append(self._recogniser.decide(sound, phrases, writes=writes))
        spent = time.process_time() - began
        if writes:
            self.written_seconds.append(self.decision_seconds[-1] + spent)
        else:
            self.decision_seconds.append(spent)
        self._answers.append((ticket, self._verdicts[-1]))

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket; None where there is none."""
        del wait
        return self._answers.pop(0) if self._answers else None

    def verdict_of(self, event: events.Heard) -> Verdict:
        """Return the latest verdict that this event was made of; one without a score where it was freely read."""
        confidence, margin = event.confidence or 0.0, event.margin or 0.0
        made = (event.meaning, event.words, confidence, margin)
        freely = Verdict(event.meaning, event.words, -math.inf, margin, confidence, event.sure)
        return next(
            (v for v in reversed(self._verdicts) if (v.meaning, v.words, v.confidence, v.margin) == made), freely
        )


def listen(clip: Clip, listening: Listening) -> Result:
    """Return what is understood of `clip` in a room. Raises VoicecoachError for a clip that can't be used."""
    sound = read_clip(clip.file)
    at_work = InThisProcess(opened(listening.recogniser))
    understood: list[Verdict] = []
    canceller = ""
    began, length = time.process_time(), 0
    for offset in _OFFSETS_SECONDS if clip.kind != "word" else (0.0,):
        heard = _in_a_room(sound[samples(offset) :], clip, listening)
        length += heard.size
        with closing(Hearing(VirtualDeciding(at_work), reader=listening.reader)) as hearing:
            canceller = hearing.canceller_name
            hearing.phrases = listening.phrases
            understood += _understood(heard, hearing, at_work)
    spent = time.process_time() - began
    return Result(
        tuple(understood), canceller, length / SAMPLES_PER_SECOND, spent, tuple(at_work.decision_seconds),
        tuple(at_work.written_seconds), is_clipped(sound),
    )  # fmt: skip


def _understood(heard: Samples, hearing: Hearing, at_work: InThisProcess) -> Iterator[Verdict]:
    silence = np.zeros(BLOCK_SAMPLES, np.float32)
    for at in range(0, heard.size - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        for event in hearing.hear(Block(at, silence, heard[at : at + BLOCK_SAMPLES], ()), 0):
            if isinstance(event, events.Heard):
                yield at_work.verdict_of(event)


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
def opened(choice: RecogniserChoice) -> Recogniser:
    """Return a recogniser, loaded once in a process. Raises VoicecoachError where its model is missing or damaged."""
    return open_recogniser(choice)
