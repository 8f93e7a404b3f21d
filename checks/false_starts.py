"""False starts of the service: how often people who talk about something else while it waits start a session.

`python -m checks.false_starts RECORDINGS [MINUTES]` plays RECORDINGS/talking and RECORDINGS/noise, three times each
from other beginnings, and prints as JSON what came of it.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.bench.clips import find_clips, read_clip
from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.samples import SAMPLES_PER_SECOND, samples
from voicecoach.service.service_words import read_service_words
from voicecoach.service.sleeping_recogniser import SleepingRecogniser
from voicecoach.service.wake_word import Greeting, WakeWordLoop
from voicecoach.sound.room import Room, RoomSettings

BEGINNINGS_SECONDS = (0.0, 0.17, 0.41)
PAUSE_SECONDS = 1.0


class Talk:
    """Plays sounds one after the other, each followed by a pause, into a room."""

    def __init__(self, sounds: Iterable[Samples]) -> None:
        self._sounds = iter(sounds)
        self._left: Samples = np.zeros(samples(PAUSE_SECONDS), np.float32)
        self.is_over = False
        self.played = 0

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what is said, shape (n,), in the block from sample `at` on."""
        del at
        while self._left.size < heard.size:
            sound = next(self._sounds, None)
            self.is_over = sound is None
            pause = np.zeros(samples(PAUSE_SECONDS), np.float32)
            self._left = np.concatenate([self._left, *([] if sound is None else [sound]), pause])
        said, self._left = self._left[: heard.size], self._left[heard.size :]
        self.played += said.size
        return said


class Noting:
    """A recogniser that notes its verdicts and how often it was loaded."""

    def __init__(self, noted: list[Verdict]) -> None:
        self._process = RecogniserProcess()
        self._noted = noted

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        """Hand an utterance over, shape (n,)."""
        self._process.submit(ticket, sound, phrases, writes=writes)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        """Return the oldest verdict with its ticket, and note it."""
        answer = self._process.collect(wait)
        if answer is not None:
            self._noted.append(answer[1])
        return answer

    def close(self) -> None:
        """End the recogniser's process."""
        self._process.close()


def recorded(folder: Path, minutes: float | None) -> Iterator[Samples]:
    """Yield recordings of talk and noise, shape (n,) each, up to so many minutes."""
    left = np.inf if minutes is None else samples(60 * minutes)
    clips = [clip for clip in find_clips(folder, None) if clip.kind != "word"]
    for beginning in BEGINNINGS_SECONDS:
        for clip in clips:
            sound = read_clip(clip.file)[samples(beginning) :]
            if left <= 0:
                return
            left -= sound.size
            yield sound


def false_starts(sounds: Iterable[Samples]) -> dict[str, Any]:
    """Return how often these sounds, shape (n,) each, start a session, and which verdicts were nearest to it."""
    words = read_service_words("en")
    talk = Talk(sounds)
    room = Room(talk, RoomSettings(), seed=0)
    verdicts: list[Verdict] = []
    starts = 0
    greeting = Greeting(words.ready, np.zeros(1, np.float32))
    while not talk.is_over:
        with closing(SleepingRecogniser(partial(Noting, verdicts))) as recogniser:
            waiting = WakeWordLoop(room, recogniser, VirtualDeciding(recogniser), words.phrases(), greeting)
            waiting.until(lambda: talk.is_over)
        starts += not talk.is_over
    nearest = sorted(verdicts, key=lambda verdict: verdict.confidence)[-5:]
    return {
        "minutes": round(talk.played / SAMPLES_PER_SECOND / 60, 1),
        "decisions": len(verdicts),
        "starts": starts,
        "nearest": [[verdict.words, round(verdict.confidence, 3), verdict.sure] for verdict in nearest],
    }


def main() -> None:
    """Play the recordings of a folder."""
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else None
    sys.stdout.write(json.dumps(false_starts(recorded(Path(sys.argv[1]), minutes))) + "\n")


if __name__ == "__main__":
    main()
