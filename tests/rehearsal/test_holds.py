"""Holds are measured in the recording as they are, to the sample, under real speech."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.recording import measure_holds
from voicecoach.signals import Signal
from voicecoach.sound.player import Player
from voicecoach.sound.ticks import tick

SENTENCES = [
    "One.", "Point your toes and drop your head.", "Two.", "Three.", "That's seven.", "Sit well back on the table.",
    "Lift your toes and your head, back still rounded.", "Please see a clinician if it does not settle.",
]  # fmt: skip
HOLD = (Signal.HOLD_STARTS, Signal.HOLD_ENDS)
CHUNK = (1 << 16) - 2 * (max(tick(signal).size for signal in HOLD) - 1)
"""How much of a file is read at a time."""
Mark = tuple[int, bool]
"""Where a tick is, and whether it ends a hold."""


@pytest.fixture(scope="session")
def speech(voice: SynthesisedVoice) -> NDArray[np.float64]:
    """Return speech almost without pauses."""
    return np.concatenate([voice.say(sentence) for sentence in SENTENCES]).astype(np.float64)


def write(file: Path, speech: NDArray[np.float64], size: int, marks: Sequence[Mark]) -> Path:
    """Write a recording of `size` samples with speech and these ticks, and with other speech on the right."""
    left, right = np.resize(speech, size), np.resize(speech[5000:], size)
    for at, ends in marks:
        sound = tick(HOLD[ends])
        left[at : at + sound.size] += sound
    soundfile.write(file, np.stack([left, right], axis=1), 16000, subtype="PCM_16")
    return file


def holds(*edges: tuple[int, int]) -> list[Mark]:
    return [mark for start, end in edges for mark in ((start, False), (end, True))]


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    return tmp_path / "recording.wav"


def in_samples(lengths: list[float]) -> list[float]:
    return [round(length * 16000, 3) for length in lengths]


@pytest.mark.parametrize("length", [48000, 47999, 48001, 46400, 46403, 49600, 49597, 16000, 480_000])
def test_a_hold_is_measured_as_it_is_to_the_sample(wav: Path, speech: NDArray[np.float64], length: int) -> None:
    write(wav, speech, length + 20_000, holds((12_345, 12_345 + length)))
    assert in_samples(measure_holds(wav)) == [length]


def test_many_holds_are_measured_in_their_order(wav: Path, speech: NDArray[np.float64]) -> None:
    lengths = [48000 + 7 * number for number in range(20)]
    starts = np.cumsum([5000] + [length + 24_001 for length in lengths[:-1]])
    marks = holds(*((int(start), int(start) + length) for start, length in zip(starts, lengths, strict=True)))
    write(wav, speech, 20 * 74_000, marks)
    assert in_samples(measure_holds(wav)) == lengths


def test_ticks_across_the_borders_of_what_is_read_at_a_time_are_found_once_each(
    wav: Path, speech: NDArray[np.float64]
) -> None:
    offsets = [(-479, -799), (-480, -800), (-481, -801), (-1, -1), (0, 0), (1, -798), (-799, -400), (-320, 1)]
    edges = [((2 * n + 1) * CHUNK + start, (2 * n + 2) * CHUNK + end) for n, (start, end) in enumerate(offsets)]
    write(wav, speech, (2 * len(offsets) + 1) * CHUNK, holds(*edges))
    assert in_samples(measure_holds(wav)) == [end - start for start, end in edges]


def test_ticks_at_both_ends_of_a_file_are_found(wav: Path, speech: NDArray[np.float64]) -> None:
    write(wav, speech, 48_800, holds((0, 48_000)))
    assert in_samples(measure_holds(wav)) == [48_000]


@pytest.mark.parametrize("size", [CHUNK, 2 * CHUNK, CHUNK + 800, CHUNK - 1])
def test_a_hold_that_ends_with_the_file_is_measured_whatever_its_length(
    wav: Path, speech: NDArray[np.float64], size: int
) -> None:
    write(wav, speech, size, holds((size - 48_800, size - 800)))
    assert in_samples(measure_holds(wav)) == [48_000]


def test_a_hold_broken_off_is_not_measured(wav: Path, speech: NDArray[np.float64]) -> None:
    write(wav, speech, 300_000, [(20_000, False), *holds((100_000, 148_000)), (200_000, False)])
    assert in_samples(measure_holds(wav)) == [48_000]


def test_an_end_without_its_start_is_no_hold(wav: Path, speech: NDArray[np.float64]) -> None:
    write(wav, speech, 300_000, [(20_000, True), (68_000, True), *holds((100_000, 148_000)), (200_000, True)])
    assert in_samples(measure_holds(wav)) == [48_000]


def test_a_tick_that_fades_as_its_hold_is_broken_off_changes_nothing(wav: Path, speech: NDArray[np.float64]) -> None:
    player = Player()
    player.tick(0, Signal.HOLD_STARTS)
    player.take(320)
    player.silence()
    left = np.resize(speech, 200_000)
    left[10_000:10_320] += tick(Signal.HOLD_STARTS)[:320]
    left[10_320:10_640] += player.take(320).sound
    for at, ends in holds((100_000, 148_000)):
        left[at : at + tick(HOLD[ends]).size] += tick(HOLD[ends])
    soundfile.write(wav, np.stack([left, left * 0], axis=1), 16000)
    assert in_samples(measure_holds(wav)) == [48_000]


def test_speech_alone_has_no_holds(wav: Path, speech: NDArray[np.float64]) -> None:
    write(wav, speech, 3 * speech.size, [])
    assert measure_holds(wav) == []


def test_ticks_of_the_persons_side_are_not_the_coachs(wav: Path, speech: NDArray[np.float64]) -> None:
    write(wav, speech, 100_000, holds((20_000, 68_000)))
    both, rate = soundfile.read(wav)
    soundfile.write(wav, both[:, ::-1], rate)
    assert measure_holds(wav) == []


@pytest.mark.parametrize("gain_db", [-12.0, 0.0, 8.0, 12.0])
def test_holds_are_found_under_counting_at_every_loudness(voice: SynthesisedVoice, wav: Path, gain_db: float) -> None:
    player = Player()
    player.set_gain_db(gain_db)
    starts = range(16_000, 1_000_000, 80_001)
    for start in starts:
        player.tick(start, Signal.HOLD_STARTS)
        for second, count in enumerate(("One.", "Two.", "Three.")):
            player.say(second, [voice.say(count)], start + second * 16_000)
        player.tick(start + 48_000, Signal.HOLD_ENDS)
    left = np.concatenate([player.take(320).sound for _ in range(3400)])
    soundfile.write(wav, np.stack([left, left * 0], axis=1), 16000, subtype="PCM_16")
    assert in_samples(measure_holds(wav)) == [48_000] * len(starts)


@pytest.mark.parametrize("size", [0, 100, 800])
def test_a_recording_that_is_hardly_any_has_no_holds(wav: Path, size: int) -> None:
    soundfile.write(wav, np.zeros((size, 2)), 16000)
    assert measure_holds(wav) == []


def test_a_recording_of_another_rate_is_not_measured(wav: Path) -> None:
    soundfile.write(wav, np.zeros((1000, 2)), 44100)
    with pytest.raises(ValueError, match="44100 samples a second instead of 16000"):
        measure_holds(wav)
