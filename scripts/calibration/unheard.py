"""Measuring how likely the English model writes each spelling where there is nothing to hear."""

import numpy as np

from calibration.spellings import read_keywords, read_own_spellings, read_spellings
from voicecoach.blocks import Samples
from voicecoach.hearing.model_files import installed_folder, read_model
from voicecoach.hearing.moonshine import NAME
from voicecoach.hearing.moonshine_network import BytePairs, Network, read_vocabulary
from voicecoach.hearing.phrase_tree import START_TOKEN, build_tree, score_spellings
from voicecoach.hearing.transcription import RIVALS, UNHEARD_FILE, written_forms
from voicecoach.samples import SAMPLES_PER_SECOND

_NOISES = (0.0, 0.003), (0.0, 0.05), (0.5, 0.02)
"""The colour (power falls with frequency to twice this power) and level of each noise in which nothing is said."""


def write_unheard() -> None:
    """Write the table of unheard spellings: for each the mean log-probability over the noises."""
    common = [spelling for each in read_spellings("en").values() for spelling in each]
    spellings = sorted({*RIVALS, *common, *read_own_spellings("en"), *read_keywords("en")})
    folder = installed_folder(read_model(NAME))
    network, tokenise = Network(folder), BytePairs(read_vocabulary(folder / "tokenizer.bin")).tokenise
    noises = [_noise(colour, level) for colour, level in _NOISES]

    def unheard(spelling: str) -> float:
        tree = build_tree([spelling], lambda spelling: map(tokenise, written_forms(spelling)), lambda _: 0.0)
        begun = [network.begin(noise, START_TOKEN) for noise in noises]
        scores = [score_spellings(network, each, tree, lambda _: 0.0, prune_below=-100.0) for each in begun]
        return float(np.mean([score[spelling] for score in scores]))

    lines = [f'"{spelling}" = {unheard(spelling):.1f}' for spelling in spellings]
    text = "\n".join(("# How likely the model writes each spelling where there is only noise: mean log-probabilities.",
                      "# Written by `scripts/calibrate unheard`.", *lines, ""))  # fmt: skip
    UNHEARD_FILE.write_text(text, encoding="utf-8")


def _noise(colour: float, level: float) -> Samples:
    """Return a second of noise of this colour and level, shape (n,)."""
    spectrum = np.fft.rfft(np.random.default_rng(0).normal(0, 1, SAMPLES_PER_SECOND))
    noise = np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 1) ** colour)
    levelled: Samples = (noise * (level / noise.std())).astype(np.float32)
    return levelled
