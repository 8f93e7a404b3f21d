"""Pain scores as FHIR R4: a Bundle of Observations, each coded as LOINC 72514-3 with an integer value."""

import uuid
from collections.abc import Iterable
from typing import Any

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
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


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
