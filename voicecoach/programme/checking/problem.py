"""A problem of a file: where it is in the data, what is wrong and what to write; and the same with its line."""

from dataclasses import dataclass

from voicecoach.errors import VoicecoachError

Place = tuple[str | int, ...]
"""The keys and indices that lead to a value, such as `("steps", 19, "phases", 0, "head")`."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of a file's data, and what to write there; two parts of one sentence."""

    place: Place
    what: str
    remedy: str
    at_key: bool = False
    """Whether the key itself is wrong, rather than what stands behind it."""


@dataclass(frozen=True, order=True)
class Finding:
    """A problem of a file with its line and column, from 1 on."""

    file: str
    line: int
    column: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}; {self.remedy}."


class RefusedError(VoicecoachError):
    """A file that cannot be used. As a sentence it is the first of its findings."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__(str(self.findings[0]))
