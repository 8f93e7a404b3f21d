"""Teaching in a simulated room: who is understood better afterwards, and what leaves everything as it was."""

from pathlib import Path

import numpy as np
import pytest

from tests.doctor.classroom import HERE, MAN, TODAY, WOMAN, Classroom, Lesson, RememberingRecogniser, english, spoken
from tests.doctor.test_examining import DyingDeciding
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.phrases import phrases_of_a_question
from voicecoach.taught import MOST_LOWERED, Taught, TaughtMeaning, keep_taught, read_taught, taught_for, with_taught

WORDS = ["yes", "no", "stop"]
YEH_AND_STOOP = ["yeh", "no", "stoop"] * 3
YehAndStoop = tuple[Classroom, Lesson, dict[str, TaughtMeaning]]
FAINT_DB, DISTORTED_DB = -30.0, 24.0


def kept(classroom: Classroom) -> Taught | None:
    return taught_for(HERE, read_taught(classroom.file, pytest.fail))


def assert_nothing_changed(classroom: Classroom, lesson: Lesson, *parts: str) -> None:
    """It says why in a sentence with these parts, and what was there before is there still."""
    assert (lesson.report["ok"], lesson.report["changed"]) == (False, False)
    assert "\n" not in lesson.report["what"]
    for part in (*parts, "nothing has changed"):
        assert part in lesson.report["what"]
    assert kept(classroom) == EARLIER
    assert lesson.closed


EARLIER = Taught(HERE, TODAY, {"no": TaughtMeaning(0.1, 0.8)})


@pytest.fixture
def taught_earlier(classroom: Classroom) -> Classroom:
    keep_taught(classroom.file, (), EARLIER)
    return classroom


@pytest.fixture(scope="module")
def yeh_and_stoop(
    tmp_path_factory: pytest.TempPathFactory, teaching_prompts: Path, recogniser: RememberingRecogniser
) -> YehAndStoop:
    """Return the room, the lesson of somebody who says yes and stop like that, and what was taught."""
    room = Classroom(tmp_path_factory.mktemp("kept") / "taught.json", teaching_prompts, recogniser)
    lesson = room(YEH_AND_STOOP)
    taught = kept(room)
    assert taught is not None
    assert taught.taught_on == TODAY
    return room, lesson, taught.meanings


def test_who_says_yeh_and_stoop_is_understood_afterwards_and_more_surely(yeh_and_stoop: YehAndStoop) -> None:
    _, lesson, taught = yeh_and_stoop
    assert lesson.understood("heard") != WORDS * 3
    assert lesson.understood("heard_now") == WORDS * 3
    assert lesson.sure("heard_now") > lesson.sure("heard")
    assert (lesson.report["ok"], lesson.report["changed"], lesson.unsaid) == (True, True, 0)
    assert set(taught) == {"yes", "stop"}


def test_what_was_taught_counts_for_what_is_said_later_and_for_nothing_else(yeh_and_stoop: YehAndStoop) -> None:
    _, _, taught = yeh_and_stoop
    moonshine = Moonshine()

    def meaning(text: str, taught_to: dict[str, TaughtMeaning]) -> str | None:
        active = phrases_of_a_question(with_taught(english(), taught_to))
        return moonshine.decide(spoken(text, MAN) * np.float32(0.5), active).meaning

    assert [meaning("yeh", {}), meaning("yeh", taught)] == [None, "yes"]
    others = ("no", "stop", "help", "it hurts", "left")
    assert [meaning(text, taught) for text in others] == [meaning(text, {}) for text in others]


def test_every_take_is_shown_and_what_was_learnt(yeh_and_stoop: YehAndStoop) -> None:
    _, lesson, _ = yeh_and_stoop
    assert [line.split()[0] for line in lesson.lines[:9]] == WORDS * 3
    assert lesson.lines[0].startswith("yes   not understood")
    assert lesson.lines[9].startswith("Learnt and kept. Understood: ")
    assert lesson.lines[10].startswith("Taught on 2026-01-02, for the microphone desk microphone, the language en and")
    assert any('also "yay"' in line for line in lesson.lines[11:])


def test_who_was_taught_is_understood_from_then_on_and_taught_nothing_else(yeh_and_stoop: YehAndStoop) -> None:
    room, _, _ = yeh_and_stoop
    before = room.file.read_bytes()
    lesson = room(YEH_AND_STOOP)
    assert lesson.understood("heard") == WORDS * 3
    assert room.file.read_bytes() == before


