"""The check of the voice: renders a word anew, and all that the doctor will say."""

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from voicecoach.blocks import Samples
from voicecoach.doctor.findings import Finding
from voicecoach.errors import REINSTALL, VoicecoachError
from voicecoach.samples import SAMPLES_PER_SECOND
from voicecoach.speaking.cache import PromptCache, Voice

REMEDY = REINSTALL.capitalize()


def check_voice(
    voice: Voice, word: str, texts: Sequence[str], folder: Path | None
) -> tuple[Finding, Mapping[str, Samples]]:
    """Render a word anew and texts, kept in `folder` unless that is None; return how all of them sound.

    Nothing where one of them could not be rendered.
    """
    began = time.perf_counter()
    try:
        sound = voice.render(word)
        took = time.perf_counter() - began
        sounds = _render_all(voice, texts, folder)
    except VoicecoachError as error:
        return Finding("voice", "problem", str(error), f"{REMEDY}.", {"voice": voice.name}), {}
    length = sound.size / SAMPLES_PER_SECOND
    return Finding(
        "voice", "ok", f"A word of {length:.1f} s was rendered in {took:.2f} s ({voice.name}).",
        values={"voice": voice.name, "render_seconds": round(took, 3), "speech_seconds": round(length, 3)},
    ), {**sounds, word: sound}  # fmt: skip


def _render_all(voice: Voice, texts: Sequence[str], folder: Path | None) -> Mapping[str, Samples]:
    if folder is None:
        return {text: voice.render(text) for text in texts}
    with closing(PromptCache(voice, folder)) as prompts:
        prompts.prepare(texts)
        return {text: prompts.samples(text) for text in texts}
