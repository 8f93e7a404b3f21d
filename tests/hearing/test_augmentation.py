import numpy as np

from voicecoach.hearing import augmentation

from .conftest import quiet


def test_the_level_is_that_of_the_loudest_part() -> None:
    sound = quiet(1)
    sound[4800:5440] = 0.5

    assert 0.49 < augmentation.level(sound) <= 0.5


def test_too_little_sound_has_no_level() -> None:
    assert augmentation.level(np.ones(100, np.float32)) == 0.0


def test_a_faster_look_is_shorter_and_a_slower_one_longer() -> None:
    sound = quiet(1)

    assert abs(len(augmentation.at_speed(sound, 1.1)) - 16_000 / 1.1) <= 1
    assert abs(len(augmentation.at_speed(sound, 0.9)) - 16_000 / 0.9) <= 1


def test_a_slower_look_keeps_the_shape_of_the_sound() -> None:
    times = np.arange(1600, dtype=np.float32) / 16_000
    wave = np.sin(2 * np.pi * 100 * times).astype(np.float32)

    slow = augmentation.at_speed(wave, 0.5)

    np.testing.assert_allclose(slow[::2], wave[: len(slow[::2])], atol=1e-5)


def test_there_are_three_different_looks_none_beyond_full_scale() -> None:
    sound = (quiet(0.5) * 900).clip(-0.9, 0.9)
    found = list(augmentation.renderings(sound))

    assert len({len(look) for look in found}) == 3
    assert all(np.abs(look).max() <= 0.9 for look in found)
