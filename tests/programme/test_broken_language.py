"""Mistakes in limits, profiles, choices, numbers and movements are refused with their place and a remedy."""

from pathlib import Path

import pytest

from tests.programme.copies import Copy
from voicecoach.programme.reader import read_programme

MISTAKES = {
    "a hold beyond the limits": ("median", "hold_seconds = 2", "hold_seconds = 4",
                                 ["(step gliding)", "hold_seconds", "4 is outside", "write 1 to 3"]),
    "a hold of one phase beyond the limits": ("median", 'elbow = "bent"', 'elbow = "bent", hold_seconds = 9',
                                              ["(step gliding)", "9 is outside"]),
    "repetitions beyond the limits": ("median", "repetitions = 10", "repetitions = 20",
                                      ["(step gliding)", "20 is outside", "write 1 to 15"]),
    "a profile beyond the limits": ("median", "repetitions = 5 }", "repetitions = 25 }",
                                    ["(step gliding)", "25 is outside"]),
    "limits the wrong way round": ("median", "sets = [1, 3]", "sets = [3, 1]",
                                   ["limits.sets", "write the least first"]),
    "limits of three numbers": ("median", "sets = [1, 3]", "sets = [1, 2, 3]", ["limits.sets", "length 2"]),
    "limits beyond what any programme may ask": ("median", "sets = [1, 3]", "sets = [1, 9]", ["limits.sets", "<= 5"]),
    "an unknown limit": ("median", "sets = [1, 3]", "set = [1, 3]", ["limits", "`set`", "write `sets`"]),
    "a profile of an unknown exercise": ("median", "gliding = {", "glidin = {",
                                         ["profiles.cautious.glidin", "did you mean gliding?"]),
    "a profile of a step that is no exercise": ("median", "gliding = {", "welcome = {",
                                                ["profiles.cautious.welcome", "no such exercise"]),
    "rounds of an exercise": ("median", "repetitions = 5 }", "rounds = 5 }",
                              ["profiles.cautious.gliding", "no rounds"]),
    "repetitions of intervals": ("warm_up", "easy = { rounds = 2 }", "easy = { repetitions = 2 }",
                                 ["profiles.cautious.easy", "no repetitions"]),
    "a wrist that is swapped": ("median", 'wrist = "back", elbow = "bent"', 'wrist = "back", elbow = "straight"',
                                ["phases[0]", "at both ends", "slider"]),
    "an elbow that is swapped": ("median", 'wrist = "forward", elbow = "straight"',
                                 'wrist = "back", elbow = "straight"',
                                 ["phases[1]", "at both ends"]),
    "sides in turns that are not announced": ("calf_raise", 'start = ["one_foot_start"]\n', "",
                                              ["(step one_foot)", "write `start`"]),
    "a slider that pulls nowhere": ("median", 'wrist = "forward", elbow = "straight"',
                                    'wrist = "forward", elbow = "bent"', ["phases[1]", "at neither end"]),
    "a slider that stays": ("median", 'wrist = "forward", elbow = "straight"', 'wrist = "back", elbow = "bent"',
                            ["(step gliding)", "to and fro"]),
    "a slider that does not say what it pulls": ("median", 'wrist = "back", elbow = "bent"', 'wrist = "back"',
                                                 ["phases[0]", "write `distal` and `proximal`"]),
    "a tensioner in the name of strength": ("median", 'movement = "slider"', 'movement = "tensioner"',
                                            ["(step gliding)", "write movement = 'slider'"]),
    "a position that is said to be something else": ("median", 'elbow = "bent"', 'elbow = "bent", proximal = "pulled"',
                                                     ["phases[0]", "leave `proximal` out"]),
    "strength that is not declared": ("calf_raise", 'movement = "strength"\n', "",
                                      ["(step two_feet)", "phases[0]", "or another `movement`"]),
    "an unknown movement": ("median", 'movement = "slider"', 'movement = "glider"',
                            ["cardio, slider, strength, stretch, tensioner"]),
    "a side that is needed and not asked for": ("warm_up", 'kind = "intervals"\nid = "easy"',
                                                'kind = "hold"\nseconds = 20\nid = "lean"\n\n[[steps]]\n'
                                                'kind = "intervals"\nid = "easy"', ["(step lean)", "the side"]),
    "a hold before the screening": ("warm_up", '[[steps]]\nkind = "screen"',
                                    '[[steps]]\nkind = "hold"\nid = "lean"\nseconds = 20\nsides = "none"\n\n'
                                    '[[steps]]\nkind = "screen"', ["(step lean)", "before screening"]),
    "intervals before a pain score": ("warm_up", 'kind = "pain"\nid = "pain_before"',
                                      'kind = "number"\nid = "pain_before"', ["(step easy)", "`pain` step first"]),
    "a jump past the screening": ("warm_up", 'id = "screening_intro"\nprompts = ["screening_intro"]',
                                  'id = "screening_intro"\nprompts = ["screening_intro"]\nthen = { go = "settled" }',
                                  ["(step easy)", "before screening"]),
    "a single choice": ("calf_raise", "two_feet = {}, ", "", ["steps[9].answers (step level)", "length >= 2"]),
    "a choice that leads nowhere": ("calf_raise", 'go = "one_intro"', 'go = "one_intr"',
                                    ["(step level)", "did you mean one_intro?"]),
    "a rule that cannot be reached": ("calf_raise", "rules = [{ from = 8,", "highest = 5\nrules = [{ from = 8,",
                                      ["(step effort)", "from = 8", "write 0 to 5"]),
    "a rule that is misspelled": ("calf_raise", "{ from = 8,", "{ form = 8,", ["(step effort)", "`form`", "`from`"]),
    "numbers the wrong way round": ("calf_raise", "rules = [{ from = 8,",
                                    "lowest = 9\nhighest = 3\nrules = [{ from = 8,",
                                    ["(step effort)", "write the smaller number as lowest"]),
    "a remark on what was never asked": ("calf", 'remarks = ["slump_eases"]', 'remarks = ["slump_eased"]',
                                         ["(step pattern)", "'slump_eased'"]),
    "a remark on a question that may not be put": ("calf", 'remarks = ["slump_eases"]', 'remarks = ["settled"]',
                                                   ["(step pattern)", "'settled'"]),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_its_file_its_place_and_a_remedy(tmp_path: Path, mistake: str) -> None:
    of, old, new, parts = MISTAKES[mistake]
    copy = Copy(tmp_path, of)
    copy.change(old, new)
    refusal = copy.refusal()
    assert refusal.startswith(f"{copy.file}: ")
    assert "\n" not in refusal
    assert [part for part in parts if part not in refusal] == [], refusal


@pytest.mark.parametrize(
    ("of", "old", "new", "parts"),
    [
        (
            "calf_raise",
            "[meanings.one_foot]",
            "[meanings.one_leg]",
            ["meanings.one_foot is missing", "how people"],
        ),
        ("calf_raise", "spellings = [", "speling = [", ["meanings.two_feet", "`spellings`"]),
        ("calf_raise", "two_feet_start =", "two_feet_begin =", ["prompts.two_feet_start is missing"]),
        ("calf_raise", "[questions.level]", "[questions.levels]", ["questions.level is missing"]),
        ("warm_up", "knee_lifts =", "knees =", ["prompts.knee_lifts is missing"]),
        ("warm_up", 'march = "', 'march = "{side} ', ["prompts.march: {side} is no value in step easy"]),
        ("calf", "glute_end =", "glute_over =", ["prompts.glute_end is missing"]),
        ("calf", "summary_slump_eases_no =", "summary_not =", ["prompts.summary_slump_eases_no is missing"]),
    ],
)
def test_words_that_the_new_kinds_of_steps_need_are_asked_for(
    tmp_path: Path, of: str, old: str, new: str, parts: list[str]
) -> None:
    copy = Copy(tmp_path, of)
    copy.change_words(old, new)
    refusal = copy.words_refusal()
    assert refusal.startswith(f"{copy.words_file}: ")
    assert [part for part in parts if part not in refusal] == [], refusal


def test_a_tensioner_that_is_called_one_is_accepted(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "median")
    copy.change('movement = "slider"', 'movement = "tensioner"')
    copy.change('wrist = "back", elbow = "bent"', 'wrist = "back", elbow = "straight"')
    copy.change('wrist = "forward", elbow = "straight"', 'wrist = "forward", elbow = "bent"')
    assert read_programme(copy.file)


def test_a_slider_of_another_nerve_says_itself_which_end_is_pulled(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "median")
    copy.change('wrist = "back", elbow = "bent"', 'distal = "pulled", proximal = "slack"')
    copy.change('wrist = "forward", elbow = "straight"', 'distal = "slack", proximal = "pulled"')
    assert read_programme(copy.file)
    copy.change('distal = "slack", proximal = "pulled"', 'distal = "pulled", proximal = "pulled"')
    assert "phases[1] pulls the nerve at both ends" in copy.refusal()
