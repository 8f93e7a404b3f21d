"""The journal as text for other programs: a table of sessions, everything as JSON Lines, pain scores as FHIR R4."""

import csv
import io
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from voicecoach.journal.reader import Reader
from voicecoach.journal.records import Pain, Session

_NAMESPACE = uuid.UUID("6b0c6d0e-7f43-4b8e-9d38-2f9a1f6f7c51")
_PAIN = {
    "system": "http://loinc.org",
    "code": "72514-3",
    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
}
_SURVEY = {
    "system": "http://terminology.hl7.org/CodeSystem/observation-category",
    "code": "survey",
    "display": "Survey",
}


def bundle(sessions: Iterable[Session], pains: Iterable[Pain]) -> dict[str, Any]:
    """Return the pain scores of these sessions, ready for JSON. No patient is named: whoever imports it says who."""
    by_id = {session.id: session for session in sessions}
    entries = [_entry(by_id[pain.session], pain) for pain in pains if pain.session in by_id]
    # FHIR allows no empty list.
    return {"resourceType": "Bundle", "type": "collection"} | ({"entry": entries} if entries else {})


def _entry(session: Session, pain: Pain) -> dict[str, Any]:
    said_at = session.time(pain.at_seconds).isoformat(timespec="milliseconds")
    name = uuid.uuid5(_NAMESPACE, f"{session.started_at.isoformat()} {session.id} {pain.at_seconds} {pain.question}")
    return {
        "fullUrl": f"urn:uuid:{name}",
        "resource": {
            "resourceType": "Observation",
            "id": str(name),
            "status": "final",
            "category": [{"coding": [_SURVEY]}],
            "code": {"coding": [_PAIN]},
            "effectiveDateTime": said_at,
            "valueInteger": pain.score,
            "note": [{"text": f"{session.title}: {pain.question}"}],
        },
    }


def as_csv(reader: Reader) -> Iterator[str]:
    """Yield the CSV line of each session, after one with the names of the columns."""
    pains, adverse = defaultdict(list), defaultdict(list)
    for pain in reader.pains():
        pains[pain.session].append(str(pain.score))
    for event in reader.adverse():
        adverse[event.session].append(event.what)
    yield _line([*Session.__struct_fields__, "pain_scores", "adverse_events"])
    for session in reader.sessions():
        scores, events = " ".join(pains[session.id]), "; ".join(adverse[session.id])
        yield _line([*in_short(session).values(), scores, events])


def as_json_lines(reader: Reader) -> Iterator[str]:
    """Yield a line of JSON for each session, with everything that is known of it."""
    for session in reader.sessions():
        told = msgspec.to_builtins(reader.told(session.id))
        yield msgspec.json.encode(told | {"session": in_short(session)}).decode() + "\n"


def as_fhir(reader: Reader) -> Iterator[str]:
    """Yield the text of one FHIR R4 Bundle with the pain scores of the sessions."""
    yield json.dumps(bundle(reader.sessions(), reader.pains()), indent=2) + "\n"


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FORMATS = {"csv": as_csv, "jsonl": as_json_lines, "fhir": as_fhir}
ENCODINGS = {"csv": "utf-8-sig"}
"""How a file of a format is encoded, where that is not plain UTF-8: with a byte-order mark, for spreadsheets."""


def in_short(session: Session) -> dict[str, Any]:
    """Return one session of the journal as plain values, ready for JSON."""
    plain: dict[str, Any] = msgspec.to_builtins(session)
    return plain | {"length_seconds": round(session.length_seconds, 1)}


def _harmless(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula: text that looks like one is marked as text.

    Source: OWASP, "CSV Injection".
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _line(values: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(map(_harmless, values))
    return text.getvalue().removesuffix("\r\n") + "\n"
