"""A recogniser that dies is started again, and no utterance is lost."""

import math
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import (
    ForgoneRecogniser,
    RecogniserDied,
    RecogniserProcess,
    RestartingRecogniser,
)
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

YES_NO = (Phrase("yes", ("yes",), 0.5, 0.9), Phrase("no", ("no",), 0.5, 0.9))


@pytest.fixture(scope="module")
def yes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), tmp_path_factory.mktemp("voice"))) as prompts:
        yield prompts.samples("yes")


def answer(recogniser: RestartingRecogniser) -> tuple[int, str | None]:
    """Wait for an answer as the loop does, which asks again and again."""
    while True:
        found = recogniser.collect(wait=True)
        if found is not None:
            return found[0], found[1].meaning


def test_an_utterance_that_a_killed_recogniser_had_not_answered_is_answered_by_the_next_one(yes: Samples) -> None:
    with closing(RestartingRecogniser()) as recogniser:
        first = recogniser.pid
        os.kill(first, signal.SIGSTOP)
        recogniser.submit(1, yes, YES_NO)
        recogniser.submit(2, yes, YES_NO)
        os.kill(first, signal.SIGKILL)
        assert [answer(recogniser), answer(recogniser)] == [(1, "yes"), (2, "yes")]
        assert recogniser.pid != first


class Clock:
    """Seconds that a test lets go by."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Process:
    """A recogniser's process as it fails: dead, or never answering."""

    pid = 0

    def __init__(self, *, dead: bool = False, ready: bool = True) -> None:
        self._dead = dead
        self.ended = False
        self.is_ready = ready

    def submit(self, *_: object, **__: object) -> None:
        pass

    def collect(self, wait: bool) -> None:
        del wait
        if self._dead:
            raise RecogniserDied("It ended unexpectedly.")

    def end(self) -> None:
        self.ended = True

    def close(self) -> None:
        pytest.fail("Closing waits, and nothing may while a session runs.")


def test_three_deaths_within_a_minute_are_enough_and_a_new_one_is_tried_after_a_while(yes: Samples) -> None:
    clock = Clock()
    warned: list[str] = []
    started: list[float] = []

    def start() -> Any:
        started.append(clock.seconds)
        return RestartingRecogniser(lambda: Process(dead=len(started) == 1), clock=clock)  # type: ignore[arg-type, return-value]

    recogniser = ForgoneRecogniser(start, warned.append, clock=clock)
    assert recogniser.hears()
    recogniser.submit(1, yes, YES_NO)
    answers = [recogniser.collect(wait=False) for _ in range(4)]
    assert [found[0] for found in answers if found] == [1]
    assert not recogniser.hears()
    recogniser.submit(2, yes, YES_NO)
    assert recogniser.collect(wait=True) == (2, Verdict(None, "", -math.inf, 0.0, 0.0, sure=False))
    assert recogniser.collect(wait=True) is None
    assert len(warned) == 1
    assert "Keys go on working" in warned[0]
    clock.seconds = 29.0
    assert not recogniser.hears()
    clock.seconds = 30.0
    assert recogniser.hears()
    assert started == [0.0, 30.0]


def test_deaths_far_apart_are_each_followed_by_a_new_one(yes: Samples) -> None:
    clock = Clock()
    recogniser = RestartingRecogniser(lambda: Process(dead=True), clock=clock)  # type: ignore[arg-type, return-value]
    for number in range(5):
        recogniser.submit(number, yes, YES_NO)
        recogniser.collect(wait=False)
        clock.seconds += 31.0


def test_an_answer_owed_for_ten_seconds_is_not_waited_for_and_the_utterance_means_nothing(yes: Samples) -> None:
    clock = Clock()
    warned: list[str] = []
    process: Any = Process()
    recogniser = ForgoneRecogniser(
        lambda: RestartingRecogniser(lambda: process, clock=clock), warned.append, clock=clock
    )
    clock.seconds = 100.0
    recogniser.submit(7, yes, YES_NO)
    clock.seconds = 109.9
    assert recogniser.collect(wait=False) is None
    assert recogniser.hears()
    assert not process.ended
    clock.seconds = 110.0
    assert recogniser.collect(wait=False) is None
    assert process.ended
    assert not recogniser.hears()
    assert recogniser.collect(wait=False) == (7, Verdict(None, "", -math.inf, 0.0, 0.0, sure=False))
    assert "no longer answers" in warned[0]


def test_an_utterance_that_two_recognisers_die_of_counts_as_not_understood(yes: Samples) -> None:
    started: list[RecogniserProcess] = []

    def start() -> RecogniserProcess:
        process = RecogniserProcess()
        if len(started) < 2:
            os.kill(process.pid, signal.SIGKILL)
        started.append(process)
        return process

    with closing(RestartingRecogniser(start)) as recogniser:
        recogniser.submit(1, yes, YES_NO)
        recogniser.submit(2, yes, YES_NO)
        assert [answer(recogniser), answer(recogniser)] == [(1, None), (2, "yes")]
        assert len(started) == 3
