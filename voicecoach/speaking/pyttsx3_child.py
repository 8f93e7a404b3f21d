"""The program of pyttsx3's own process, which is started for one phrase.

`python -m voicecoach.speaking.pyttsx3_child VOICE`. A request is a text, the file that it is rendered to and how many
words a minute are said, as eSpeak counts them; the reply says that it has been.

One process renders one phrase, because eSpeak's sound depends a little on what it said before, and because pyttsx3 can
hang for ever.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from voicecoach.worker_child import NICENESS, serve


def _provide_espeak() -> None:
    """Load eSpeak NG from the espeakng-loader package where the system has none."""
    try:
        ctypes.CDLL("libespeak-ng.so.1", mode=ctypes.RTLD_GLOBAL)
    except OSError:
        import espeakng_loader

        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()


def _speak_within_the_call() -> None:
    """Have eSpeak speak before `Synth` returns, then say that it has finished, for pyttsx3 to write the file.

    eSpeak has no thread of its own then, which `runAndWait` would not wait for, and which would forget the rate where
    pyttsx3 cancels. The library of espeakng-loader for aarch64 has none anyway, and never says that it has finished.
    """
    from pyttsx3.drivers import _espeak

    synthesise = _espeak.Synth

    def synthesise_to_the_end(text: bytes, flags: int) -> None:
        synthesise(text, flags=flags)
        _espeak.SynthCallback(None, 0, _espeak.EVENT(type=_espeak.EVENT_MSG_TERMINATED))

    _espeak.AUDIO_OUTPUT_RETRIEVAL = _espeak.AUDIO_OUTPUT_SYNCHRONOUS
    _espeak.Synth = synthesise_to_the_end


def _speak_the_same_each_time() -> None:
    """Seed eSpeak's noise, which it seeds itself with the time of day (espeak-ng, `espeak_srand`)."""
    with suppress(AttributeError):  # older libraries have another generator, which nobody seeds
        ctypes.CDLL(None).espeak_ng_SetRandSeed(5)


def _loaded() -> Callable[[tuple[str, str, int]], bool]:
    """Return a function that renders a text to a file."""
    (voice,) = sys.argv[1:]
    if sys.platform == "linux":
        _provide_espeak()
        _speak_within_the_call()
    import pyttsx3

    engine = pyttsx3.init()
    if sys.platform == "linux":
        _speak_the_same_each_time()
    engine.setProperty("voice", voice)

    def render(request: tuple[str, str, int]) -> bool:
        text, file, rate = request
        engine.setProperty("rate", rate)
        engine.save_to_file(text, file)
        engine.runAndWait()
        return True

    return render


if __name__ == "__main__":
    serve(_loaded, NICENESS)
