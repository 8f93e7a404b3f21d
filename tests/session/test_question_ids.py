"""The ids of questions say what they make sure of, as journals have always kept them."""

import pytest

from voicecoach.session.question_ids import Asked, Role, is_pain_after_set, pain_after_set_id, read_id

IDS = {
    "chest": Asked("chest"),
    "chest_check": Asked("chest", Role.CHECK),
    "chest_confirm": Asked("chest", Role.CONFIRMATION),
    "command_check": Asked("command", Role.CHECK),
    "check": Asked("check"),
}


@pytest.mark.parametrize("kept", IDS)
def test_an_id_is_written_and_read_again(kept: str) -> None:
    assert IDS[kept].id == kept
    assert read_id(kept) == IDS[kept]


def test_a_score_after_a_set_is_told_from_every_other_score() -> None:
    assert pain_after_set_id(3) == "pain_set_3"
    assert [is_pain_after_set(one) for one in ("pain_set_3", "pain_now", "pain_before")] == [True, False, False]
