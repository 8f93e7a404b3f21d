"""What a check found and what to do about it; nothing is measured here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["ok", "warning", "problem"]
"""With a warning a session runs, but not as well as it could; with a problem it does not."""

Values = Mapping[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True)
class Finding:
    """`what` is one sentence with its figures, `remedy` says what to do; `values` has the figures, units in names."""

    check: str
    state: State
    what: str
    remedy: str | None = None
    values: Values = field(default_factory=dict)


def session_can_run(findings: Sequence[Finding]) -> bool:
    """Whether none of the findings is a problem."""
    return all(finding.state != "problem" for finding in findings)


def as_lines(finding: Finding) -> str:
    """Return the finding to be read: a line, and where there is something to do a second one."""
    line = f"{finding.state:9}{finding.check:12}{finding.what}"
    return f"{line}\n{'':21}-> {finding.remedy}" if finding.remedy else line


def summary(findings: Sequence[Finding]) -> str:
    """Return the last line of a report."""
    counts = [
        f"{number} {name}{'s' if number > 1 else ''}"
        for name in ("problem", "warning")
        if (number := sum(finding.state == name for finding in findings))
    ]
    verdict = "A session can run" if session_can_run(findings) else "A session can't run yet"
    return f"{verdict}: {', '.join(counts) or 'all is well'}."


def as_json(findings: Sequence[Finding], canceller: str, recogniser: str) -> dict[str, Any]:
    """Return the report for other programs."""
    return {
        "ok": session_can_run(findings),
        "canceller": canceller,
        "recogniser": recogniser,
        "findings": [
            {"check": f.check, "state": f.state, "what": f.what, "remedy": f.remedy, "values": dict(f.values)}
            for f in findings
        ],
    }
