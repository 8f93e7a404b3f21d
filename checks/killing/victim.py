"""A rehearsal without sound that can be killed: it tells a pipe of each repetition that is begun and that is kept."""

import os
from pathlib import Path
from typing import NoReturn

from tests.journal.kept import SHORT, Kept
from voicecoach.errors import VoicecoachError
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.sessions import About, session_with_journal
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening
from voicecoach.watcher import Watcher


class Victim(Kept):
    """A session without sound that is kept in a journal, and tells a pipe what it has done."""

    def __init__(self, session: Session, keepers: tuple[Watcher, ...], report: int) -> None:
        self._report = report
        super().__init__(session, keepers)

    def tell(self, event: events.AnyEvent) -> list[actions.Action]:
        """Tell the session of an event, and the pipe of what was done then."""
        done = super().tell(event)
        lines = []
        for action in done:
            match action:
                case actions.RepetitionDone(number, repetition):
                    lines.append(f"done {number} {repetition}\n")
                case actions.RepetitionBegun(number, repetition):
                    lines.append(f"begun {number} {repetition}\n")
                case actions.Say():
                    lines.append("said\n")
        os.write(self._report, "".join(lines).encode())
        return done


def be_killed(folder: Path, report: int, *, waits: bool) -> NoReturn:
    """Go through a session, on from where the last one broke off, in a process that was forked for it."""
    code = 1
    try:
        troubles: list[str] = []
        journal = open_journal(folder, troubles.append)
        assert journal is not None, troubles
        about = About("rehearsal", "en", "none", "none")
        with session_with_journal(SHORT, Opening(), journal, about, waits=waits) as begun:
            Victim(begun.session, begun.keepers, report).go_to_the_end()
        os.write(report, b"over\n")
        code = 0
    except (AssertionError, VoicecoachError) as error:
        os.write(report, f"trouble: {error}\n".encode())
    os._exit(code)
