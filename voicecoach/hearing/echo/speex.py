"""Echo cancellation by libspeexdsp, a system library reached through ctypes; loaded only when wanted."""

import ctypes
import ctypes.util
import sys
from ctypes import POINTER, c_int, c_int16, c_void_p
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import BLOCK_SAMPLES, SAMPLES_PER_SECOND

_ECHO_SET_SAMPLING_RATE = 24
_PREPROCESS_SET_ECHO_STATE = 24
_FULL_SCALE = 32_768
_FILE_NAMES = {"linux": "libspeexdsp.so.1", "darwin": "libspeexdsp.1.dylib", "win32": "libspeexdsp-1.dll"}
_Int16s = POINTER(c_int16)


@dataclass(frozen=True)
class SpeexSettings:
    """How libspeexdsp cancels; the preprocessor keeps to its own defaults.

    `filter_samples`: the latest echo it can follow. `microphone_gain`: what the microphone is turned down to inside,
    because the filter starts slowly where the echo is louder than what was played.
    """

    filter_samples: int = 4096
    microphone_gain: float = 0.25


class SpeexEchoCanceller:
    """The adaptive filter (Valin 2007) and preprocessor of libspeexdsp; what it returns is a block (20 ms) late.

    Raises VoicecoachError where the library can't be loaded.
    """

    name = "speex"
    late_samples = BLOCK_SAMPLES

    def __init__(self, settings: SpeexSettings | None = None) -> None:
        settings = settings or SpeexSettings()
        self._library = _load()
        self._gain = np.float32(settings.microphone_gain)
        self._microphone, self._loudspeaker, self._cleaned = _Int16Block(), _Int16Block(), _Int16Block()
        self._echo: int | None = self._library.speex_echo_state_init(BLOCK_SAMPLES, settings.filter_samples)
        self._preprocessor: int | None = self._library.speex_preprocess_state_init(BLOCK_SAMPLES, SAMPLES_PER_SECOND)
        if not self._echo or not self._preprocessor:
            self.close()
            raise VoicecoachError("libspeexdsp could not begin echo cancellation; free some memory and start again.")
        rate = ctypes.byref(c_int(SAMPLES_PER_SECOND))
        self._library.speex_echo_ctl(self._echo, _ECHO_SET_SAMPLING_RATE, rate)
        self._library.speex_preprocess_ctl(self._preprocessor, _PREPROCESS_SET_ECHO_STATE, self._echo)

    def cancel(self, heard: Samples, played: Samples) -> Samples:
        """Return what is left of the person, shape (320,); beyond full scale both inputs are clipped.

        Raises ValueError for blocks of another shape.
        """
        if heard.shape != (BLOCK_SAMPLES,) or played.shape != (BLOCK_SAMPLES,):
            raise ValueError(f"blocks of shape {heard.shape} and {played.shape}, not ({BLOCK_SAMPLES},)")
        if not self._echo:
            raise ValueError("the echo canceller is closed")
        self._microphone.put(np.clip(heard, -1.0, 1.0) * self._gain)
        self._loudspeaker.put(played)
        cleaned = self._cleaned
        self._library.speex_echo_cancellation(self._echo, self._microphone.at, self._loudspeaker.at, cleaned.at)
        self._library.speex_preprocess_run(self._preprocessor, cleaned.at)
        return cleaned.samples.astype(np.float32) / (self._gain * np.float32(_FULL_SCALE))

    def close(self) -> None:
        """Free the library's memory; calling it again does nothing."""
        preprocessor, self._preprocessor = self._preprocessor, None
        echo, self._echo = self._echo, None
        if preprocessor:
            self._library.speex_preprocess_state_destroy(preprocessor)
        if echo:
            self._library.speex_echo_state_destroy(echo)


def _load() -> ctypes.CDLL:
    library = _find()
    library.speex_echo_state_init.restype = c_void_p
    library.speex_echo_state_init.argtypes = [c_int, c_int]
    library.speex_echo_state_destroy.restype = None
    library.speex_echo_state_destroy.argtypes = [c_void_p]
    library.speex_echo_ctl.argtypes = [c_void_p, c_int, c_void_p]
    library.speex_echo_cancellation.restype = None
    library.speex_echo_cancellation.argtypes = [c_void_p, _Int16s, _Int16s, _Int16s]
    library.speex_preprocess_state_init.restype = c_void_p
    library.speex_preprocess_state_init.argtypes = [c_int, c_int]
    library.speex_preprocess_state_destroy.restype = None
    library.speex_preprocess_state_destroy.argtypes = [c_void_p]
    library.speex_preprocess_ctl.argtypes = [c_void_p, c_int, c_void_p]
    library.speex_preprocess_run.argtypes = [c_void_p, _Int16s]
    return library


def _find() -> ctypes.CDLL:
    for name in (_FILE_NAMES.get(sys.platform), ctypes.util.find_library("speexdsp")):
        try:
            if name:
                return ctypes.CDLL(name)
        except OSError:
            continue
    raise VoicecoachError("Speex echo cancellation needs libspeexdsp, which is missing; install libspeexdsp1.")


class _Int16Block:
    """A block of 16-bit samples as libspeexdsp wants it, always in the same place in memory."""

    def __init__(self) -> None:
        self.samples: NDArray[np.int16] = np.zeros(BLOCK_SAMPLES, np.int16)
        self.at = self.samples.ctypes.data_as(_Int16s)

    def put(self, block: Samples) -> None:
        """Take over a block of full scale 1, shape (320,), rounded; samples beyond full scale are clipped."""
        scaled = np.rint(block * np.float32(_FULL_SCALE))
        self.samples[:] = np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1, out=scaled)
