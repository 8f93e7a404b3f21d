"""Voice activity detection: whether somebody is speaking, from one block to the next; the detector is earshot."""

from dataclasses import dataclass

import numpy as np

from voicecoach.blocks import Samples

FRAME_SAMPLES = 256


@dataclass(frozen=True)
class VoiceActivitySettings:
    """Speech begins at a score of `begin_score` and lasts until one below `end_score`; scores lie between 0 and 1."""

    begin_score: float = 0.5
    end_score: float = 0.4


class VoiceActivity:
    """Tells of a continuous stream whether its latest sound is speech."""

    def __init__(self, settings: VoiceActivitySettings | None = None) -> None:
        from earshot import Detector

        self.settings = settings or VoiceActivitySettings()
        self._detector = Detector()
        self._waiting = np.zeros(0, np.float32)
        self._speech = False

    def hear(self, block: Samples) -> bool:
        """Take the next block, shape (n,) of any n; return whether there is speech at its end."""
        waiting = np.concatenate((self._waiting, np.clip(block, -1.0, 1.0)))
        frames, left = divmod(len(waiting), FRAME_SAMPLES)
        for frame in waiting[: frames * FRAME_SAMPLES].reshape(frames, FRAME_SAMPLES):
            needed = self.settings.end_score if self._speech else self.settings.begin_score
            self._speech = self._detector.predict_f32(frame) >= needed
        self._waiting = waiting[len(waiting) - left :]
        return self._speech

    def reset(self) -> None:
        """Forget what was heard, as when the stream is broken."""
        self._detector.reset()
        self._waiting = self._waiting[:0]
        self._speech = False


RESIDUAL_VOICE_ACTIVITY = VoiceActivitySettings(begin_score=0.8, end_score=0.6)
"""Stricter than beside a silent coach, as what is left of the echo now and then scores 0.75; costs about 40 ms."""
ROOM_VOICE_ACTIVITY = VoiceActivitySettings(begin_score=0.5, end_score=0.5)
"""While the coach can't be heard."""

SETTLING_SECONDS = 2.0
"""How much of the coach's voice a canceller needs to hear, from its start, before its output can be trusted."""
