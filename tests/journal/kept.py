"""Sessions kept in a journal, told by events alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs

from tests.session.puppet import CALF, Puppet
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.sessions import About, session_with_journal
from voicecoach.programme.steps import Exercise, Programme
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening
from voicecoach.watcher import Watcher

SETS, REPETITIONS = 3, 5
SHORT: Programme = structs.replace(
    CALF,
    steps=tuple(
        structs.replace(step, repetitions=REPETITIONS, sets=SETS) if isinstance(step, Exercise) else step
        for step in CALF.steps
    ),
)
ABOUT = About("live", "en", "default", "moonshine-tiny-en")


class Kept(Puppet):
    """A person without a voice in a session that is kept as a conversation would keep it."""

    def __init__(self, session: Session, keepers: tuple[Watcher, ...], answers: dict[str, str] | None = None) -> None:
        self.keepers = keepers
        super().__init__({"anything_new": "no"} | (answers or {}), SHORT, session=session)

    def tell(self, event: events.AnyEvent) -> list[actions.Action]:
        for keeper in self.keepers:
            keeper.happened(event)
        done = super().tell(event)
        for keeper in self.keepers:
            for action in done:
                keeper.acted(event.at, action)
            keeper.handled(event)
        return done


@contextmanager
def held(
    folder: Path,
    answers: dict[str, str] | None = None,
    opening: Opening | None = None,
    warn: Callable[[str], object] | None = None,
    about: About = ABOUT,
    *,
    waits: bool = False,
) -> Iterator[Kept]:
    """Give a session that is kept in a folder; what is not gone through to its end has broken off.

    With `waits`, what has happened can be read at once.
    """
    journal = open_journal(folder, warn or _fail)
    try:
        with session_with_journal(SHORT, opening or Opening(), journal, about, waits=waits) as begun:
            yield Kept(begun.session, begun.keepers, answers)
    finally:
        if journal is not None:
            journal.close()


def _fail(sentence: str) -> None:
    raise AssertionError(sentence)
