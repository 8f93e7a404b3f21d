"""Synthetic people: the voices of several synthesisers, all at the loudness of a rehearsal's person."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import soundfile

from voicecoach.blocks import Samples
from voicecoach.errors import VoicecoachError
from voicecoach.speaking.natural_voice import LANGUAGE, NaturalVoice, is_installed
from voicecoach.speaking.normalisation import RENDERING, shaped
from voicecoach.speaking.prompt_cache import Voice
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice

NATURAL = "natural"
_WORDS_A_MINUTE = 150
_WITHIN_SECONDS = 20.0
_ESPEAK = {
    "en": ("gmw/en-us+m3", "gmw/en-gb-x-rp", "gmw/en-us+f2", "gmw/en-gb-scotland+m1", "gmw/en+f2", "gmw/en-us",
           "gmw/en-us+f3", "gmw/en+m4", "gmw/en-us+f4", "gmw/en-gb-x-rp+m7"),
    "ko": ("ko+f2", "ko+f4", "ko+m3", "ko", "ko+m7"),
}  # fmt: skip
"""pyttsx3 speaks with its default voice, and says nothing, where there is no voice of a name: "en-gb+f2" is none."""
_FLITE = {"en": ("slt", "rms", "awb", "kal16")}


@dataclass(frozen=True)
class FliteVoice:
    """A voice of flite, a program of Debian's package of that name."""

    voice: str

    @property
    def name(self) -> str:
        """The name that tells this voice's renderings in the cache from any other's."""
        return f"flite rendering {RENDERING} {self.voice}"

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz. Raises VoicecoachError where flite hangs or writes nothing."""
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            command = ["flite", "-voice", self.voice, "-t", text, "-o", file.name]
            try:
                subprocess.run(command, capture_output=True, timeout=_WITHIN_SECONDS, check=True)
                sound, rate = soundfile.read(file.name, dtype="float32")
            except (OSError, subprocess.SubprocessError, soundfile.LibsndfileError) as error:
                raise self._failure(f"could not speak {text!r} ({error})") from None
        if sound.ndim != 1 or not sound.any():
            raise self._failure(f"made no sound for {text!r}")
        return shaped(sound, rate)

    def close(self) -> None:
        """Do nothing: each phrase is rendered in a process of its own."""

    def _failure(self, what: str) -> VoicecoachError:
        return VoicecoachError(f"The voice {self.voice} of flite {what}; install flite again, or remove it.")


class _NaturalPerson:
    """The natural voice as a person, which says a few words well only where they are written as a sentence."""

    def __init__(self) -> None:
        self._voice = NaturalVoice()
        self.name = f"{self._voice.name} in sentences"

    def render(self, text: str) -> Samples:
        """Return the text spoken: shape (n,), 16 kHz."""
        return self._voice.render(f"{text[:1].upper()}{text[1:]}.")

    def close(self) -> None:
        """End the natural voice's process."""
        self._voice.close()


def people(language: str) -> dict[str, Callable[[], Voice]]:
    """Return the synthetic voices installed here for a language, by name; the first ones differ most."""
    espeak = [
        (f"espeak-{voice.replace('/', '-')}", partial(Pyttsx3Voice, voice, _WORDS_A_MINUTE))
        for voice in _ESPEAK.get(language, ())
    ]
    natural = [(NATURAL, _NaturalPerson)] if language == LANGUAGE and is_installed() else []
    flite = [
        (f"flite-{voice}", partial(FliteVoice, voice)) for voice in _FLITE.get(language, ()) if shutil.which("flite")
    ]
    return dict([*espeak[:1], *natural, *flite[:1], *espeak[1:2], *flite[1:], *espeak[2:]])


def choose_people(language: str, count: int) -> dict[str, Callable[[], Voice]]:
    """Return so many synthetic voices for a language. Raises VoicecoachError where there are fewer."""
    here = people(language)
    if count > len(here):
        raise VoicecoachError(
            f"There are {len(here)} voices here for the language {language}, and {count} are wanted; ask for fewer, or "
            "install flite and the extra natural."
        )
    return dict(list(here.items())[:count])