def test_who_says_yep_and_nope_is_understood_more_surely_afterwards(classroom: Classroom) -> None:
    lesson = classroom(["yep", "nope", "stop"] * 3, WOMAN)
    assert lesson.understood("heard_now") == WORDS * 3
    assert lesson.sure("heard_now") > lesson.sure("heard")
    taught, built_in = kept(classroom), english().meanings["yes"]
    assert taught is not None
    assert built_in.accept_above - MOST_LOWERED <= taught.meanings["yes"].accept_above <= built_in.accept_above
    assert "stop" not in taught.meanings


def test_who_is_understood_surely_changes_nothing(classroom: Classroom) -> None:
    lesson = classroom(WORDS * 3)
    assert (lesson.report["ok"], lesson.report["changed"], lesson.sure("heard")) == (True, False, 9)
    assert "nothing has to change" in lesson.report["what"]
    assert not classroom.file.exists()


def test_who_swaps_yes_and_no_is_refused(taught_earlier: Classroom) -> None:
    lesson = taught_earlier(["no", "yes", "stop"] * 3)
    assert_nothing_changed(taught_earlier, lesson, 'Asked for "yes", you were understood to say "no"')


def test_a_stop_in_the_place_of_one_yes_is_refused(taught_earlier: Classroom) -> None:
    lesson = taught_earlier([*["yeh", "no", "stop"] * 2, "stop", "no", "stop"])
    assert_nothing_changed(taught_earlier, lesson, 'Asked for "yes", you were understood to say "stop"')


def test_who_says_other_words_is_refused(taught_earlier: Classroom) -> None:
    lesson = taught_earlier([*WORDS * 2, "yes", "kettle", "stop"])
    assert_nothing_changed(taught_earlier, lesson, '"no" could not be understood 1 of 3 times')


def test_where_nobody_answers_it_gives_up_after_three_requests(taught_earlier: Classroom) -> None:
    lesson = taught_earlier([])
    assert_nothing_changed(taught_earlier, lesson, 'Nobody was heard to say "yes", asked for 3 times')
    assert lesson.report["takes"] == []


def test_who_is_silent_twice_is_asked_again(classroom: Classroom) -> None:
    lesson = classroom(["", "", *WORDS * 3])
    assert (lesson.report["ok"], lesson.unsaid, len(lesson.report["takes"])) == (True, 0, 9)


@pytest.mark.parametrize("gain_db", [FAINT_DB, DISTORTED_DB])
def test_a_take_that_is_faint_or_distorted_is_asked_for_again_and_not_learnt_from(
    classroom: Classroom, gain_db: float
) -> None:
    lesson = classroom(["yeh", *WORDS * 3], gains_db=[gain_db])
    assert (lesson.report["ok"], lesson.report["changed"], lesson.unsaid) == (True, False, 0)
    assert lesson.understood("heard") == WORDS * 3


@pytest.mark.parametrize(("gain_db", "why"), [(FAINT_DB, "That is faint"), (DISTORTED_DB, "It is distorted")])
def test_who_is_always_faint_or_distorted_is_told_what_to_do(
    taught_earlier: Classroom, gain_db: float, why: str
) -> None:
    lesson = taught_earlier(["yes"] * 3, gains_db=[gain_db] * 3)
    assert_nothing_changed(taught_earlier, lesson, '"yes" can\'t be used, asked for 3 times', why, "alsamixer")


def test_a_dead_microphone_is_said(taught_earlier: Classroom) -> None:
    lesson = taught_earlier(WORDS * 3, dead_microphone=True)
    assert not lesson.report["ok"]
    assert "sends nothing, not even noise" in lesson.report["what"]
    assert kept(taught_earlier) == EARLIER
    assert lesson.closed


def test_a_recogniser_that_dies_is_said(taught_earlier: Classroom) -> None:
    lesson = taught_earlier(WORDS * 3, deciding=DyingDeciding)
    assert not lesson.report["ok"]
    assert "ended unexpectedly" in lesson.report["what"]
    assert kept(taught_earlier) == EARLIER


def test_what_cannot_be_kept_is_said(classroom: Classroom) -> None:
    classroom.file.mkdir()
    lesson = classroom(YEH_AND_STOOP)
    assert (lesson.report["ok"], lesson.report["changed"]) == (False, False)
    assert f"can't be kept in {classroom.file}" in lesson.report["what"]


def test_a_damaged_file_is_a_sentence_and_teaching_goes_on(classroom: Classroom) -> None:
    classroom.file.write_bytes(b"{")
    lesson = classroom(WORDS * 3)
    (warning,) = lesson.warnings
    assert str(classroom.file) in warning
    assert lesson.report["ok"]
