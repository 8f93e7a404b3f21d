"""Watchers, which follow a conversation without taking part: transcripts, journals, simulated persons, recordings."""

from voicecoach.blocks import Samples
from voicecoach.session import actions, events


class Watcher:
    """Base of all watchers: told of everything in a conversation; does nothing with it."""

    def acted(self, at: int, action: actions.Action) -> None:
        """Take note that the session acted at sample `at`."""

    def happened(self, event: events.AnyEvent) -> None:
        """Take note of an event that the session is about to be told."""

    def handled(self, event: events.AnyEvent) -> None:
        """Take note that all actions after an event have been carried out."""

    def underrun(self, at: int, lost_samples: int) -> None:
        """Take note of an underrun: before sample `at` so many samples were neither played nor heard."""

    def played(self, at: int, block: Samples) -> None:
        """Take note of the block played from sample `at` on, shape (n,)."""

    def listened(self, at: int, block: Samples) -> None:
        """Take note of the block heard from sample `at` on, shape (n,)."""
