"""When words are taken, and when the coach waits for more: real sound, the real recogniser, virtual time."""

from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np
import pytest

from voicecoach.blocks import Block, Samples
from voicecoach.hearing.echo.canceller_choice import NO_CANCELLER
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser import Phrase
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND, samples
from voicecoach.session.events import FromHearing, Heard, NotUnderstood, SpeechStarted

from .conftest import Say, phrases_for, quiet

DECISION_SECONDS = 0.05
AFTER_WORD_SECONDS = 0.1
"""From the last loud sample of a word until voice activity has ended, at most."""


@pytest.fixture(scope="module")
def recogniser() -> Iterator[RecogniserProcess]:
    with closing(RecogniserProcess()) as process:
        yield process


def understand(
    recogniser: RecogniserProcess, sound: Samples, phrases: Sequence[Phrase]
) -> list[tuple[float, FromHearing]]:
    """Return what was understood and how many seconds after its beginning."""
    silence, found = np.zeros(BLOCK_SAMPLES, np.float32), []
    sound = sound + quiet(
        sound.size / SAMPLES_PER_SECOND
    )  # a synthesised word ends in exact zeros, a microphone does not
    with closing(Hearing(VirtualDeciding(recogniser, DECISION_SECONDS), NO_CANCELLER)) as hearing:
        hearing.phrases = tuple(phrases)
        for at in range(0, sound.size - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
            heard = hearing.hear(Block(at, silence, sound[at : at + BLOCK_SAMPLES], ()), 0)
            found += [((at + BLOCK_SAMPLES) / SAMPLES_PER_SECOND, happening) for happening in heard]
    return [(at, happening) for at, happening in found if isinstance(happening, Heard | NotUnderstood)]


class NothingDecided:
    """A Deciding for speech that nobody asks about."""

    def submit(self, *_: object, **__: object) -> None:
        pytest.fail("nothing means anything now")

    def collect(self, at: int) -> None:
        del at


@pytest.mark.parametrize(("answered_after", "known_after"), [(None, BLOCK_SAMPLES), (5000, 5000)])
def test_what_is_known_is_answered_from_the_end_of_its_block_on_or_from_where_the_loop_says(
    say: Say, answered_after: int | None, known_after: int
) -> None:
    sound, silence = np.concatenate([quiet(1), say("stop")]), np.zeros(BLOCK_SAMPLES, np.float32)
    with closing(Hearing(NothingDecided(), NO_CANCELLER)) as hearing:
        for at in range(0, sound.size, BLOCK_SAMPLES):
            answered_at = None if answered_after is None else at + answered_after
            found = hearing.hear(Block(at, silence, sound[at : at + BLOCK_SAMPLES], ()), 0, answered_at)
            if found:
                assert found == [SpeechStarted(at + known_after)]
                return
    pytest.fail("nobody was heard")


def test_what_is_said_behind_a_speech_that_took_the_place_of_another_is_behind_that_one(say: Say) -> None:
    sound, silence = np.concatenate([quiet(1), say("elephant"), quiet(1)]), np.zeros(BLOCK_SAMPLES, np.float32)
    sound = sound + quiet(sound.size / SAMPLES_PER_SECOND)
    with closing(Hearing(NothingDecided(), NO_CANCELLER)) as hearing:
        for token, ends_at in ((1, SAMPLES_PER_SECOND // 2), (2, SAMPLES_PER_SECOND)):
            hearing.coach_says(token, [(0, ends_at)], ["Elephants?"])
        for at in range(0, sound.size - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
            for event in hearing.hear(Block(at, silence, sound[at : at + BLOCK_SAMPLES], ()), 0):
                if isinstance(event, NotUnderstood):
                    assert event.behind is not None
                    assert event.behind.token == 2
                    return
    pytest.fail("nobody was heard")


def end_of(sound: Samples) -> float:
    return float(np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())[-1] / SAMPLES_PER_SECOND)


@pytest.mark.parametrize("word", ["yes", "no"])
def test_a_clear_answer_is_taken_after_a_short_silence(recogniser: RecogniserProcess, say: Say, word: str) -> None:
    sound = np.concatenate([quiet(1), say(word), quiet(1.5)])
    ((at, understood),) = understand(recogniser, sound, phrases_for("yes-no"))
    assert isinstance(understood, Heard)
    assert (understood.meaning, understood.sure) == (word, True)
    assert 0.05 < at - end_of(sound) < 0.14 + AFTER_WORD_SECONDS


def test_what_begins_something_else_waits_for_the_rest_of_it(recogniser: RecogniserProcess, say: Say) -> None:
    clear = [
        Phrase("one", ("one",), 0.5, 0.9),
        Phrase("moment", ("one moment",), 0.5, 0.9),
        Phrase("no", ("no",), 0.5, 0.9),
    ]
    sound = np.concatenate([quiet(1), say("one"), quiet(1.5)])
    ((with_longer, understood),) = understand(recogniser, sound, clear)
    ((alone, _),) = understand(recogniser, sound, clear[::2])
    assert isinstance(understood, Heard)
    assert understood.meaning == "one"
    assert samples(with_longer - alone) >= samples(0.06)


def test_two_words_with_a_pause_that_is_short_enough_are_one_phrase(recogniser: RecogniserProcess, say: Say) -> None:
    sound = np.concatenate([quiet(1), say("yes"), quiet(0.06), say("please"), quiet(1.5)])
    phrases = phrases_for("yes-no")
    assert [happening.meaning for _, happening in understand(recogniser, sound, phrases)
            if isinstance(happening, Heard)] == ["yes"]  # fmt: skip


def test_other_words_are_waited_out_and_not_understood(recogniser: RecogniserProcess, say: Say) -> None:
    sound = np.concatenate([quiet(1), say("elephant"), quiet(1.5)])
    ((at, happening),) = understand(recogniser, sound, phrases_for("yes-no"))
    assert isinstance(happening, NotUnderstood)
    assert at - end_of(sound) > 0.4


def test_an_answer_after_an_answer_is_another_one(recogniser: RecogniserProcess, say: Say) -> None:
    sound = np.concatenate([quiet(1), say("no"), quiet(0.6), say("yes"), quiet(1.5)])
    found = understand(recogniser, sound, phrases_for("yes-no"))
    assert [happening.meaning for _, happening in found if isinstance(happening, Heard)] == ["no", "yes"]


@pytest.mark.parametrize("gated", [True, False])
def test_a_word_between_exact_zeros_is_understood_from_a_microphone_that_gates(
    recogniser: RecogniserProcess, say: Say, gated: bool
) -> None:
    word, found = say("yes"), []
    silence = np.zeros(BLOCK_SAMPLES, np.float32)
    sound = np.pad(word[: word.size // BLOCK_SAMPLES * BLOCK_SAMPLES], (BLOCK_SAMPLES * 25, BLOCK_SAMPLES * 50))
    with closing(Hearing(VirtualDeciding(recogniser, DECISION_SECONDS), NO_CANCELLER)) as hearing:
        hearing.phrases = phrases_for("yes-no")
        for at in range(0, sound.size, BLOCK_SAMPLES):
            found += hearing.hear(Block(at, silence, sound[at : at + BLOCK_SAMPLES], (), gated), 0)
    assert [event.meaning for event in found if isinstance(event, Heard)] == ["yes"] * gated


def test_stop_is_taken_as_soon_as_it_is_recognised_and_without_being_sure(
    recogniser: RecogniserProcess, say: Say
) -> None:
    sound = np.concatenate([quiet(1), say("stop"), quiet(1.5)])
    urgent = [Phrase("stop", ("stop",), -4.0, 99.0, urgent=True)]
    ((at, _),) = understand(recogniser, sound, urgent)
    ((patient, _),) = understand(recogniser, sound, [Phrase("stop", ("stop",), -4.0, 99.0)])
    assert at < patient
    assert at - end_of(sound) < 0.06 + DECISION_SECONDS + AFTER_WORD_SECONDS
