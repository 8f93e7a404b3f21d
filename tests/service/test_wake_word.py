"""Waiting: real sound and the real recogniser, in virtual time."""

import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from checks.false_starts import false_starts, recorded
from voicecoach.blocks import Samples
from voicecoach.hearing.judgement import NOTHING
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.samples import samples
from voicecoach.service.sleeping_recogniser import LONGEST_REQUEST_SECONDS, SleepingRecogniser
from voicecoach.service.systemd import LossWatch, Systemd
from voicecoach.service.wake_word import Greeting, WaitingSettings, WakeWordLoop
from voicecoach.sound.room import RoomSettings

from .conftest import Apartment, Somebody, english, said

HINT = Greeting(english().ready, np.full(samples(0.5), 0.1, np.float32))


class Loaded:
    """Counts how often the recogniser is loaded and closed, and understands always the same."""

    def __init__(self, verdict: Verdict = NOTHING) -> None:
        self._verdict = verdict
        self.loaded = self.closed = 0
        self._open: list[int] = []

    def load(self) -> "Loaded":
        self.loaded += 1
        return self

    def submit(self, ticket: int, sound: Samples, phrases: Sequence[Phrase], *, writes: bool = False) -> None:
        del sound, phrases, writes
        self._open.append(ticket)

    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        del wait
        return (self._open.pop(0), self._verdict) if self._open else None

    def close(self) -> None:
        self.closed += 1


def waits(
    room: Apartment, recogniser: SleepingRecogniser, until_seconds: float, greeting: Greeting = HINT
) -> float | None:
    """Return when a session was asked for aloud; None where nobody did."""
    waiting = WakeWordLoop(room, recogniser, VirtualDeciding(recogniser), english().phrases(), greeting)
    waiting.until(lambda: room.seconds >= until_seconds)
    return room.seconds if room.seconds < until_seconds else None


def test_the_words_that_wake_the_recogniser_count() -> None:
    request = said("start session")
    room = Apartment(Somebody([(30, request)]))
    with closing(SleepingRecogniser(RecogniserProcess)) as recogniser:
        asked = waits(room, recogniser, 40)
    assert asked is not None
    assert 30 < asked < 30 + request.size / samples(1) + 0.6


def test_words_that_only_resemble_the_request_start_nothing() -> None:
    sentences = ("stop session", "don't start the session", "I want to start the session", "start")
    room = Apartment(Somebody([(2 + 4 * n, said(words)) for n, words in enumerate(sentences)]))
    with closing(SleepingRecogniser(RecogniserProcess)) as recogniser:
        assert waits(room, recogniser, 18) is None


@pytest.mark.parametrize("delay_seconds", [0.06, 0.3])
def test_its_own_voice_starts_nothing_even_where_it_says_the_words_alone(delay_seconds: float) -> None:
    room = Apartment(
        Somebody(),
        RoomSettings(
            echo_db=6, microphone_gain_db=-6, loudspeaker_delay_seconds=delay_seconds, reverberation_seconds=0.4
        ),
    )
    sound = np.concatenate([said(english().ready, "gmw/en-us"), said("start session", "gmw/en-us")])
    greeting = Greeting("start session", sound)
    with closing(SleepingRecogniser(RecogniserProcess)) as recogniser:
        assert waits(room, recogniser, 8, greeting) is None
        assert not recogniser.is_awake


@pytest.mark.parametrize("sure", [True, False])
def test_only_where_the_recogniser_is_sure_a_session_was_asked_for(sure: bool) -> None:
    understood = Verdict("start_session", "start session", -1.0, 2.0, 0.75, sure)
    recogniser = SleepingRecogniser(Loaded(understood).load)
    asked = waits(Apartment(Somebody([(2, said("start session"))])), recogniser, 6)
    assert (asked is not None) is sure


def test_a_few_minutes_of_people_reading_aloud_and_of_noise_start_nothing() -> None:
    folder = Path(__file__).parents[3] / "shared" / "recordings"
    if not folder.is_dir():
        pytest.skip("needs ../shared/recordings, which is not here")
    found = false_starts(recorded(folder, 2))
    assert found["decisions"] > 10
    assert found["starts"] == 0


