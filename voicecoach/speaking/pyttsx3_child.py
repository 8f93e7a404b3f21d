"""Renders one phrase with pyttsx3 and exits.

`python -m voicecoach.speaking.pyttsx3_child VOICE RATE FILE`, with the text on standard input.

One process renders one phrase, because eSpeak's sound depends a little on what it said before, and because pyttsx3 can
hang for ever: the parent ends this process when its time is up.
"""

import ctypes
import os
import sys

_NICENESS = 10
"""Most of what is rendered is not needed yet, and a session that is being held goes first."""


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


def main() -> None:
    """Render standard input to the file named by the arguments."""
    voice, rate, file = sys.argv[1:]
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    text = sys.stdin.read()
    sys.stdout = sys.stderr
    if sys.platform == "linux":
        _provide_espeak()
        _speak_within_the_call()
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("voice", voice)
    engine.setProperty("rate", int(rate))
    engine.save_to_file(text, file)
    engine.runAndWait()


if __name__ == "__main__":
    main()
