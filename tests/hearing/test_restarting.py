"""A recogniser that dies is started again, and no utterance is lost."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing

import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser import Phrase
from voicecoach.hearing.recogniser_process import RecogniserProcess, RestartingRecogniser
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
