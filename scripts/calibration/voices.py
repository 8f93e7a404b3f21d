"""Every spelling spoken by synthetic voices, written as recordings that `voicecoach bench hearing` reads."""

# ruff: noqa: T201
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np
import soundfile
import soxr

from calibration.spellings import read_spellings
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.speaking.natural_voice import NaturalVoice

_ESPEAK = {
    "en": ("gmw/en-us", "gmw/en-us+m3", "gmw/en-us+f2", "gmw/en-us+f3", "gmw/en-us+f4", "gmw/en+f2", "gmw/en+m4",
           "gmw/en-gb-x-rp", "gmw/en-gb-x-rp+m7", "gmw/en-gb-scotland+m1"),
    "ko": ("ko", "ko+m3", "ko+m7", "ko+f2", "ko+f4"),
}  # fmt: skip
"""pyttsx3 speaks with its default voice, and says nothing, where there is no voice of a name: "en-gb+f2" is none."""
_FLITE = {"en": ("awb", "rms", "slt", "kal16"), "ko": ()}
_WORDS_A_MINUTE = "150"
_WITHIN_SECONDS = 20
_LEVEL = 0.1
_FRAME = 320


Speak = Callable[[str], Samples]


def render_all(folder: Path, language: str) -> None:
    """Write `folder`/words/<spelling>/<voice>.wav for all that are not there yet; say how many could not be spoken."""
    said = {spelling: None for spellings in read_spellings(language).values() for spelling in spellings}
    voices = _voices(language)
    jobs = [
        (spelling, folder / "words" / spelling.replace(" ", "_") / f"{voice}.wav", speak)
        for spelling in said
        for voice, speak in voices.items()
    ]
    jobs = [job for job in jobs if not job[1].exists()]
    with ThreadPoolExecutor(2) as pool:
        spoken = list(pool.map(_render, jobs))
    print(f"{sum(spoken)} spoken, {len(spoken) - sum(spoken)} could not be")


def _voices(language: str) -> dict[str, Speak]:
    espeak = {f"espeak-{voice.replace('/', '-')}": _espeak(voice) for voice in _ESPEAK[language]}
    flite = {f"flite-{voice}": _flite(voice) for voice in _FLITE[language] if shutil.which("flite")}
    return espeak | flite | ({"piper-joe": _piper()} if language == "en" else {})


def _piper() -> Speak:
    voice, one_at_a_time = NaturalVoice(), Lock()

    def speak(text: str) -> Samples:
        with one_at_a_time:
            return voice.render(f"{text.capitalize()}.")

    return speak


def _espeak(voice: str) -> Speak:
    program = (sys.executable, "-m", "voicecoach.speaking.pyttsx3_child", voice, _WORDS_A_MINUTE)
    return lambda text: _spoken(lambda file: (*program, file), text)


def _flite(voice: str) -> Speak:
    return lambda text: _spoken(lambda file: ("flite", "-voice", voice, "-t", text, "-o", file), "")


def _spoken(command: Callable[[str], tuple[str, ...]], text: str) -> Samples:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(
            command(file.name), input=text, text=True, capture_output=True, timeout=_WITHIN_SECONDS, check=True
        )
        sound, rate = soundfile.read(file.name, dtype="float32")
    resampled: Samples = soxr.resample(sound, rate, SAMPLES_PER_SECOND)
    return resampled


def _render(job: tuple[str, Path, Speak]) -> bool:
    text, file, speak = job
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        sound = speak(text)
    except (subprocess.SubprocessError, VoicecoachError, OSError, soundfile.LibsndfileError):
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
