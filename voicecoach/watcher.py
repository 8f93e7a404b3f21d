"""Following a conversation without taking part: transcripts, simulated persons, recordings, progress."""

from voicecoach.blocks import Samples
from voicecoach.session import actions, events


class Watcher:
    """Told of everything; does nothing with it."""

    def acted(self, at: int, action: actions.Action) -> None:
        """The session did something at sample `at`."""

    def happened(self, event: events.AnyEvent) -> None:
        """The session was told something."""

    def handled(self, event: events.AnyEvent) -> None:
        """All that the session does about an event has been done."""

    def underrun(self, at: int, lost_samples: int) -> None:
        """An underrun: before sample `at` so many samples were neither played nor heard."""

    def played(self, at: int, block: Samples) -> None:
        """The block from sample `at` on was played."""

    def listened(self, at: int, block: Samples) -> None:
        """The block from sample `at` on was heard."""
