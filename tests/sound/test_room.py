"""The simulated room: echo, person and noise in one microphone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.blocks import Samples
from voicecoach.sound.room import Room, RoomSettings

BLOCK = 320
NO_NOISE = float("-inf")
AT_ONCE = {"microphone_delay_seconds": 0.0}
DRY = 1 / 16000
"""A reverberation of one sample: nothing but the delayed sound."""


class Somebody:
    """Says what is given, from sample 0 on, and remembers what came from the coach."""

    def __init__(self, speech: Samples | None = None) -> None:
        self._speech = np.zeros(0, np.float32) if speech is None else speech
        self.heard: list[Samples] = []
        self.times: list[int] = []

    def live(self, at: int, heard: Samples) -> Samples:
        self.heard.append(heard)
        self.times.append(at)
        said = self._speech[at : at + heard.size]
        return np.concatenate([said, np.zeros(heard.size - said.size, np.float32)])


def microphone(room: Room, sound: Samples, more_blocks: int = 0) -> Samples:
    """Return what the microphone hears of a sound and of the blocks after it."""
    blocks = -(-sound.size // BLOCK) + more_blocks
    padded = np.concatenate([sound, np.zeros(blocks * BLOCK - sound.size, np.float32)])
    return np.concatenate([room.exchange(block) for block in padded.reshape(-1, BLOCK)])


def impulse(at: int = 0) -> Samples:
    sound = np.zeros(at + 1, np.float32)
    sound[at] = 0.5
    return sound


def speechlike(seconds: float, seed: int = 1) -> Samples:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * 16000))
    return (0.05 * noise).astype(np.float32)


def level_db(sound: NDArray[np.floating]) -> float:
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64))))


def test_an_empty_room_is_silent_but_for_noise_of_the_stated_level() -> None:
    for noise_db in (-62.0, -40.0):
        heard = microphone(Room(Somebody(), RoomSettings(noise_db=noise_db), 0), np.zeros(48000, np.float32))
        assert level_db(heard) == pytest.approx(noise_db, abs=0.2)


def test_without_noise_an_empty_room_is_silent() -> None:
    heard = microphone(Room(Somebody(), RoomSettings(noise_db=NO_NOISE, **AT_ONCE), 0), np.zeros(3200, np.float32))
    assert not heard.any()


@pytest.mark.parametrize(("delay", "at"), [(960, 0), (960, 319), (0, 100), (640, 5), (3200, 319)])
@pytest.mark.parametrize(("echo_db", "gain"), [(0.0, 1.0), (-20.0, 0.1), (6.0, 1.995)])
def test_the_echo_comes_after_its_delay_at_its_level(delay: int, at: int, echo_db: float, gain: float) -> None:
    settings = RoomSettings(delay / 16000, echo_db, DRY, NO_NOISE, 0.0)
    heard = microphone(Room(Somebody(), settings, 0), impulse(at), 20)
    expected = np.zeros_like(heard)
    expected[at + delay] = 0.5 * gain
    np.testing.assert_allclose(heard, expected, atol=1e-3 * gain)


@pytest.mark.parametrize(("delay", "at"), [(970, 319), (100, 300), (1, 319)])
def test_the_end_of_the_echo_is_heard_with_any_delay(delay: int, at: int) -> None:
    settings = RoomSettings(delay / 16000, 0.0, DRY, NO_NOISE, 0.0)
    heard = microphone(Room(Somebody(), settings, 0), impulse(at), 20)
    assert heard[at + delay] == pytest.approx(0.5, abs=1e-3)


def test_an_old_echo_does_not_come_back() -> None:
    room = Room(Somebody(), RoomSettings(970 / 16000, 0.0, DRY, NO_NOISE, 0.0), 0)
    microphone(room, impulse(319), 100)
    later = microphone(room, impulse(0), 2)
    assert abs(later[:640]).max() < 1e-3


@pytest.mark.parametrize("echo_db", [-12.0, 0.0, 6.0])
def test_a_reverberating_echo_has_the_stated_level(echo_db: float) -> None:
    sound = speechlike(2)
    heard = microphone(Room(Somebody(), RoomSettings(echo_db=echo_db, noise_db=NO_NOISE, **AT_ONCE), 0), sound, 20)
    assert level_db(heard[4800:32000]) - level_db(sound) == pytest.approx(echo_db, abs=0.8)


def test_the_echo_decays_by_60_db_within_the_reverberation_time_and_then_ends() -> None:
    heard = microphone(Room(Somebody(), RoomSettings(0.06, 0.0, 0.2, NO_NOISE, 0.0), 0), impulse(), 40)
    assert not np.abs(heard[:960]).max() > 1e-6
    middle, last = heard[960 + 1500 : 960 + 1700], heard[960 + 3000 : 960 + 3200]
    assert level_db(middle) - level_db(last) == pytest.approx(60 * 1500 / 3200, abs=3)
    assert np.abs(heard[960 + 3200 :]).max() < 1e-6


def test_blocks_leave_no_seam_in_the_echo() -> None:
    settings, sound = RoomSettings(noise_db=NO_NOISE, **AT_ONCE), speechlike(1)
    response = microphone(Room(Somebody(), settings, 3), impulse(), 20) / 0.5
    heard = microphone(Room(Somebody(), settings, 3), sound, 20)
    expected = np.convolve(sound, response)[: sound.size + 3200]
    np.testing.assert_allclose(heard[: expected.size], expected, atol=1e-5)


def test_the_echo_is_over_after_its_delay_and_its_reverberation() -> None:
    for settings in (RoomSettings(noise_db=NO_NOISE, **AT_ONCE), RoomSettings(0.2, 6.0, 0.6, NO_NOISE, 0.0)):
        room, sound = Room(Somebody(), settings, 0), speechlike(1)
        heard = microphone(room, sound, 100)
        tail = room.echo_delay_samples + round(settings.reverberation_seconds * 16_000)
        assert abs(heard[: sound.size + tail]).max() > 0.01
        assert abs(heard[sound.size + tail :]).max() < 1e-5


def test_the_person_is_heard_at_once_and_without_echo() -> None:
    speech = speechlike(0.5)
    heard = microphone(
        Room(Somebody(speech), RoomSettings(noise_db=NO_NOISE, **AT_ONCE), 0), np.zeros(16000, np.float32)
    )
    assert np.array_equal(heard[: speech.size], speech)
    assert not heard[speech.size :].any()


def test_person_and_echo_are_heard_together() -> None:
    speech, sound = speechlike(0.5, 1), speechlike(0.5, 2)
    settings = RoomSettings(noise_db=NO_NOISE, **AT_ONCE)
    alone = microphone(Room(Somebody(), settings, 0), sound, 20)
    both = microphone(Room(Somebody(speech), settings, 0), sound, 20)
    np.testing.assert_allclose(both[: speech.size], alone[: speech.size] + speech, atol=1e-6)


def test_the_person_is_told_what_the_coach_plays_and_when() -> None:
    somebody, sound = Somebody(), speechlike(0.1)
    microphone(Room(somebody, RoomSettings(loudspeaker_delay_seconds=0.03), 0), sound, 2)
    heard = np.concatenate(somebody.heard)
    assert not heard[:480].any()
    assert np.array_equal(heard[480 : 480 + sound.size], sound)
    assert somebody.times == [0, 320, 640, 960, 1280, 1600, 1920]


def test_the_microphone_has_a_delay_and_a_gain_of_its_own() -> None:
    speech = speechlike(0.5)
    settings = RoomSettings(noise_db=NO_NOISE, microphone_delay_seconds=0.05, microphone_gain_db=-20.0)
    heard = microphone(Room(Somebody(speech), settings, 0), np.zeros(16000, np.float32))
    np.testing.assert_allclose(heard[800 : 800 + speech.size], 0.1 * speech, rtol=1e-5)


def test_the_room_keeps_what_the_person_said_last() -> None:
    speech = speechlike(0.04)
    room = Room(Somebody(speech), RoomSettings(), 0)
    room.exchange(np.zeros(BLOCK, np.float32))
    room.exchange(np.zeros(BLOCK, np.float32))
    assert np.array_equal(room.spoken, speech[BLOCK:])


def test_the_same_seed_gives_the_same_samples_and_another_one_others() -> None:
    sound = speechlike(0.2)
    first, same, other = (microphone(Room(Somebody(), RoomSettings(), seed), sound, 20) for seed in (5, 5, 6))
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)


def test_nothing_leaves_the_scale() -> None:
    loud = np.full(3200, 0.9, np.float32)
    heard = microphone(Room(Somebody(loud), RoomSettings(0.0, 6.0, DRY), 0), loud)
    assert heard.max() == 1.0
    assert np.abs(heard).max() <= 1.0
