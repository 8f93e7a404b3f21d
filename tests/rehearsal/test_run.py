"""A rehearsal of two steps: what is recorded of it is what the coach said, left, and what the person said, right."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Programme, Ready, Summary
from voicecoach.programme.words import Words
from voicecoach.rehearsal.run import Rehearsal, keep_quiet, rehearse
from voicecoach.rehearsal.script import read_script
from voicecoach.samples import BLOCK_SAMPLES
from voicecoach.session_plan import SessionPlan

CALF = read_programme(programme_file("calf"))
TWO_STEPS = Programme(
    id="two", title="", source="", pain=CALF.pain, steps=(Ready(id="ready"), Summary(id="summary"))
)  # fmt: skip


@pytest.fixture(scope="module")
def result(words: Words, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    plan = SessionPlan(TWO_STEPS, words)
    rehearsal = Rehearsal(plan, read_script("default"), "two", tmp_path_factory.mktemp("two"))
    progress: list[float] = []
    result = rehearse(rehearsal, keep_quiet, progress.append, lambda _: None)
    return result | {"progress": sum(progress)}


def test_the_coach_is_left_and_the_person_right_each_alone(result: dict[str, Any]) -> None:
    sound, rate = soundfile.read(result["wav"], dtype="float32")
    coach, person = (channel.reshape(-1, BLOCK_SAMPLES).any(axis=1) for channel in sound.T)
    assert coach.sum() > person.sum() > 0
    assert not np.any(coach & person)
    assert np.flatnonzero(coach)[0] < np.flatnonzero(person)[0] < np.flatnonzero(coach)[-1]
    assert result["audio_seconds"] == sound.shape[0] / rate == pytest.approx(result["progress"])


def test_what_was_answered_and_how_it_ended_is_told_and_a_summary_with_nothing_to_tell_is_no_line(
    result: dict[str, Any],
) -> None:
    assert [(q["id"], q["asked"], q["answer"], q["heard"]) for q in result["questions"]] == [("ready", 1, "yes", "yes")]
    assert (result["programme"], result["ended"]) == ("two", "complete")
    lines = Path(result["transcript"]).read_text(encoding="utf-8").splitlines()
    assert [line.split(maxsplit=2)[1:] for line in lines] == [
        ["coach", "Say yes when you are ready."],
        ["heard", '"yes"'],
        ["[ready:", "yes]"],
        ["coach", "If it does not settle within a day, see a clinician. Thank you, and take care. Goodbye."],
        ["[complete]"],
    ]
