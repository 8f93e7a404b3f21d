"""What the id of a question says of it: written, and read again from journals, in this one place."""

from enum import StrEnum
from typing import NamedTuple

PAIN_NOW = "pain_now"
"""The score that is asked for when it hurts, or before an exercise goes on."""
_AFTER_SET = "pain_set_"


class Role(StrEnum):
    """What a question is there for, by how its id ends."""

    ITSELF = ""
    CHECK = "_check"
    """Did you say ...? What was hardly heard, or has a consequence, is asked back."""
    CONFIRMATION = "_confirm"
    """A yes to a question of safety, which ends the session, is confirmed."""


class Asked(NamedTuple):
    """A question, or what makes sure of the answer `of` another one."""

    of: str
    role: Role = Role.ITSELF

    @property
    def id(self) -> str:
        """The id under which it is asked and kept."""
        return self.of + self.role


def read_id(question: str) -> Asked:
    """Return what is asked under an id."""
    role = next((role for role in (Role.CHECK, Role.CONFIRMATION) if question.endswith(role)), Role.ITSELF)
    return Asked(question.removesuffix(role), role)


def pain_after_set_id(number: int) -> str:
    """Return the id of the pain score after a set; they are numbered throughout a session."""
    return f"{_AFTER_SET}{number}"


def is_pain_after_set(question: str) -> bool:
    """Whether an id is that of a pain score after a set."""
    return question.startswith(_AFTER_SET)
