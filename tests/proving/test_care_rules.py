"""The walk finds what breaks a rule of care: of pain, of easing off, and of what one session leaves for the next."""

import tomllib
from typing import Any

import msgspec
import pytest

from voicecoach.programme.kinds.exercise import Exercise
from voicecoach.programme.steps import Programme
from voicecoach.proving.walk import walking_through
from voicecoach.session import check_in, clinician_question, closing, dose_suggestion, stage
from voicecoach.session.dialogue import Question
from voicecoach.session.policies import Light, PainChange
from voicecoach.session.questions import yes_no
from voicecoach.session.stage import Stage

EASING = """id = "easing"
title = "Easing"
source = "me"
pain = { ease_from = 4, stop_from = 6, stop_rise = 2 }
profiles.cautious.floss = { sets = 1 }
[[steps]]
kind = "say"
id = "welcome"
prompts = ["welcome"]
[[steps]]
kind = "screen"
id = "screening"
questions = [{ id = "chest", action = "emergency" }]
[[steps]]
kind = "settled"
id = "settled"
[[steps]]
kind = "pain"
id = "pain"
[[steps]]
kind = "exercise"
id = "floss"
start = ["floss_start"]
eased = ["floss_eased"]
movement = "strength"
sides = "none"
sets = 2
repetitions = 1
hold_seconds = 1
rest_seconds = 10
phases = [{ id = "up" }]
[[steps]]
kind = "pain"
id = "after"
[[steps]]
kind = "summary"
id = "summary"
"""


def easing() -> Programme:
    return msgspec.convert(tomllib.loads(EASING), Programme)


def _ends_at_any_rise(_: check_in.PainCheck, score: int, stage: Stage) -> Light:
    start, rules = stage.memory.pain_start, stage.programme.pain
    ends = score >= rules.stop_from or (start is not None and score >= start + rules.stop_rise)
    return Light.END if ends else Light.EASE_OFF if score >= rules.ease_from else Light.GO_ON


def _never_leaves_it(question: str) -> Question:
    return yes_no("small_dose" if question == "small_or_none" else question)


SABOTAGES: dict[str, tuple[Any, str, Any, str]] = {
    "a mild rise that ends the exercise": (check_in.PainCheck, "_light", _ends_at_any_rise, "ends at a pain of 2"),
    "a set that looks for discomfort": (Exercise, "start_now", lambda self, **_: self.start,
                                        "as if nothing had been eased"),
    "six after five that is the same": (closing, "pain_change", lambda *_: PainChange.SAME,
                                        "a pain of 6 after 5 is called the same"),
    "a full dose though nothing settled": (dose_suggestion, "yes_no", _never_leaves_it,
                                           "though the last session did not settle"),
    "an end that says nothing of what was done": (closing, "_has_practised", lambda _: False,
                                                  "nothing tells what was done"),
    "an end that says nothing of the pain": (closing, "pain", lambda *_: (), "nothing tells how the pain was"),
    "an end that says no more than goodbye": (closing, "_has_moved", lambda _: False, "nothing tells what to do next"),
    "advice that is not kept": (stage, "CLINICIAN_FIRST", (), "the advice to see a clinician is forgotten"),
    "advice that is not asked about": (clinician_question, "is_due", lambda *_: False,
                                       "nobody asks about the clinician"),
}  # fmt: skip


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_session_that_breaks_a_rule_of_care_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, what, instead, problem = SABOTAGES[name]
    monkeypatch.setattr(where, what, instead)
    assert any(problem in found.what for walk in walking_through(easing()) for found in walk.problems)
