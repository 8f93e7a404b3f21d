"""What went wrong in sittings: adverse events, early endings, pain that rose, and what did not settle."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from voicecoach.journal.reader import Reader
from voicecoach.journal.records import Adverse, Heard, Sitting
from voicecoach.programme.steps import TrafficLight
from voicecoach.session.adverse import AdverseKind
from voicecoach.session.adverse import read as read_adverse
from voicecoach.session.policies import pain_change

SHOWN = 12


class Event(Struct, frozen=True):
    """An adverse event: its kind, what it names (a score, a question), and the words that were heard.

    One of a kind that is not known here names what the journal has of it.
    """

    when: datetime
    kind: AdverseKind | None
    value: str | None
    heard: str | None


class Trouble(Struct, frozen=True):
    """A sitting in which something went wrong, or after which it did. `outcome` is None where it broke off."""

    when: datetime
    events: tuple[Event, ...]
    rise: tuple[int, int] | None
    """The pain before and after, where it had risen so much that a clinician should read about it."""
    unsettled: bool
    """Whether it had not settled within a day."""
    outcome: str | None
    ended_early: bool


class Troubles(Struct, frozen=True):
    """The latest troubled sittings, newest first, and what all of them count up to."""

    shown: tuple[Trouble, ...]
    left_out: int
    adverse: int
    ended_early: int
    rises: int
    unsettled: int


def troubles(sittings: Sequence[Sitting], reader: Reader, rules: TrafficLight, settled: Mapping[int, bool]) -> Troubles:
    """Return what went wrong in sittings, with the words heard in the latest ones.

    `settled` has by the id of a sitting's last session whether it settled.
    """
    rises = {one.latest.id: rise for one in sittings if (rise := _rise(one, rules)) is not None}
    unsettled = {id_ for id_, has_settled in settled.items() if not has_settled}
    some = [one for one in sittings if one.adverse or one.ended_early or one.latest.id in rises.keys() | unsettled]
    shown = some[-SHOWN:][::-1]
    ids = [session.id for one in shown for session in one.sessions if session.adverse]
    adverse, heard = reader.adverse(ids), reader.heard(ids)
    return Troubles(
        tuple(
            Trouble(
                one.began_at,
                tuple(_events(one, adverse, heard)),
                rises.get(one.latest.id),
                one.latest.id in unsettled,
                one.latest.outcome,
                one.ended_early,
            )
            for one in shown
        ),
        len(some) - len(shown),
        sum(one.adverse for one in some),
        sum(one.ended_early for one in some),
        len(rises),
        len(unsettled),
    )


def _rise(sitting: Sitting, rules: TrafficLight) -> tuple[int, int] | None:
    before, after = sitting.pain_before, sitting.pain_after
    if before is None or after is None or pain_change(before, after, rules) not in ("worse", "high"):
        return None
    return before, after


def _events(sitting: Sitting, adverse: Iterable[Adverse], heard: Sequence[Heard]) -> Iterable[Event]:
    sessions = {session.id: session for session in sitting.sessions}
    for event in adverse:
        if event.session in sessions:
            kind, value = read_adverse(event.what) or (None, event.what)
            words = _words(event, value if kind is AdverseKind.PAIN else None, heard)
            yield Event(sessions[event.session].time(event.at_seconds), kind, value or None, words)


def _words(event: Adverse, meaning: str | None, heard: Sequence[Heard]) -> str | None:
    """Return what was last heard before an event, with a certain meaning if one is given."""
    before = [
        one.words
        for one in heard
        if one.session == event.session and one.at_seconds <= event.at_seconds and one.words is not None
        and meaning in (None, one.meaning)
    ]  # fmt: skip
    return before[-1] if before else None
