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


def _never_cancel() -> None:
    """Let pyttsx3 wait for eSpeak wherever it would cancel.

    Its `endLoop`, which it runs before it speaks, cancels what eSpeak has queued; now and then that is the rate just
    set, and the phrase would be spoken at 200 words a minute.
    """
    from pyttsx3.drivers import _espeak

    _espeak.Cancel = _espeak.Synchronize


def _wait_for_espeak() -> None:
    """Wait for eSpeak's own thread: `runAndWait` returns while it is still at work."""
    from pyttsx3.drivers import _espeak

    _espeak.Synchronize()


def main() -> None:
    """Render standard input to the file named by the arguments."""
    voice, rate, file = sys.argv[1:]
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    text = sys.stdin.read()
    sys.stdout = sys.stderr
    if sys.platform == "linux":
        _provide_espeak()
        _never_cancel()
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("voice", voice)
    engine.setProperty("rate", int(rate))
    engine.save_to_file(text, file)
    engine.runAndWait()
    if sys.platform == "linux":
        _wait_for_espeak()


if __name__ == "__main__":
    main()
