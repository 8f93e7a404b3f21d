"""Whatever a synthesiser gives, what is played has one rate and one level, no silence round it, and no clicks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.blocks import Samples
from voicecoach.speaking.normalisation import at_one_rate, loudness_lufs, shaped


def tone(hertz: float, seconds: float, rate: int = 16000, level: float = 0.5) -> Samples:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def level_db(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2)))


@pytest.mark.parametrize("level", [0.001, 0.05, 0.9])
@pytest.mark.parametrize("hertz", [300, 2500])
@pytest.mark.parametrize("seconds", [0.1, 0.35, 1, 5])
def test_every_sound_gets_the_same_loudness_however_short(level: float, hertz: float, seconds: float) -> None:
    assert loudness_lufs(shaped(tone(hertz, seconds, level=level), 16000)) == pytest.approx(-21, abs=0.5)


def test_what_the_ear_hears_better_gets_less_power() -> None:
    low, high = (shaped(tone(hertz, 1), 16000) for hertz in (200, 3000))
    assert level_db(low) - level_db(high) > 2


def test_a_sound_of_few_high_peaks_stays_below_full_scale() -> None:
    sound = tone(300, 1, level=0.01)
    sound[::4000] = 0.9
    assert abs(shaped(sound, 16000)).max() <= 0.7001


def test_what_is_too_high_is_turned_down_without_the_harmonics_of_clipping() -> None:
    bursts = np.zeros((5, 6400), np.float32)
    bursts[:, 3000:3160] = np.hanning(160)
    sound = shaped(tone(1000, 2) * bursts.ravel(), 16000)
    spectrum = np.abs(np.fft.rfft(sound))
    hertz = np.fft.rfftfreq(sound.size, 1 / 16000)
    assert abs(sound).max() == pytest.approx(0.7, abs=0.01)
    assert spectrum[abs(hertz - 3000) < 200].max() < 0.01 * spectrum[abs(hertz - 1000) < 200].max()


def test_silence_round_a_sound_is_cut_off_and_within_it_is_kept() -> None:
    silence = tone(60, 0.5, level=0.001)
    sound = np.concatenate([silence, tone(300, 0.5), silence, tone(300, 0.5), silence])
    assert shaped(sound, 16000).size == pytest.approx(1.5 * 16000, abs=100)


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000])
def test_any_rate_becomes_16_khz_at_the_same_pitch_and_length(rate: int) -> None:
    sound = at_one_rate(tone(1000, 0.5, rate), rate)
    assert sound.dtype == np.float32
    assert sound.size == pytest.approx(8000, abs=2)
    assert int(np.argmax(np.abs(np.fft.rfft(sound, 16000)))) == pytest.approx(1000, abs=2)


def test_nothing_above_what_16_khz_can_hold_is_folded_down() -> None:
    assert level_db(at_one_rate(tone(11000, 0.5, 44100), 44100)[800:-800]) < -60


def test_the_given_sound_is_not_changed() -> None:
    sound = tone(300, 0.1)
    before = sound.copy()
    shaped(sound, 16000)
    assert np.array_equal(sound, before)


def test_silence_stays_silence() -> None:
    assert not shaped(np.zeros(1000, np.float32), 16000).any()


@settings(deadline=None)
@given(st.lists(st.integers(-32768, 32767), min_size=1, max_size=300))
def test_no_sound_begins_or_ends_with_a_click_or_leaves_the_scale(values: list[int]) -> None:
    sound = shaped(np.array(values, np.float32) / np.float32(32768), 16000)
    assert np.isfinite(sound).all()
    assert abs(sound).max(initial=0) <= 0.7001
    assert sound[0] == 0
    assert sound[-1] == 0
