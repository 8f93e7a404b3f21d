"""A dead microphone is told by exact zeros, also where it has become the loudspeaker's monitor."""

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.sound.meters import Meters, SilenceWatch

ZEROS = np.zeros(BLOCK_SAMPLES, np.float32)
NOISE = np.full(BLOCK_SAMPLES, 1e-4, np.float32)
VOICE = np.full(BLOCK_SAMPLES, 0.1, np.float32)


class Watched:
    def __init__(self) -> None:
        self.watch = SilenceWatch()
        self.at = 0

    def hear(self, played: Samples, heard: Samples, seconds: float) -> bool:
        for _ in range(round(seconds * 50)):
            self.watch.add(Block(self.at, played, heard, ()), 1600)
            self.at += BLOCK_SAMPLES
        return self.watch.silent


def test_a_quiet_microphone_lives() -> None:
    assert not Watched().hear(ZEROS, NOISE, 10)


def test_zeros_are_noticed_within_a_second_and_a_half_and_noise_ends_that() -> None:
    microphone = Watched()
    assert microphone.hear(ZEROS, ZEROS, 1.5)
    assert not microphone.hear(ZEROS, NOISE, 0.1)


def test_a_short_dropout_is_nothing() -> None:
    microphone = Watched()
    for _ in range(10):
        assert not microphone.hear(ZEROS, ZEROS, 0.5)
        assert not microphone.hear(ZEROS, NOISE, 0.5)


def test_a_monitor_is_told_in_a_long_instruction_too_by_its_pauses() -> None:
    microphone = Watched()
    for _ in range(5):
        microphone.hear(VOICE, VOICE, 0.5)
        silent = microphone.hear(VOICE, ZEROS, 0.12)
    assert silent


def test_after_the_first_zeros_the_coach_itself_proves_nothing() -> None:
    microphone = Watched()
    microphone.hear(VOICE, NOISE, 1.0)
    assert not microphone.watch.doubtful
    microphone.hear(VOICE, ZEROS, 0.06)
    microphone.hear(VOICE, VOICE, 0.2)
    assert microphone.watch.doubtful
    microphone.hear(ZEROS, NOISE, 0.8)
    assert not microphone.watch.doubtful


def test_a_monitor_that_hears_only_the_coach_is_a_dead_microphone_and_the_coach_does_not_revive_it() -> None:
    microphone = Watched()
    for _ in range(3):
        microphone.hear(VOICE, VOICE, 0.5)
        silent = microphone.hear(ZEROS, ZEROS, 0.5)
    assert silent
    assert microphone.hear(VOICE, VOICE, 3)


def test_zeros_while_the_coach_speaks_are_a_speakerphones_where_it_was_never_heard() -> None:
    speakerphone = Watched()
    assert not speakerphone.hear(ZEROS, NOISE, 1.0)
    assert not speakerphone.hear(VOICE, ZEROS, 20.0)
    assert speakerphone.hear(ZEROS, ZEROS, 2.0)


def test_zeros_while_the_coach_speaks_are_death_where_it_was_heard() -> None:
    microphone = Watched()
    assert not microphone.hear(VOICE, NOISE, 2.0)
    assert microphone.hear(VOICE, ZEROS, 1.5)


def test_a_microphone_that_goes_on_after_zeros_gates_and_has_thirty_seconds() -> None:
    headset = Watched()
    headset.hear(ZEROS, NOISE, 1.0)
    headset.hear(ZEROS, ZEROS, 0.5)
    assert headset.watch.doubtful
    headset.hear(ZEROS, NOISE, 0.5)
    assert not headset.hear(ZEROS, ZEROS, 29.0)
    assert not headset.watch.doubtful
    assert headset.hear(ZEROS, ZEROS, 1.5)


def test_the_zeros_before_the_first_sound_of_a_stream_are_no_gate() -> None:
    microphone = Watched()
    microphone.hear(ZEROS, ZEROS, 0.5)
    microphone.hear(ZEROS, NOISE, 1.0)
    assert microphone.hear(ZEROS, ZEROS, 1.5)


def test_time_that_nobody_has_seen_is_told_with_the_block_after_it() -> None:
    seconds = 0.0
    meters = Meters(0, lambda: seconds)

    def unseen() -> float:
        return meters.timed(Block(0, ZEROS, NOISE, ())).unseen_seconds

    assert unseen() == 0.0
    seconds += 0.5
    assert unseen() == 0.0
    seconds += 90.0
    assert unseen() == 90.0
    seconds += 90.0
    meters.begin()
    assert unseen() == 0.0
