"""The step `ready`: waiting until the person is ready."""

from typing import ClassVar

from voicecoach.programme.bounds import Seconds
from voicecoach.programme.kinds.step import AskingStep


class Ready(AskingStep, frozen=True, kw_only=True, tag="ready"):
    """Waits for a yes. A no waits a little and asks again; after the third, the session ends as stopped."""

    has_other_answers: ClassVar[bool] = True

    patience_seconds: Seconds = 12.0
    """How long the person has before it is asked again."""
    wait_seconds: Seconds = 15.0
