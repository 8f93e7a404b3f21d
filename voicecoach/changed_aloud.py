"""What the person changes by voice in a live session, kept from one session to the next."""

from voicecoach.session import events
from voicecoach.session.core import Session
from voicecoach.settings import Remembered
from voicecoach.watcher import Watcher

_CHANGED = ("counting", "pace", "answer_window_seconds")
"""What both a session and the settings remember, by the same name; the voice is no part of a session."""


class ChoiceKeeper(Watcher):
    """Keeps how much is counted, how fast the coach speaks and how long it waits, as soon as that is changed."""

    def __init__(self, session: Session, remembered: Remembered) -> None:
        self._session = session
        self._remembered = remembered
        self._known = self._chosen()

    def _chosen(self) -> dict[str, str | float]:
        return {name: getattr(self._session.memory, name) for name in _CHANGED}

    def handled(self, event: events.AnyEvent) -> None:
        """Keep what the person has just changed."""
        del event
        before, self._known = self._known, self._chosen()
        changed = {name: value for name, value in self._known.items() if value != before[name]}
        if changed:
            self._remembered.remember_meanwhile(**changed)
