import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.hearing.endpointer import (
    Endpointer,
    EndpointEvent,
    EndpointSettings,
    FalseAlarm,
    Pause,
    SpeechStarted,
    Utterance,
)

BLOCK = 320
SECOND = 16_000
SETTINGS = EndpointSettings()


def follow(activity: list[bool], endpointer: Endpointer | None = None) -> list[tuple[int, EndpointEvent]]:
    """The events with the sample at which each became known, for blocks of 20 ms that are speech or not."""
    endpointer = endpointer or Endpointer(SETTINGS)
    events = []
    for i, speech in enumerate(activity):
        event = endpointer.hear(np.full(BLOCK, i, np.float32), speech)
        if event is not None:
            events.append(((i + 1) * BLOCK, event))
    return events


def span(event: EndpointEvent) -> tuple[int, int] | None:
    """Where the speech of an utterance began and ended; its sound is what was heard, a little before it included."""
    if not isinstance(event, Utterance):
        return None
    assert event.started_at <= event.began_at
    assert np.array_equal(event.samples, np.arange(event.started_at, event.closed_at) // BLOCK)
    return event.began_at, event.ended_at


def beyond_pauses(events: list[tuple[int, EndpointEvent]]) -> list[tuple[int, EndpointEvent]]:
    return [event for event in events if not isinstance(event[1], Pause)]


def test_a_short_word_opens_an_utterance_and_silence_closes_it() -> None:
    events = follow([False] * 10 + [True] * 10 + [False] * 30)

    (began_at, started), (_, ended) = beyond_pauses(events)
    assert started == SpeechStarted(began_at)
    assert span(ended) == (10 * BLOCK, 20 * BLOCK)


def test_each_pause_within_an_utterance_is_told_once_and_soon() -> None:
    events = follow([True] * 10 + [False] * 10 + [True] * 5 + [False] * 30)

    assert [(at, span(event.utterance)) for at, event in events if isinstance(event, Pause)] == [
        (12 * BLOCK, (0, 10 * BLOCK)),
        (27 * BLOCK, (0, 25 * BLOCK)),
    ]


def test_a_burst_too_short_for_any_word_has_no_pause() -> None:
    assert not any(isinstance(event, Pause) for _, event in follow([True] * 4 + [False] * 40))


def test_an_utterance_opens_within_a_tenth_of_a_second_of_speech() -> None:
    ((known_at, _),) = follow([True] * 5)

    assert known_at <= SECOND // 10


def test_an_utterance_closes_when_the_trailing_silence_is_full_and_no_earlier() -> None:
    (_, (closed_at, _)) = beyond_pauses(follow([True] * 10 + [False] * 40))

    silence = closed_at - 10 * BLOCK
    assert 0.45 * SECOND <= silence < 0.45 * SECOND + BLOCK


def test_a_pause_between_two_words_does_not_close_an_utterance() -> None:
    events = follow([True] * 10 + [False] * 20 + [True] * 10 + [False] * 30)

    assert [span(event) for _, event in beyond_pauses(events)] == [None, (0, 40 * BLOCK)]


def test_a_single_active_block_opens_nothing() -> None:
    assert follow(([True] + [False] * 20) * 5) == []


def test_a_burst_too_short_for_any_word_is_dismissed() -> None:
    events = follow([True] * 4 + [False] * 40)

    assert [type(event) for _, event in events] == [SpeechStarted, FalseAlarm]
    assert all(event == type(event)(at) for at, event in events if isinstance(event, SpeechStarted | FalseAlarm))


def test_speech_without_end_is_closed_at_the_longest_utterance() -> None:
    (_, (closed_at, _), *_) = follow([True] * 400)

    assert closed_at == 6 * SECOND


def test_hurry_opens_an_utterance_for_a_little_speech() -> None:
    endpointer = Endpointer(SETTINGS)
    follow([False, True, True], endpointer)

    assert endpointer.hurry()
    assert (endpointer.is_open, endpointer.began_at) == (True, BLOCK)


def test_hurry_forgets_speech_that_is_hardly_any() -> None:
    endpointer = Endpointer(SETTINGS)
    follow([False, False, True], endpointer)

    assert not endpointer.hurry()
    assert endpointer.began_at is None


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=40))
def test_openings_and_endings_always_alternate(runs: list[tuple[bool, int]]) -> None:
    events = beyond_pauses(follow([speech for speech, length in runs for _ in range(length)]))

    assert [isinstance(event, SpeechStarted) for _, event in events] == [i % 2 == 0 for i in range(len(events))]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 200)), max_size=20))
def test_no_utterance_outlasts_the_longest_and_every_end_is_within_it(runs: list[tuple[bool, int]]) -> None:
    for known_at, event in follow([speech for speech, length in runs for _ in range(length)]):
        if isinstance(event, Utterance):
            assert event.began_at < event.ended_at <= known_at
            assert known_at - event.began_at < SETTINGS.longest_utterance_seconds * SECOND + BLOCK
