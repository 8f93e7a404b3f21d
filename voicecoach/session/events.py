"""The events that the session core is told. Each carries `at`, the sample from which a reply to it can be heard."""

from msgspec import Struct


class Event(Struct, frozen=True, tag=True):
    """Base of all events: something that happened, known at sample `at`."""

    at: int


class Begun(Event, frozen=True, tag=True):
    """The sound runs, so that the session may begin."""


class SpokenOut(Event, frozen=True, tag=True):
    """The coach's speech with this token has ended."""

    token: int


class Reached(Event, frozen=True, tag=True):
    """The clock has reached the sample that `WakeAt` named."""


class SpeechStarted(Event, frozen=True, tag=True):
    """Somebody has begun to speak; whether it is an utterance is not known yet."""


class FalseAlarm(Event, frozen=True, tag=True):
    """What had seemed to be speech (`SpeechStarted`) was no utterance."""


class Behind(Struct, frozen=True):
    """How much of the coach's latest speech had sounded when somebody began to speak, and how much was to come."""

    token: int
    said_samples: int
    unsaid_samples: int


class Heard(Event, frozen=True, tag=True):
    """One of the phrases listened for was said. `sure` is false where the ear would rather have it confirmed.

    It was begun at sample `began_at`, or just now where that is None, and lasted until `ended_at`. `confidence`, 0 to
    1, `margin`, in units of the recogniser's score, and `level_db`, relative to full scale, are the ear's own, and None
    for a key. `behind` is None where the coach had not spoken yet, and for a key.
    """

    meaning: str
    words: str
    sure: bool = True
    began_at: int | None = None
    confidence: float | None = None
    margin: float | None = None
    level_db: float | None = None
    behind: Behind | None = None
    among_others: bool = False
    """Whether it was a keyword among other words."""
    pressed: bool = False
    """Whether its key was pressed instead."""
    ended_at: int | None = None
    goes_back: bool = False
    """Whether its words open as what is said about an answer that was given before."""


class NotUnderstood(Event, frozen=True, tag=True):
    """Something was said that means nothing now; what is known of it as in `Heard`.

    `level_db` is None where it may have been the coach's own echo. `words` are its likeliest text, where it was said
    while an answer was listened for, may not have been that echo, and the ear can write freely; else they are empty.
    """

    began_at: int | None = None
    level_db: float | None = None
    behind: Behind | None = None
    ended_at: int | None = None
    words: str = ""
    goes_back: bool = False


FromHearing = SpeechStarted | FalseAlarm | Heard | NotUnderstood
"""What is heard of the person."""


class Interrupted(Event, frozen=True, tag=True):
    """The person at the computer wants the program to end (Ctrl-C)."""


class DeviceLost(Event, frozen=True, tag=True):
    """The microphone, or the loudspeaker, is lost: nothing can be heard any more."""


class DeviceBack(Event, frozen=True, tag=True):
    """The microphone and the loudspeaker are back after `DeviceLost`."""


class TimePassed(Event, frozen=True, tag=True):
    """Time went by unseen, in which nothing was heard or said: the program or the machine stood still."""

    seconds: float


Complete = (
    Begun
    | SpokenOut
    | Reached
    | FalseAlarm
    | Heard
    | NotUnderstood
    | Interrupted
    | DeviceLost
    | DeviceBack
    | TimePassed
)
"""All but the beginning of something that is not known yet."""
AnyEvent = SpeechStarted | Complete
