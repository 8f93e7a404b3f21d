"""The journal as text for other programs: a table of sessions, everything as JSON Lines, pain scores as FHIR."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from voicecoach.journal import fhir
from voicecoach.journal.reading import Reader
from voicecoach.journal.records import Session


def as_csv(reader: Reader) -> Iterator[str]:
    """Yield a line for each session, after one with the names of the columns."""
    pains, adverse = defaultdict(list), defaultdict(list)
    for pain in reader.pains():
        pains[pain.session].append(str(pain.score))
    for event in reader.adverse():
        adverse[event.session].append(event.what)
    names: list[str] | None = None
    for session in reader.sessions():
        row = in_short(session) | {
            "pain_scores": " ".join(pains[session.id]), "adverse_events": "; ".join(adverse[session.id]),
        }  # fmt: skip
        if names is None:
            names = list(row)
            yield _line(names)
        yield _line([row[name] for name in names])


def as_json_lines(reader: Reader) -> Iterator[str]:
    """Yield a JSON object for each session, with everything that is known of it."""
    for session in reader.sessions():
        told = msgspec.to_builtins(reader.told(session.id))
        yield json.dumps(told | {"session": in_short(session)}) + "\n"


def as_fhir(reader: Reader) -> Iterator[str]:
    """Yield one FHIR Bundle."""
    yield json.dumps(fhir.bundle(reader.sessions(), reader.pains()), indent=2) + "\n"


FORMATS = {"csv": as_csv, "jsonl": as_json_lines, "fhir": as_fhir}


def in_short(session: Session) -> dict[str, Any]:
    """Return one session as plain values, ready for JSON."""
    plain: dict[str, Any] = msgspec.to_builtins(session)
    return plain | {"length_seconds": round(session.length_seconds, 1)}


def _line(values: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue()
