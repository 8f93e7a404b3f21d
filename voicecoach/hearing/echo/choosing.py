"""Which echo canceller is used here: the one place that knows them all."""

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.contract import Samples
from voicecoach.hearing.echo.contract import EchoCanceller


class NoEchoCanceller:
    """For headphones, where there is no echo."""

    name = "none"

    def cancel(self, heard: Samples, played: Samples) -> Samples:  # noqa: ARG002
        """Return what was heard, shape (320,), unchanged."""
        return heard

    def close(self) -> None:
        """Do nothing."""


def open_echo_canceller() -> EchoCanceller:
    """Return the canceller of libspeexdsp where that library loads, else the program's own slower filter."""
    from voicecoach.hearing.echo.kalman import KalmanEchoCanceller
    from voicecoach.hearing.echo.speex import SpeexEchoCanceller

    try:
        return SpeexEchoCanceller()
    except VoicecoachError:
        return KalmanEchoCanceller()
