"""Every spelling spoken by synthetic voices, written as recordings that `voicecoach bench hearing` reads."""

# ruff: noqa: T201
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import soundfile

from calibration.spellings import read_spellings
from voicecoach.bench.synthetic_people import people
from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.speaking.prompt_cache import Voice

_LEVEL = 0.1
_FRAME = 320


def render_all(folder: Path, language: str) -> None:
    """Write `folder`/words/<spelling>/<voice>.wav for all that are not there yet; say how many could not be spoken."""
    said = {spelling: None for spellings in read_spellings(language).values() for spelling in spellings}
    voices = {name: voice() for name, voice in people(language).items()}
    jobs = [
        (spelling, folder / "words" / spelling.replace(" ", "_") / f"{name}.wav", voice)
        for spelling in said
        for name, voice in voices.items()
    ]
    jobs = [job for job in jobs if not job[1].exists()]
    with ThreadPoolExecutor(2) as pool:
        spoken = list(pool.map(_render, jobs))
    for voice in voices.values():
        voice.close()
    print(f"{sum(spoken)} spoken, {len(spoken) - sum(spoken)} could not be")


def _render(job: tuple[str, Path, Voice]) -> bool:
    text, file, voice = job
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        sound = voice.render(text)
    except VoicecoachError:
        return False
    soundfile.write(file, _at_one_level(sound), SAMPLES_PER_SECOND)
    return True


def _at_one_level(sound: Samples) -> Samples:
    """Return the sound, shape (n,), without the silence round it, its louder half at one level."""
    powers = (sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64) ** 2).mean(1)
    loud = np.flatnonzero(powers > powers.max() * 1e-4)
    spoken = sound[max(loud[0] - 2, 0) * _FRAME : (loud[-1] + 3) * _FRAME]
    level = np.sqrt(np.sort(powers)[-(len(powers) // 2 + 1) :].mean())
    levelled: Samples = np.clip(spoken * (_LEVEL / level), -1, 1).astype(np.float32)
    return levelled
