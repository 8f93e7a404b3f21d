import earshot
import numpy as np
import pytest

from voicecoach.blocks import Samples
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


class Watched:
    """The real detector, with the frames that it was given and how often it was reset."""

    def __init__(self) -> None:
        self._detector = earshot.Detector()
        self.frames: list[Samples] = []
        self.resets = 0

    def predict_f32(self, frame: Samples) -> float:
        self.frames.append(frame)
        return self._detector.predict_f32(frame)

    def reset(self) -> None:
        self.resets += 1
        self._detector.reset()


def test_every_sample_reaches_the_detector_once_and_none_from_before_a_reset(monkeypatch: pytest.MonkeyPatch) -> None:
    detector = Watched()
    monkeypatch.setattr(earshot, "Detector", lambda: detector)
    activity = VoiceActivity()
    sound = np.linspace(-0.5, 0.5, 3 * FRAME_SAMPLES + 100, dtype=np.float32)

    for resets in range(2):
        for block in np.array_split(sound, 7):
            activity.hear(block)
        assert np.array_equal(np.concatenate(detector.frames), sound[: 3 * FRAME_SAMPLES])
        assert detector.resets == resets
        activity.reset()
        detector.frames.clear()

    assert detector.resets == 2
