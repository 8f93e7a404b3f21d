"""The stream of blocks heard, turned into utterances; deaf while the coach speaks unless a person already does."""

from voicecoach.blocks import Samples
from voicecoach.hearing.endpoint import Endpointer, EndpointEvent, EndpointSettings, FalseAlarm, SpeechStarted
from voicecoach.hearing.voice_activity import VoiceActivity, VoiceActivitySettings


class Ear:
    """Listens block by block; the positions it is given are its only clock."""

    def __init__(
        self, settings: EndpointSettings | None = None, activity_settings: VoiceActivitySettings | None = None
    ) -> None:
        self._endpointer = Endpointer(settings)
        self._activity = VoiceActivity(activity_settings)
        self._deaf = True

    def set_activity(self, settings: VoiceActivitySettings) -> None:
        """Change from the next block on what counts as speech."""
        self._activity.settings = settings

    def listen(self, block: Samples, sound: Samples, at: int, coach_speaking: bool) -> list[EndpointEvent]:
        """Take the `block`, shape (n,), whose first sample is number `at`; return what it makes known.

        Utterances are made of the `sound`, shape (n,), that was heard with it.
        While `coach_speaking`, its echo included, only an utterance already begun is followed. A gap between this
        block and the one before ends what was open as a false alarm.
        """
        end = at + len(block)
        events: list[EndpointEvent] = []
        if not self._deaf and at != self._endpointer.heard_until:
            if self._endpointer.is_open:
                events.append(FalseAlarm(at))
            self._stop_listening()
        if coach_speaking and not self._endpointer.is_open:
            if not self._endpointer.hurry():
                self._stop_listening()
                return events
            events.append(SpeechStarted(end))
        if self._deaf:
            self._deaf = False
            self._endpointer.begin_at(at)
        event = self._endpointer.hear(sound, self._activity.hear(block))
        return events if event is None else [*events, event]

    @property
    def speech_ended_at(self) -> int | None:
        """The first sample after what has been said so far in the open utterance; None where none is open."""
        return self._endpointer.ended_at if self._endpointer.is_open else None

    def accept(self) -> None:
        """Take the open utterance as over; what is said from now on is another one."""
        self._endpointer.begin_at(self._endpointer.heard_until)

    def _stop_listening(self) -> None:
        if not self._deaf:
            self._deaf = True
            self._endpointer.reset()
            self._activity.reset()
