"""The records of the journal, plain and frozen, and sessions that went on with each other as one sitting."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from voicecoach.programme.steps import Outcome


class Session(Struct, frozen=True):
    """One session, in short. `outcome` is None where it was broken off, or is still under way."""

    id: int
    kind: str
    """"live" or "rehearsal"."""
    programme: str
    title: str
    profile: str | None
    """The dose, such as "cautious"; None: the full one."""
    language: str
    voice: str
    recogniser: str
    software: str
    started_at: datetime
    """By the wall clock, with the offset from UTC that it had then."""
    length_seconds: float
    outcome: str | None
    side: str | None
    pain_first: int | None
    """The first pain score before the exercise."""
    pain_last: int | None
    """The last one after some of it."""
    repetitions: int
    """Finished in this session; what a session that it continues had done is not in it."""
    holds: int
    adverse: int
    """How many adverse events there were."""
    continues: int | None
    """The id of the session that it went on with."""
    audio: str | None
    """The name of the recording beside the journal, where one was wanted."""

    def time(self, at_seconds: float) -> datetime:
        """Return the wall-clock time of a moment in the session."""
        return self.started_at + timedelta(seconds=at_seconds)


class Record(Struct, frozen=True):
    """Base of the records of a session: something that happened `at_seconds` after the start of `session`."""

    session: int
    at_seconds: float


class Step(Record, frozen=True):
    """The record that the session came to a step of its programme."""

    step: str


class Heard(Record, frozen=True):
    """The record of an utterance: its meaning (None: not understood), how sure that was, and by how much it led.

    Confidence is from 0 to 1, the margin in units of the recogniser's score; both are None for a key.
    """

    words: str | None
    meaning: str | None
    sure: bool | None
    confidence: float | None
    margin: float | None


class Answer(Record, frozen=True):
    """The record of an answer to a question, in the person's words, after it had been put `asked` times."""

    question: str
    answer: str
    heard: str
    asked: int
    confidence: float | None
    margin: float | None
    taken_back: bool = False
    """Whether the person has called it wrong, or one before it that it followed."""


class NotUnderstood(Record, frozen=True):
    """The record of what was said to a question and meant nothing to it: the words that it most likely was."""

    question: str
    words: str


class Pain(Record, frozen=True):
    """The record of a pain score from 0 to 10."""

    question: str
    score: int


class Repetition(Record, frozen=True):
    """The record of a finished repetition; sets and repetitions count from 1."""

    step: str
    side: str | None
    number_of_set: int
    number: int


class Hold(Record, frozen=True):
    """The record of a hold kept to its end, in a repetition or, without numbers, of something kept up for a time."""

    ended_at_seconds: float
    step: str
    side: str | None
    number_of_set: int | None
    repetition: int | None
    phase: str | None


class Command(Record, frozen=True):
    """The record of a command that was obeyed."""

    command: str


class Adverse(Record, frozen=True):
    """The record of an adverse event, which a clinician should read about."""

    what: str


class Device(Record, frozen=True):
    """The record that microphone or loudspeaker were lost, or came back."""

    lost: bool


class Underrun(Record, frozen=True):
    """The record of an underrun: the sound broke off for so long."""

    lost_seconds: float


class Told(Struct, frozen=True):
    """All records of one session, each list in the order of time."""

    session: Session
    steps: list[Step]
    heard: list[Heard]
    answers: list[Answer]
    pains: list[Pain]
    repetitions: list[Repetition]
    holds: list[Hold]
    commands: list[Command]
    adverse: list[Adverse]
    devices: list[Device]
    underruns: list[Underrun]
    not_understood: list[NotUnderstood]


class Sitting(Struct, frozen=True):
    """One session, or one that broke off with those that went on with it, the first one first."""

    sessions: tuple[Session, ...]

    @property
    def began_at(self) -> datetime:
        """When the sitting began, by the wall clock."""
        return self.sessions[0].started_at

    @property
    def day(self) -> date:
        """The day on which the sitting began."""
        return self.began_at.date()

    @property
    def latest(self) -> Session:
        """The last session of the sitting."""
        return self.sessions[-1]

    @property
    def pain_before(self) -> int | None:
        """The first pain score of the sitting; None where there was none."""
        return next((one.pain_first for one in self.sessions if one.pain_first is not None), None)

    @property
    def pain_after(self) -> int | None:
        """The last pain score of the sitting after some of the exercise; None where there was none."""
        scores = [one.pain_last for one in self.sessions if one.pain_last is not None]
        return scores[-1] if self.has_practised and scores else None

    @property
    def repetitions(self) -> int:
        """How many repetitions were finished in the sitting."""
        return sum(one.repetitions for one in self.sessions)

    @property
    def adverse(self) -> int:
        """How many adverse events there were in the sitting."""
        return sum(one.adverse for one in self.sessions)

    @property
    def has_practised(self) -> bool:
        """Whether some of the exercise was done in the sitting."""
        return self.latest.outcome == Outcome.COMPLETE or any(one.repetitions or one.holds for one in self.sessions)

    @property
    def ended_early(self) -> bool:
        """Whether the sitting ended before the end of the programme."""
        return self.latest.outcome != Outcome.COMPLETE


def sittings(sessions: Iterable[Session]) -> list[Sitting]:
    """Return sessions, in the order of their ids, as sittings in the order in which they began."""
    first: dict[int | None, int] = {}
    by_first: dict[int, list[Session]] = defaultdict(list)
    for session in sessions:
        first[session.id] = first.get(session.continues, session.id)
        by_first[first[session.id]].append(session)
    return [Sitting(tuple(parts)) for parts in by_first.values()]
