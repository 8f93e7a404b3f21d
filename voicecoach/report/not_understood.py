"""What was said to questions and not understood, which shows the wording that is missing."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from voicecoach.journal.reader import Reader
from voicecoach.journal.records import Session

SHOWN = 30


class Unclear(Struct, frozen=True):
    """Words that meant nothing to a question, by its id, and when they were said."""

    when: datetime
    question: str
    words: str


class NotUnderstood(Struct, frozen=True):
    """The latest that was not understood, newest first, and how much there is before."""

    shown: tuple[Unclear, ...]
    left_out: int


def not_understood(sessions: Iterable[Session], reader: Reader) -> NotUnderstood:
    """Return what was not understood in sessions, as far as its words were kept."""
    by_id = {session.id: session for session in sessions}
    found = [one for one in reader.not_understood() if one.session in by_id]
    shown = [Unclear(by_id[one.session].time(one.at_seconds), one.question, one.words) for one in found[-SHOWN:]]
    return NotUnderstood(tuple(reversed(shown)), len(found) - len(shown))
