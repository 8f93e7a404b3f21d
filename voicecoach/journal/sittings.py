"""Sessions as sittings: a session that went on with one that broke off is one sitting with it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from voicecoach.journal.records import Session
from voicecoach.programme.steps import Outcome


class Sitting(Struct, frozen=True):
    """One session, or one that broke off and those that went on with it, the first one first."""

    sessions: tuple[Session, ...]

    @property
    def began_at(self) -> datetime:
        """When it began, by the wall clock."""
        return self.sessions[0].started_at

    @property
    def day(self) -> date:
        """The day on which it began."""
        return self.began_at.date()

    @property
    def latest(self) -> Session:
        """Its last session."""
        return self.sessions[-1]

    @property
    def pain_before(self) -> int | None:
        """The first pain score."""
        return next((one.pain_first for one in self.sessions if one.pain_first is not None), None)

    @property
    def pain_after(self) -> int | None:
        """The last pain score after some of the exercise; None where there was none."""
        scores = [one.pain_last for one in self.sessions if one.pain_last is not None]
        return scores[-1] if self.has_practised and scores else None

    @property
    def repetitions(self) -> int:
        """How many were finished."""
        return sum(one.repetitions for one in self.sessions)

    @property
    def adverse(self) -> int:
        """How many adverse events there were."""
        return sum(one.adverse for one in self.sessions)

    @property
    def has_practised(self) -> bool:
        """Whether some of the exercise was done."""
        return self.latest.outcome == Outcome.COMPLETE or any(one.repetitions or one.holds for one in self.sessions)

    @property
    def ended_early(self) -> bool:
        """Whether the end was not reached."""
        return self.latest.outcome != Outcome.COMPLETE


def sittings(sessions: Iterable[Session]) -> list[Sitting]:
    """Return sessions, in the order of their ids, as sittings in the order in which they began."""
    first: dict[int | None, int] = {}
    by_first: dict[int, list[Session]] = defaultdict(list)
    for session in sessions:
        first[session.id] = first.get(session.continues, session.id)
        by_first[first[session.id]].append(session)
    return [Sitting(tuple(parts)) for parts in by_first.values()]
