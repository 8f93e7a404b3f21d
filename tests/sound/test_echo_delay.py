"""The echo's delay is known soon, stays known, follows changes, and is never that of a person."""

import time

import numpy as np
import pytest

from voicecoach.blocks import Samples
from voicecoach.samples import BLOCK_SAMPLES, samples
from voicecoach.sound.echo_delay import EchoDelayMeter
from voicecoach.speaking.prompt_cache import PromptCache

COACH = ("Lift your left foot until you feel very mild discomfort.", "Point your toes and drop your head.", "One.")
PERSON = ("I will bring the shopping in when it has stopped raining.", "How many more of these?")


@pytest.fixture(scope="module")
def voices() -> tuple[Samples, Samples]:
    """The coach and a person, 40 seconds each, both with short breaks."""
    from voicecoach.speaking.prompt_cache import cache_folder
    from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

    spoken = []
    for voice, texts in ((Pyttsx3Voice(), COACH), (Pyttsx3Voice("gmw/en-us+m3", 150), PERSON)):
        prompts = PromptCache(voice, cache_folder())
        parts = [part for text in texts for part in (prompts.samples(text), np.zeros(samples(0.4), np.float32))]
        prompts.close()
        whole = np.concatenate(parts)
        spoken.append(np.resize(whole, samples(40)).astype(np.float32))
    return spoken[0], spoken[1]


def echo(played: Samples, delay: int, gain: float = 0.5) -> Samples:
    response = np.zeros(3200, np.float32)
    response[0] = 1.0
    response[1:] = np.random.default_rng(1).standard_normal(3199) * 0.1 * 10 ** (-3 * np.arange(1, 3200) / 3200)
    late = np.concatenate([np.zeros(delay, np.float32), played])[: played.size]
    width = 1 << (late.size + response.size).bit_length()
    room = np.fft.irfft(np.fft.rfft(late, width) * np.fft.rfft(response, width), width)[: late.size]
    noise = np.random.default_rng(2).standard_normal(late.size) * 1e-3
    return (gain * room + noise).astype(np.float32)


def measured(played: Samples, heard: Samples) -> list[tuple[float, int]]:
    """When a delay was reported, in seconds, and which."""
    meter, found = EchoDelayMeter(), []
    for at in range(0, played.size - BLOCK_SAMPLES, BLOCK_SAMPLES):
        delay = meter.add(played[at : at + BLOCK_SAMPLES], heard[at : at + BLOCK_SAMPLES])
        if delay is not None:
            found.append((at / 16_000, delay))
    return found


@pytest.mark.parametrize(
    ("delay_seconds", "within_seconds"), [(0.005, 1.0), (0.06, 1.0), (0.18, 1.2), (0.5, 1.8), (1.2, 4.0)]
)
def test_a_delay_is_measured_once_and_soon(
    voices: tuple[Samples, Samples], delay_seconds: float, within_seconds: float
) -> None:
    found = measured(voices[0], echo(voices[0], samples(delay_seconds)))
    assert [delay for _, delay in found] == [samples(delay_seconds)]
    assert found[0][0] <= within_seconds


def test_a_change_is_noticed_within_ten_seconds(voices: tuple[Samples, Samples]) -> None:
    before, after = echo(voices[0], samples(0.1)), echo(voices[0], samples(0.23))
    change = samples(15)
    found = measured(voices[0], np.concatenate([before[:change], after[change:]]))
    assert [delay for _, delay in found] == [samples(0.1), samples(0.23)]
    assert 15 < found[1][0] <= 25


@pytest.mark.parametrize("person_gain", [0.3, 1.0, 3.0])
def test_a_person_who_speaks_over_the_coach_changes_nothing(
    voices: tuple[Samples, Samples], person_gain: float
) -> None:
    found = measured(voices[0], echo(voices[0], samples(0.1)) + np.float32(person_gain) * voices[1])
    assert {delay for _, delay in found} == {samples(0.1)}


def test_without_an_echo_nothing_is_measured(voices: tuple[Samples, Samples]) -> None:
    assert measured(voices[0], voices[1]) == []


def test_measuring_takes_less_than_a_block_lasts(voices: tuple[Samples, Samples]) -> None:
    heard, meter, longest = echo(voices[0], samples(0.1)), EchoDelayMeter(), 0.0
    for at in range(0, samples(20), BLOCK_SAMPLES):
        began = time.thread_time()
        meter.add(voices[0][at : at + BLOCK_SAMPLES], heard[at : at + BLOCK_SAMPLES])
        longest = max(longest, time.thread_time() - began)
    assert longest < 0.02
