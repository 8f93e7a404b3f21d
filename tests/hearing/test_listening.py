"""A person heard over the coach's own voice, in the simulated room, behind the canceller that is used here."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.hearing.echo.canceller_choice import NoEchoCanceller, open_echo_canceller
from voicecoach.hearing.endpointer import EndpointEvent, SpeechStarted, Utterance
from voicecoach.hearing.listener import Listener, ListeningSettings
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

QUIET = np.float32(0.4)
"""Quiet enough that an echo of +6 dB does not clip in the microphone."""
COACH_DB, STOP_DB = -22.0, -20.0
"""Power of what is said, relative to full scale, before it is made quiet."""
SENTENCES = (
    "First, seven questions about your safety. Please answer yes or no.",
    "Do you have new numbness between your legs, or new trouble with your bladder or bowels?",
    "At any time you can say stop, pause, it hurts, or how many left. If the dull pain goes, say it's gone.",
)


MORE_SENTENCES = (
    "Sit on the edge of the table, so that your knees are bent and your feet hang free.",
    "Put your hands behind your back.",
    "Which calf hurts: the left one, or the right one?",
    "Now the exercise. Say yes when you are ready.",
)


class Speaker:
    """Somebody who begins to speak at a sample, whatever is going on."""

    def __init__(self, sound: Samples, at: int) -> None:
        self._sound, self._start = sound, at

    def live(self, at: int, heard: Samples) -> Samples:
        block = np.zeros(heard.size, np.float32)
        low, high = max(at, self._start), min(at + heard.size, self._start + self._sound.size)
        if low < high:
            block[low - at : high - at] = self._sound[low - self._start : high - self._start]
        return block


def at_level(sound: Samples, power_db: float) -> Samples:
    return sound * np.float32(10 ** (power_db / 20) / np.sqrt(np.mean(sound**2)))


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    with closing(PromptCache(Pyttsx3Voice(), tmp_path_factory.mktemp("coach"))) as prompts:
        gap = np.zeros(samples(0.2), np.float32)
        spoken = np.concatenate([part for text in SENTENCES for part in (prompts.samples(text), gap)])
        yield QUIET * at_level(spoken, COACH_DB)


@pytest.fixture(scope="module")
def stop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), tmp_path_factory.mktemp("person"))) as prompts:
        yield QUIET * at_level(prompts.samples("stop"), STOP_DB)


def heard_over(coach: Samples, person: Speaker, echo_db: float, seed: int = 0) -> list[tuple[EndpointEvent, bool]]:
    """Let the coach speak, and duck when somebody else does. Return what was heard, and what was vouched for."""
    room = Room(person, RoomSettings(echo_db=echo_db), seed)
    found: list[tuple[EndpointEvent, bool]] = []
    ducked = False
    with closing(Listener(open_echo_canceller())) as listener:
        listener.echo_delay_samples = room.echo_delay_samples
        padded = np.concatenate([coach, np.zeros(samples(2), np.float32)])
        for at in range(0, padded.size - BLOCK_SAMPLES, BLOCK_SAMPLES):
            played = padded[at : at + BLOCK_SAMPLES] * np.float32(0.01 if ducked else 1)
            for event in listener.listen(room.exchange(played), played, at):
                ducked = isinstance(event, SpeechStarted)
                found.append((event, isinstance(event, Utterance) and listener.vouches_for(event)))
    return found


@pytest.mark.parametrize("echo_db", [0.0, 6.0])
def test_the_coach_alone_is_never_heard(coach: Samples, echo_db: float) -> None:
    assert heard_over(coach, Speaker(np.zeros(1, np.float32), 0), echo_db) == []


@pytest.mark.parametrize(("seed", "gap_seconds"), [(78, 0.5), (56, 2.0)])
def test_the_coach_alone_is_not_heard_either_where_the_canceller_is_slow_to_learn(
    tmp_path: Path, seed: int, gap_seconds: float
) -> None:
    with closing(PromptCache(Pyttsx3Voice(), tmp_path)) as prompts:
        spoken = [prompts.samples(text) for text in SENTENCES + MORE_SENTENCES]
    gap = np.zeros(samples(gap_seconds), np.float32)
    order = np.random.default_rng(seed).permutation(len(spoken))
    coach = np.concatenate([sound for place in order for sound in (spoken[place], gap)])
    assert heard_over(coach, Speaker(np.zeros(1, np.float32), 0), 0.0, seed) == []


@pytest.mark.parametrize("echo_db", [0.0, 6.0])
@pytest.mark.parametrize("at_seconds", [4.3, 6.1, 9.0, 12.4])
def test_somebody_who_speaks_over_the_coach_is_noticed_within_a_third_of_a_second_and_vouched_for(
    coach: Samples, stop: Samples, echo_db: float, at_seconds: float
) -> None:
    at = samples(at_seconds)
    found = heard_over(coach, Speaker(stop, at), echo_db)
    started = [event.at for event, _ in found if isinstance(event, SpeechStarted)]
    assert len(started) == 1
    assert 0 < started[0] - at < samples(0.35)
    assert [vouched for event, vouched in found if isinstance(event, Utterance)] == [True]


@pytest.mark.parametrize("echo_db", [0.0, 6.0])
def test_what_leaks_when_the_echo_changes_its_path_is_known_for_the_coach_and_somebody_else_is_not(
    coach: Samples, stop: Samples, echo_db: float
) -> None:
    before, after = (
        Room(Speaker(np.zeros(1, np.float32), 0), RoomSettings(delay, echo_db), seed)
        for seed, delay in ((0, 0.06), (5, 0.26))
    )
    person = Speaker(stop, samples(5))
    told: list[tuple[int, bool]] = []
    with closing(Listener(open_echo_canceller())) as listener:
        listener.echo_delay_samples = before.echo_delay_samples
        for at in range(0, coach.size - BLOCK_SAMPLES, BLOCK_SAMPLES):
            played = coach[at : at + BLOCK_SAMPLES]
            rooms = before.exchange(played), after.exchange(played)
            heard = rooms[at > samples(8)] + person.live(at, played)
            for event in listener.listen(heard, played, at):
                if isinstance(event, Utterance):
                    told.append((event.began_at, listener.is_leaked(event)))
    assert told
    assert all(is_leaked == (began_at > samples(8)) for began_at, is_leaked in told)
    assert {is_leaked for _, is_leaked in told} == {False, True}


class Halving(NoEchoCanceller):
    """Leaves half of all that it hears."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        del played
        return heard * np.float32(0.5)


