"""The player: what is to be played and when, in samples, mixed block by block; safe to take from another thread."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.samples import samples
from voicecoach.signals import Signal
from voicecoach.sound.ticks import tick

_NOTHING = np.zeros(0, np.float32)
_BETWEEN_SENTENCES = samples(0.2)
_CUT = samples(0.005)
_DUCKED = np.float32(0.01)
_AFTER_BREAKING_OFF = samples(0.3)
"""Silence after a speech that was broken off or has just ended, so that one hears that the coach has stopped."""


@dataclass(frozen=True)
class _Clip:
    start: int
    sound: Samples
    is_voice: bool
    token: int | None = None
    """Set on the empty clip that ends a speech."""

    @property
    def end(self) -> int:
        return self.start + self.sound.size


class Playing(NamedTuple):
    """A sound that is played from sample `at` on, shape (n,), and the tokens of the speeches that end in it."""

    at: int
    sound: Samples
    finished: tuple[int, ...]


class Player:
    """Plays clips at their samples. The voice can be ducked and made louder; ticks keep their level."""

    def __init__(self) -> None:
        for signal in Signal:
            tick(signal)  # is computed once, and not while somebody is listened to
        self._lock = threading.Lock()
        self._clips: list[_Clip] = []
        self._at = 0
        self._spoken_until = -_AFTER_BREAKING_OFF
        self._quiet_until = 0
        self._volume = np.float32(1.0)
        self._ducked = False
        self._gain = np.float32(1.0)

    @property
    def position(self) -> int:
        """The first sample that the device has not taken yet."""
        return self._at

    def say(self, token: int, sounds: Sequence[Samples], at: int | None) -> list[tuple[int, int]]:
        """Speak sounds, shape (n,) each, one after the other, from `at` or, where None, after what is being said.

        Return the first sample of each and the one after its last. With nothing to say it is spoken at once.
        """
        with self._lock:
            waiting = [clip.end + _BETWEEN_SENTENCES for clip in self._clips if clip.is_voice]
            start = max([self._at, self._quiet_until, *([at] if at is not None else waiting)])
            places = []
            for sound in sounds:
                places.append((start, start + sound.size))
                self._clips.append(_Clip(start, sound, is_voice=True))
                start += sound.size + _BETWEEN_SENTENCES
            end = places[-1][1] if places else start
            self._clips.append(_Clip(end, _NOTHING, is_voice=True, token=token))
            return places

    def tick(self, at: int, signal: Signal) -> None:
        """Play a short sound exactly at a sample that is still to come."""
        clip = _Clip(at, tick(signal), is_voice=False)
        with self._lock:
            self._clips.append(clip)

    def silence(self) -> None:
        """Drop everything; a clip that sounds fades out within 5 ms."""
        with self._lock:
            sounding = [clip for clip in self._clips if clip.start < self._at < clip.end]
            if any(clip.is_voice for clip in self._clips):
                self._spoken_until = self._at
            self._quiet_until = self._spoken_until + _AFTER_BREAKING_OFF
            self._clips = []
            for clip in sounding:
                rest = clip.sound[self._at - clip.start :][:_CUT]
                fade = np.linspace(1, 0, rest.size, dtype=np.float32)
                self._clips.append(_Clip(self._at, rest * fade, clip.is_voice))

    def duck(self, *, ducked: bool) -> None:
        """Make the voice almost inaudible, or as loud as before."""
        self._ducked = ducked

    def set_gain_db(self, gain_db: float) -> None:
        """Set the loudness of the voice relative to its own level, in dB."""
        self._volume = np.float32(10 ** (gain_db / 20))

    @property
    def busy(self) -> bool:
        """Whether anything is still to be played."""
        return bool(self._clips)

    def take(self, size: int) -> Playing:
        """Return the next `size` samples to play, mixed, shape (size,)."""
        with self._lock:
            return self._take(size)

    def _take(self, size: int) -> Playing:
        begins, ends = self._at, self._at + size
        self._at = ends
        gain, wanted = self._gain, self._volume * (_DUCKED if self._ducked else np.float32(1.0))
        self._gain = wanted
        if not self._clips:
            return Playing(begins, np.zeros(size, np.float32), ())
        voice, ticks = np.zeros(size, np.float32), np.zeros(size, np.float32)
        for clip in self._clips:
            low, high = max(clip.start, begins), min(clip.end, ends)
            if low < high:
                (voice if clip.is_voice else ticks)[low - begins : high - begins] += clip.sound[
                    low - clip.start : high - clip.start
                ]
        voice *= np.linspace(gain, wanted, size, dtype=np.float32) if wanted != gain else wanted
        finished = tuple(clip.token for clip in self._clips if clip.token is not None and clip.end <= ends)
        spoken = [clip.end for clip in self._clips if clip.is_voice and clip.end <= ends]
        self._spoken_until = max([self._spoken_until, *spoken])
        self._clips = [clip for clip in self._clips if clip.end > ends]
        return Playing(begins, np.clip(voice + ticks, -1.0, 1.0), finished)
