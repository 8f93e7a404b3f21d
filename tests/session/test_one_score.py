"""Where there was one pain score, no second one is told."""

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.steps import Intervals, Outcome
from voicecoach.programme.words import read_words
from voicecoach.session.memory import Opening, Previous


def last_time(previous: Previous) -> Line:
    """Return what is said of the last session where a dose is suggested."""
    puppet = Puppet(opening=Opening(previous=previous, suggests=True)).go_until_asked("small_dose")
    (line,) = [line for say in puppet.speech for line in say.lines if line.prompt.startswith("last_time")]
    return line


@pytest.mark.parametrize(
    ("side", "english", "korean"),
    [
        (None, "Last time your pain was 3 before we began.", "지난번 통증은 시작하기 전에 3 점이었어요."),
        ("right", "Last time it was your right side, and your pain was 3 before we began.",
         "지난번에는 오른쪽이었고, 통증은 시작하기 전에 3 점이었어요."),
    ],
)  # fmt: skip
def test_a_session_with_one_score_is_told_with_one(side: str | None, english: str, korean: str) -> None:
    line = last_time(Previous(None, side, pain_first=3))
    for language, text in (("en", english), ("ko", korean)):
        assert read_words(CALF, programme_file("calf"), language, None).text(line) == text


def test_a_session_without_a_score_is_not_spoken_of() -> None:
    puppet = Puppet(opening=Opening(previous=Previous(None, "left"), suggests=True)).go_until_asked("small_dose")
    assert "last_time" not in str(puppet.prompts())


def test_the_summary_of_a_session_with_one_score_tells_no_change() -> None:
    warm_up = PROGRAMMES["warm_up"]
    steps = tuple(s for s in warm_up.steps if not isinstance(s, Intervals) and s.id != "pain_after")
    puppet = Puppet(programme=replace(warm_up, steps=steps)).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert "settle" in puppet.prompts()
    assert "summary_pain" not in str(puppet.prompts())