@pytest.mark.parametrize(("until_seconds", "changes"), [(0.0, False), (2.2, True), (9.0, False)])
def test_what_a_canceller_left_is_another_sound_only_of_what_the_coach_is_heard_in_for_a_part(
    stop: Samples, until_seconds: float, changes: bool
) -> None:
    person = Speaker(stop, samples(2.3))
    found: list[Utterance] = []
    with closing(Listener(Halving(), ListeningSettings(warm_up_seconds=0.0))) as listener:
        for at in range(0, samples(4), BLOCK_SAMPLES):
            played = np.full(BLOCK_SAMPLES, 0.1 if at < samples(until_seconds) else 0.0, np.float32)
            for event in listener.listen(person.live(at, played), played, at):
                if isinstance(event, Utterance):
                    found.append(event)
        (utterance,) = found
        left = listener.left_of(utterance)
    said = person.live(utterance.started_at, utterance.samples)
    assert (left is not None) is changes
    assert left is None or np.array_equal(left, said * np.float32(0.5))


class Leaving(NoEchoCanceller):
    """Leaves a tenth of what sounds like the coach, and all of the rest."""

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        return heard - np.float32(0.9) * played


def begun_over_the_coach(coach: Samples, person: Speaker, settings: ListeningSettings) -> list[int]:
    """Let the coach speak behind a canceller that leaves some of it; return where speech is taken to begin."""
    with closing(Listener(Leaving(), settings)) as listener:
        return [
            event.at
            for at in range(0, coach.size - BLOCK_SAMPLES, BLOCK_SAMPLES)
            for played in [coach[at : at + BLOCK_SAMPLES]]
            for event in listener.listen(played + person.live(at, played), played, at)
            if isinstance(event, SpeechStarted)
        ]


def test_while_the_canceller_still_learns_only_what_stands_out_of_the_echo_begins_an_utterance(
    coach: Samples, stop: Samples
) -> None:
    coach = coach[: samples(14)]
    nobody, somebody = Speaker(np.zeros(1, np.float32), 0), Speaker(stop, samples(6.1))
    still_learning, learnt = ListeningSettings(), ListeningSettings(doubted_seconds=2.0)
    assert begun_over_the_coach(coach, nobody, learnt)
    assert begun_over_the_coach(coach, nobody, still_learning) == []
    (begun,) = begun_over_the_coach(coach, somebody, still_learning)
    assert 0 < begun - samples(6.1) < samples(0.35)


