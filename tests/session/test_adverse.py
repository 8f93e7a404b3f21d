"""What a clinician should read about is told apart by its kind, and kept in journals as it always was."""

import pytest

from voicecoach.meanings import ADVERSE, DISTRESS
from voicecoach.session.adverse import AdverseKind, kept, read

TEXTS = {
    "pain 10": (AdverseKind.PAIN, "10"),
    "screening: chest": (AdverseKind.SCREENING, "chest"),
    "new or worse after a pause": (AdverseKind.WORSE_AFTER_PAUSE, ""),
    "chest": (AdverseKind.CHEST, ""),
    "not_all_right": (AdverseKind.NOT_ALL_RIGHT, ""),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_journal_keeps_it_as_it_always_has_and_is_read_again(text: str) -> None:
    assert kept(*TEXTS[text]) == text
    assert read(text) == TEXTS[text]


@pytest.mark.parametrize("text", ["", "painful", "chest pain", "something of the future"])
def test_what_is_of_no_known_kind_is_not_taken_for_one(text: str) -> None:
    assert read(text) is None


def test_every_word_for_something_adverse_is_a_kind() -> None:
    assert {*ADVERSE, *DISTRESS} <= set(AdverseKind)
