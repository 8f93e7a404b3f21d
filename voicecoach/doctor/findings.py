"""Findings: what a check found, what to do about it, and from which figures on it warns; nothing is measured here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class DoctorSettings:
    """From which figures on the doctor warns; levels are RMS relative to full scale, 0 dBFS at the loudest."""

    low_free_megabytes: float = 500
    slow_verdict_seconds: float = 1.0
    """A recogniser that needs longer for a word keeps the person waiting."""
    first_sound_within_seconds: float = 5.0
    """From opening the devices; a microphone that sends nothing but zeros for so long is dead."""
    room_fades_seconds: float = 0.5
    quiet_seconds: float = 2.0
    """How long the noise is listened to."""
    loud_noise_dbfs: float = -45.0
    timing_seconds: float = 10.0
    long_gap_seconds: float = 0.1
    """Between two blocks; the stream's own buffer bridges about 0.06 s."""
    most_drift_seconds: float = 0.1
    """Between sound and wall clock, over the time of the check."""
    wrong_drift_seconds: float = 1.0
    """From here on the device runs at another speed, and no exercise can be counted by it."""
    least_echo_above_noise_db: float = 6.0
    clipped_share: float = 0.0005
    """The part of the samples at full scale from which sound is distorted."""
    judged_echo_above_noise_db: float = 15.0
    """A weaker echo is too near the noise for a canceller to be judged by it."""
    least_echo_reduction_db: float = 10.0
    answer_within_seconds: float = 8.0
    faint_answer_dbfs: float = -45.0
    """Of the loudest 20 ms of the answer."""
    least_answer_above_noise_db: float = 15.0
    takes_of_a_word: int = 3
    asked_for_a_take: int = 3
    """After so many unusable ones the doctor gives up teaching."""


State = Literal["ok", "warning", "problem"]
"""With a warning a session runs, but not as well as it could; with a problem it does not."""

Values = Mapping[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True)
class Finding:
    """What one check found: `what` is a sentence with its figures, `remedy` what to do, `values` the figures."""

    check: str
    state: State
    what: str
    remedy: str | None = None
    values: Values = field(default_factory=dict)


def session_can_run(findings: Sequence[Finding]) -> bool:
    """Whether a session can run: none of the findings is a problem."""
    return all(finding.state != "problem" for finding in findings)


def as_lines(finding: Finding) -> str:
    """Return a finding to be read: a line, and where there is something to do a second one."""
    line = f"{finding.state:9}{finding.check:12}{finding.what}"
    return f"{line}\n{'':21}-> {finding.remedy}" if finding.remedy else line


def summary(findings: Sequence[Finding]) -> str:
    """Return the last line of the doctor's report."""
    counts = [
        f"{number} {name}{'s' if number > 1 else ''}"
        for name in ("problem", "warning")
        if (number := sum(finding.state == name for finding in findings))
    ]
    verdict = "A session can run" if session_can_run(findings) else "A session can't run yet"
    return f"{verdict}: {', '.join(counts) or 'all is well'}."


def as_json(findings: Sequence[Finding], canceller: str, recogniser: str) -> dict[str, Any]:
    """Return the doctor's report for other programs, ready for JSON."""
    return {
        "ok": session_can_run(findings),
        "canceller": canceller,
        "recogniser": recogniser,
        "findings": [
            {"check": f.check, "state": f.state, "what": f.what, "remedy": f.remedy, "values": dict(f.values)}
            for f in findings
        ],
    }
