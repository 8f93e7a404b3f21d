from unittest.mock import Mock

import earshot
import numpy as np
import pytest

from voicecoach.hearing.vad import FRAME_SAMPLES, VoiceActivity

from .conftest import Say, quiet


def test_speech_is_active_and_silence_is_not(say: Say) -> None:
    activity = VoiceActivity()
    sound = np.concatenate([quiet(1), say("lift one foot up"), quiet(1)])

    heard = [activity.hear(sound[i : i + 320]) for i in range(0, len(sound) - 319, 320)]

    assert not any(heard[:50])
    assert sum(heard[50:-50]) > 0.6 * len(heard[50:-50])
    assert not any(heard[-30:])


def test_the_size_of_the_blocks_does_not_change_what_is_heard(say: Say) -> None:
    sound = np.concatenate([quiet(0.5), say("stop"), quiet(0.5)])
    whole = sound[: len(sound) // 1280 * 1280]
    by_20_ms, by_80_ms = VoiceActivity(), VoiceActivity()

    fine = [by_20_ms.hear(whole[i : i + 320]) for i in range(0, len(whole), 320)]
    coarse = [by_80_ms.hear(whole[i : i + 1280]) for i in range(0, len(whole), 1280)]

    assert fine[3::4] == coarse
    assert any(coarse)


def test_sound_beyond_full_scale_is_taken_as_full_scale(say: Say) -> None:
    activity = VoiceActivity()

    assert any(activity.hear(block) for block in np.array_split(say("hello there") * 50, 50))


def test_reset_ends_the_speech_at_once(say: Say) -> None:
    activity = VoiceActivity()
    assert any(activity.hear(block) for block in np.array_split(say("stop"), 50))

    activity.reset()

    assert not activity.hear(quiet(0.001))


def test_every_sample_reaches_the_detector_once_and_none_from_before_a_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    detector = Mock(**{"predict_f32.return_value": 0.0})
    monkeypatch.setattr(earshot, "Detector", lambda: detector)
    activity = VoiceActivity()
    sound = np.linspace(-0.5, 0.5, 3 * FRAME_SAMPLES + 100, dtype=np.float32)

    for _ in range(2):
        for block in np.array_split(sound, 7):
            activity.hear(block)
        heard = np.concatenate([call.args[0] for call in detector.predict_f32.call_args_list])
        assert np.array_equal(heard, sound[: 3 * FRAME_SAMPLES])
        activity.reset()
        detector.predict_f32.reset_mock()

    assert detector.reset.call_count == 2
