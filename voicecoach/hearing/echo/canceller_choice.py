"""Which echo canceller is used on this machine: the one place that knows them all."""

from typing import TYPE_CHECKING

from voicecoach.errors import VoicecoachError

if TYPE_CHECKING:
    from voicecoach.blocks import Samples
    from voicecoach.hearing.echo.canceller import EchoCanceller


class NoEchoCanceller:
    """The EchoCanceller for headphones, where there is no echo."""

    name = "none"
    late_samples = 0

    def cancel(self, heard: "Samples", played: "Samples") -> "Samples":  # noqa: ARG002
        """Return what was heard, shape (320,), unchanged."""
        return heard

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


CANCELLERS = ("auto", "speex", "kalman")
"""Those one can ask for where there is an echo."""
NO_CANCELLER = NoEchoCanceller.name


def canceller_for(*, headphones: bool) -> str:
    """Return the name of the echo canceller that a session uses: none with headphones, else `auto`."""
    return NO_CANCELLER if headphones else "auto"


def open_echo_canceller(wanted: str = "auto") -> "EchoCanceller":
    """Return an echo canceller; `auto`: that of libspeexdsp where the library loads, else the Kalman filter.

    `none` is the one for headphones.

    Raises VoicecoachError where libspeexdsp is wanted and is not there.
    """
    if wanted == NO_CANCELLER:
        return NoEchoCanceller()
    from voicecoach.hearing.echo.kalman import KalmanEchoCanceller
    from voicecoach.hearing.echo.speex import SpeexEchoCanceller

    if wanted == "kalman":
        return KalmanEchoCanceller()
    try:
        return SpeexEchoCanceller()
    except VoicecoachError:
        if wanted == "speex":
            raise
        return KalmanEchoCanceller()