def test_the_recogniser_is_loaded_when_somebody_speaks_and_let_go_when_it_has_been_quiet() -> None:
    loaded = Loaded()
    recogniser = SleepingRecogniser(loaded.load)
    room = Apartment(Somebody([(10, said("hello there")), (14, said("hello there")), (60, said("hello there"))]))
    assert waits(room, recogniser, 9) is None
    assert loaded.loaded == 0
    waiting = WakeWordLoop(
        room, recogniser, VirtualDeciding(recogniser), english().phrases(), HINT,
        settings=WaitingSettings(sleeps_after_seconds=20),
    )  # fmt: skip
    waiting.until(lambda: room.seconds >= 30)
    assert (loaded.loaded, loaded.closed) == (1, 0)
    waiting.until(lambda: room.seconds >= 40)
    assert (loaded.loaded, loaded.closed) == (1, 1)
    waiting.until(lambda: room.seconds >= 62)
    assert (loaded.loaded, loaded.closed) == (2, 1)


def test_what_lasts_longer_than_a_request_is_not_even_recognised() -> None:
    loaded = Loaded()
    recogniser = SleepingRecogniser(loaded.load)
    recogniser.submit(7, np.zeros(samples(LONGEST_REQUEST_SECONDS) + 1, np.float32), english().phrases())
    assert loaded.loaded == 0
    assert recogniser.collect(wait=True) == (7, NOTHING)


def test_a_recogniser_that_owes_an_answer_stays_awake() -> None:
    loaded = Loaded()
    recogniser = SleepingRecogniser(loaded.load)
    recogniser.submit(1, np.zeros(samples(1), np.float32), english().phrases())
    recogniser.sleep()
    assert loaded.closed == 0
    recogniser.collect(wait=True)
    recogniser.sleep()
    assert loaded.closed == 1


def test_it_says_that_it_is_ready_when_there_is_sound_and_again_when_that_comes_back() -> None:
    room, greeted = Apartment(Somebody(), away_seconds=(0, 3)), [0]
    recogniser = SleepingRecogniser(Loaded().load)

    def note() -> None:
        greeted.append(room.now)

    waiting = WakeWordLoop(room, recogniser, VirtualDeciding(recogniser), english().phrases(), HINT, note)
    waiting.until(lambda: room.seconds >= 6)
    assert [round(at, 1) for at in room.sounded] == [3.0]
    assert len(greeted) == 2
    assert 3.5 <= greeted[1] / samples(1) < 3.7
    room._away = [samples(7), samples(9)]
    waiting.until(lambda: room.seconds >= 12)
    assert [round(at, 1) for at in room.sounded] == [3.0, 9.0]


def test_sound_that_is_lost_while_it_waits_is_said_once_and_so_is_its_return() -> None:
    room, lines = Apartment(Somebody(), away_seconds=(4, 10)), list[tuple[int, str]]()
    watch = LossWatch(Systemd({}), room, lambda line: lines.append((round(room.seconds), line)))
    recogniser = SleepingRecogniser(Loaded().load)
    waiting = WakeWordLoop(
        room, recogniser, VirtualDeciding(recogniser), english().phrases(), HINT, watchers=[watch]
    )  # fmt: skip
    waiting.until(lambda: room.seconds >= 12)
    lost = "The microphone or the loudspeaker is away, or sends nothing; it is looked for."
    assert lines == [(4, lost), (10, "The sound is back.")]


def test_waking_and_sleeping_again_and_again_leaves_nothing_behind() -> None:
    word = said("hello")
    room = Apartment(Somebody([(2 + 4 * n, word) for n in range(3)]))
    with closing(SleepingRecogniser(RecogniserProcess)) as recogniser:
        waiting = WakeWordLoop(
            room, recogniser, VirtualDeciding(recogniser), english().phrases(), HINT,
            settings=WaitingSettings(sleeps_after_seconds=1),
        )  # fmt: skip

        def left() -> tuple[int, int]:
            return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

        waiting.until(lambda: room.seconds >= 5)
        before = left()
        waiting.until(lambda: room.seconds >= 14)
        assert not recogniser.is_awake
        assert left() == before
