"""The command: examines everything, shows each finding when it is there, and says whether a session can run."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from voicecoach.doctor.examining import Examination, Parts
from voicecoach.doctor.findings import as_json, as_lines, summary
from voicecoach.doctor.words import read_doctor_words
from voicecoach.programme.words import Words


def examine(parts: Parts, words: Words, show_line: Callable[[str], object]) -> dict[str, Any]:
    """Return the report, ready for JSON; `show_line` is given each line of it as it comes."""
    examination = Examination(parts, words, read_doctor_words(words.language))
    with closing(examination.run()) as findings:
        for finding in findings:
            show_line(as_lines(finding))
    show_line(summary(examination.findings))
    return as_json(examination.findings, parts.canceller_name, parts.recogniser.name)
