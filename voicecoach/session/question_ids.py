"""The ids of questions, which say what a question is there for: written, and read again from journals, here alone."""

from enum import StrEnum
from typing import NamedTuple

PAIN_NOW = "pain_now"
"""The score that is asked for when it hurts, or before an exercise goes on."""
SEEN_CLINICIAN = "seen_clinician"
"""Whether the person has seen a clinician, as the session before told them to."""
PAIN_AFTER_TEST = "pain_test"
"""The score after a test, before anything else is done."""
SCREENING_ALL_NO = "screening_all_no"
"""Whether it is right that all screening questions were answered no."""
WHICH_QUESTION = "belongs_to_it"
"""Whether an answer was for the question before."""
_AFTER_SET = "pain_set_"


class Role(StrEnum):
    """What a question is there for (an answer, its check, its confirmation), which its id ends with."""

    ITSELF = ""
    CHECK = "_check"
    """Did you say ...? What was hardly heard is asked back."""
    CONFIRMATION = "_confirm"
    """What was heard and has a consequence, such as a yes to a question of safety, is confirmed."""


class Asked(NamedTuple):
    """A question, or the check or confirmation of the answer to the question `of`."""

    of: str
    role: Role = Role.ITSELF

    @property
    def id(self) -> str:
        """The id under which the question is asked, and kept in the journal."""
        return self.of + self.role


def read_id(question: str) -> Asked:
    """Return what a question's id says: which question, and what it is there for."""
    role = next((role for role in (Role.CHECK, Role.CONFIRMATION) if question.endswith(role)), Role.ITSELF)
    return Asked(question.removesuffix(role), role)


def makes_sure_of(question: str, asked: str) -> bool:
    """Whether `asked` is a check or a confirmation of the answer to a question."""
    of, role = read_id(asked)
    return of == question and role is not Role.ITSELF


def pain_after_set_id(number: int) -> str:
    """Return the id of the pain score after a set; they are numbered throughout a session."""
    return f"{_AFTER_SET}{number}"


def is_pain_after_set(question: str) -> bool:
    """Whether a question's id is that of the pain score after a set."""
    return question.startswith(_AFTER_SET)
