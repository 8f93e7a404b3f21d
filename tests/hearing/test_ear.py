from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.endpointer import EndpointEvent, FalseAlarm, Pause, SpeechStarted, Utterance
from voicecoach.hearing.listener import Ear
from voicecoach.hearing.moonshine import Moonshine

from .conftest import Say, phrases_for, quiet, read

BLOCK = 320
SECOND = 16_000


def listen(
    ear: Ear, sound: Samples, start: int = 0, coach_until: int = 0, coach_from: int | None = None
) -> list[EndpointEvent]:
    """The events of `sound`, block by block; the coach speaks before `coach_until` and from `coach_from` on."""
    events: list[EndpointEvent] = []
    for i in range(0, len(sound) - BLOCK + 1, BLOCK):
        at = start + i
        coach = at < coach_until or (coach_from is not None and at >= coach_from)
        events += ear.listen(sound[i : i + BLOCK], sound[i : i + BLOCK], at, coach)
    return events


def utterances(events: list[EndpointEvent]) -> list[Utterance]:
    return [event for event in events if isinstance(event, Utterance)]


def test_a_word_said_alone_is_one_utterance_that_holds_all_of_it(say: Say) -> None:
    word = say("stop")
    sound = np.concatenate([quiet(1), word, quiet(1)])

    started, pause, utterance = listen(Ear(), sound)

    assert isinstance(pause, Pause)
    assert pause.utterance.ended_at == utterance.ended_at if isinstance(utterance, Utterance) else False
    np.testing.assert_array_equal(
        pause.utterance.samples, sound[pause.utterance.started_at : pause.utterance.closed_at]
    )
    assert isinstance(started, SpeechStarted)
    assert isinstance(utterance, Utterance)
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    assert utterance.started_at <= loud[0]
    assert utterance.ended_at >= loud[-1] - SECOND // 10
    assert utterance.closed_at == utterance.started_at + len(utterance.samples)
    np.testing.assert_array_equal(utterance.samples, sound[utterance.started_at : utterance.closed_at])


def test_speech_is_noticed_long_before_the_word_is_over(say: Say) -> None:
    sound = np.concatenate([quiet(1), say("no"), quiet(1)])

    started = listen(Ear(), sound)[0]

    onset = int(np.flatnonzero(np.abs(sound) > 0.02)[0])
    assert started.at - onset < 0.25 * SECOND if isinstance(started, SpeechStarted) else pytest.fail("nothing started")


def test_faint_noise_is_not_speech() -> None:
    assert listen(Ear(), quiet(5)) == []


def test_nothing_is_heard_while_the_coach_speaks(say: Say) -> None:
    sound = np.concatenate([quiet(0.5), say("lower your foot and rest"), quiet(1)])

    assert listen(Ear(), sound, coach_until=len(sound)) == []


def test_an_answer_that_begins_as_the_coach_ends_is_whole_and_holds_nothing_of_the_coach(
    say: Say, moonshine: Moonshine
) -> None:
    coach = say("is it like the one when running?", "gmw/en-gb-x-rp")
    coach = coach[: len(coach) // BLOCK * BLOCK]
    answer = say("stop")
    answer = answer[np.flatnonzero(np.abs(answer) > 0.005)[0] :]
    sound = np.concatenate([coach, answer, quiet(1)])

    (utterance,) = utterances(listen(Ear(), sound, coach_until=len(coach)))

    assert utterance.started_at == len(coach)
    assert moonshine.decide(utterance.samples, phrases_for("yes-no")).meaning == "stop"


def test_stop_begun_in_a_gap_between_counts_is_heard_though_the_coach_goes_on(say: Say, moonshine: Moonshine) -> None:
    count = say("two", "gmw/en-gb-x-rp")
    count = count[: len(count) // BLOCK * BLOCK]
    gap = round(0.4 * SECOND)
    word = say("stop")
    word = word[np.flatnonzero(np.abs(word) > 0.005)[0] :]
    person = np.concatenate([count, quiet(0.1), word, quiet(1)])
    ducked = np.zeros(len(person), np.float32)
    ducked[len(count) + gap : 2 * len(count) + gap] = 0.01 * count
    sound = person + ducked

    events = listen(Ear(), sound, coach_until=len(count), coach_from=len(count) + gap)

    started, *_, utterance = events
    assert isinstance(started, SpeechStarted)
    assert started.at <= len(count) + gap + BLOCK
    assert isinstance(utterance, Utterance)
    assert moonshine.decide(utterance.samples, phrases_for("yes-no")).meaning == "stop"


def test_a_buzz_too_short_to_be_a_word_is_a_false_alarm() -> None:
    sound = quiet(2)
    buzz = np.arange(round(0.04 * SECOND))
    sound[SECOND : SECOND + len(buzz)] += 0.3 * np.sign(np.sin(2 * np.pi * 150 * buzz / SECOND)) * np.hanning(len(buzz))

    assert [type(event) for event in listen(Ear(), sound)] == [SpeechStarted, FalseAlarm]


def test_a_break_in_the_sound_ends_an_open_utterance_as_a_false_alarm(say: Say) -> None:
    ear = Ear()
    sound = np.concatenate([quiet(1), say("pins and needles")])[: 2 * SECOND]
    before = listen(ear, sound)

    after = listen(ear, quiet(2), start=10 * SECOND)

    assert [type(event) for event in before] == [SpeechStarted]
    assert after == [FalseAlarm(10 * SECOND)]


def test_two_words_far_apart_are_two_utterances(say: Say) -> None:
    sound = np.concatenate([quiet(1), say("yes"), quiet(1), say("no"), quiet(1)])

    first, second = utterances(listen(Ear(), sound))

    assert first.closed_at <= second.started_at


def test_nearly_every_recorded_command_of_a_person_becomes_an_utterance(recordings: Path) -> None:
    clips = [read(file) for word in ("yes", "no", "stop") for file in sorted((recordings / "words" / word).iterdir())]

    heard = sum(bool(utterances(listen(Ear(), np.concatenate([quiet(0.6), clip, quiet(1.5)])))) for clip in clips)

    assert heard >= 0.99 * len(clips)