class Warming:
    """The coach speaks all along, without an echo, and now and then somebody else does."""

    def __init__(self, listener: Listener, stop: Samples) -> None:
        self.listener = listener
        self._stop = np.concatenate([stop, np.zeros(samples(1), np.float32)])
        self.played = np.full(BLOCK_SAMPLES, 0.1, np.float32)
        self.at = 0

    def goes_by(self, seconds: float) -> None:
        """Let the coach speak alone."""
        self._listen(np.zeros(samples(seconds), np.float32))

    def hears(self) -> bool:
        """Return whether somebody who says something over the coach is heard."""
        return any(isinstance(event, SpeechStarted) for event in self._listen(self._stop))

    def _listen(self, sound: Samples) -> list[EndpointEvent]:
        events: list[EndpointEvent] = []
        for begin in range(0, sound.size - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
            events += self.listener.listen(sound[begin : begin + BLOCK_SAMPLES], self.played, self.at)
            self.at += BLOCK_SAMPLES
        return events


@pytest.fixture
def warm(stop: Samples) -> Iterator[Warming]:
    """Return a listener that has heard enough of the coach, and does hear somebody over it."""
    with closing(Listener(NoEchoCanceller())) as listener:
        listener.echo_delay_samples = samples(0.1)
        warming = Warming(listener, stop)
        assert not warming.hears()
        warming.goes_by(2.0)
        assert warming.hears()
        yield warming


def test_after_a_gap_in_the_sound_nobody_is_heard_over_the_coach_until_the_canceller_is_warm_again(
    warm: Warming,
) -> None:
    warm.at += BLOCK_SAMPLES
    assert not warm.hears()
    warm.goes_by(2.0)
    assert warm.hears()


@pytest.mark.parametrize(("delay_seconds", "heard"), [(0.12, True), (0.3, False), (0.02, False)])
def test_an_echo_that_comes_so_much_later_or_earlier_that_the_canceller_begins_anew_has_it_warm_up_again(
    warm: Warming, delay_seconds: float, heard: bool
) -> None:
    warm.listener.echo_delay_samples = samples(delay_seconds)
    assert warm.hears() is heard


def test_while_the_coach_is_silent_somebody_is_heard_before_anything_is_warm(stop: Samples) -> None:
    with closing(Listener(NoEchoCanceller())) as listener:
        silent = Warming(listener, stop)
        silent.played = np.zeros(BLOCK_SAMPLES, np.float32)
        assert silent.hears()


def test_a_murmur_counts_while_the_coach_is_silent_and_not_over_it_as_it_may_be_left_of_its_echo(stop: Samples) -> None:
    noise = np.random.default_rng(0).normal(0, 0.003, stop.size).astype(np.float32)
    with closing(Listener(NoEchoCanceller())) as listener:
        murmuring = Warming(listener, at_level(stop, -40.0) + noise)
        murmuring.goes_by(2.0)
        assert not murmuring.hears()
        murmuring.played = np.zeros(BLOCK_SAMPLES, np.float32)
        murmuring.goes_by(1.0)
        assert murmuring.hears()


def test_between_two_utterances_is_what_the_microphone_heard_after_the_one_and_before_the_other(stop: Samples) -> None:
    noise = np.random.default_rng(0).normal(0, 0.0005, samples(4)).astype(np.float32)
    heard = noise + Speaker(stop, samples(0.5)).live(0, noise) + Speaker(stop, samples(2.5)).live(0, noise)
    silence = np.zeros(BLOCK_SAMPLES, np.float32)
    found: list[Utterance] = []
    with closing(Listener(NoEchoCanceller())) as listener:
        for at in range(0, heard.size, BLOCK_SAMPLES):
            events = listener.listen(heard[at : at + BLOCK_SAMPLES], silence, at)
            found += [event for event in events if isinstance(event, Utterance)]
        first, second = found
        between = listener.heard_between(first, second)
    begin = first.started_at + first.samples.size
    assert between.size > samples(0.5)
    assert np.array_equal(between, heard[begin : begin + between.size])
    assert begin + between.size == second.started_at
