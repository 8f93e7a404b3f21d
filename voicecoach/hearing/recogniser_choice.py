"""Which recogniser is used for a language: the one place that knows them all."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from voicecoach.errors import VoicecoachError
from voicecoach.extras import installing

if TYPE_CHECKING:
    from voicecoach.hearing.recogniser import Recogniser


CHOICES = ("auto", "vosk", "moonshine")


@dataclass(frozen=True)
class RecogniserChoice:
    """An engine, the language that it hears and where its model is; None: the model that is installed with it."""

    engine: Literal["moonshine", "vosk"] = "moonshine"
    language: str = "en"
    folder: Path | None = None

    @property
    def name(self) -> str:
        """The name under which this recogniser's fitted figures are filed."""
        from voicecoach.models.catalogue import model_name

        return "moonshine-tiny-en" if self.engine == "moonshine" else f"vosk {model_name(self.folder or Path())}"

    @property
    def with_version(self) -> str:
        """The recogniser's name, and the version of the package that it runs in or comes with."""
        from importlib.metadata import version

        package = "moonshine-voice" if self.engine == "moonshine" else "vosk"
        return f"{self.name} ({package} {version(package)})"

    @property
    def announcement(self) -> str:
        """The sentence that says which recogniser listens, and that nobody has measured it if that is so."""
        unmeasured = "" if self.engine == "moonshine" else "; no figures exist for it: see voicecoach bench hearing"
        return f"Recogniser: {self.name}{unmeasured}."


MOONSHINE = RecogniserChoice()


def choose_recogniser(wanted: str, language: str) -> RecogniserChoice:
    """Return the recogniser for a language; `auto` takes Vosk where someone has installed its model.

    Raises VoicecoachError where there is none.
    """
    from voicecoach.models.catalogue import EXTRAS, installed_model

    model = installed_model(language) if wanted != "moonshine" else None
    if model is not None:
        return RecogniserChoice("vosk", language, model.folder)
    extra = EXTRAS.get(language)
    if extra and wanted != "moonshine":
        raise VoicecoachError(
            f"Nothing here understands the language {language}; install its model with: {installing(extra)}, "
            "or choose another --language."
        )
    if wanted == "vosk":
        raise VoicecoachError(
            f"There is no Vosk model for the language {language}; voicecoach models list shows what can be fetched."
        )
    if language != "en":
        raise VoicecoachError(
            f"Nothing here understands the language {language} with --recogniser {wanted}; "
            "install a Vosk model for it (voicecoach models list) and choose auto."
        )
    return MOONSHINE


def open_recogniser(choice: RecogniserChoice) -> "Recogniser":
    """Load a recogniser. Raises VoicecoachError where its model is missing or damaged."""
    if choice.engine == "vosk":
        from voicecoach.hearing.vosk import Vosk

        return Vosk(choice.folder or Path(), choice.language)
    from voicecoach.hearing.moonshine import Moonshine

    return Moonshine(choice.folder)
