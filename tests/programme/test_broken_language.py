"""Mistakes in limits, profiles, choices, numbers and movements are refused at their place with a remedy."""

from pathlib import Path

import pytest

from tests.programme.broken import Broken, expect_in_steps, expect_in_words, findings
from tests.programme.copies import Copy
from voicecoach.programme.programme_reader import read_programme

BEND = 'wrist = "back", elbow = "bent"'
REACH = 'wrist = "forward", elbow = "straight"'
EASY = 'kind = "intervals"\nid = "easy"'
SCREENING = '[[steps]]\nkind = "screen"'
LEAN = 'kind = "hold"\nid = "lean"\nseconds = 20\nsides = "none"\n'

MISTAKES = {
    "a hold beyond the limits": Broken("hold_seconds = 2", "hold_seconds = 4", "hold_seconds = ^4",
                                       "hold_seconds is 4, outside", "write 1 to 3", "median"),
    "a hold of no time": Broken("hold_seconds = 3\n", "hold_seconds = 0\n", "hold_seconds = ^0",
                                "hold_seconds is 0, outside", "write 3 to 3"),
    "a hold of one phase beyond the limits": Broken('elbow = "bent"', 'elbow = "bent", hold_seconds = 9',
                                                    "hold_seconds = ^9", "is 9, outside", "1 to 3", "median"),
    "repetitions beyond the limits": Broken("repetitions = 10", "repetitions = 20", "repetitions = ^20",
                                            "repetitions is 20, outside", "write 1 to 15", "median"),
    "a profile beyond the limits": Broken("repetitions = 5 }", "repetitions = 25 }", "repetitions = ^25",
                                          "repetitions is 25, outside", "write 1 to 15", "median"),
    "limits the wrong way round": Broken("sets = [1, 3]", "sets = [3, 1]", "sets = ^[3", "no sets is both 3 or more",
                                         "write [1, 3]", "median"),
    "limits of three numbers": Broken("sets = [1, 3]", "sets = [1, 2, 3]", "sets = ^[1", "sets is a list",
                                      "[a whole number from 1 to 5, a whole", "median"),
    "limits beyond what any programme may ask": Broken("sets = [1, 3]", "sets = [1, 9]", "sets = [1, ^9]", "is 9",
                                                       "a whole number from 1 to 5", "median"),
    "an unknown limit": Broken("sets = [1, 3]", "set = [1, 3]", "^set = [1", "`set`", "write `sets`", "median"),
    "a profile of an unknown exercise": Broken("gliding = {", "glidin = {", "glidin =", 'no exercise "glidin"',
                                               "write `gliding`", "median"),
    "a profile of a step that is no exercise": Broken("gliding = {", "welcome = {", "^welcome = {",
                                                      'no exercise "welcome"', "leave it out", "median"),
    "rounds of an exercise": Broken("repetitions = 5 }", "rounds = 5 }", "rounds = 5", '"gliding" has no rounds',
                                    "sets or repetitions", "median"),
    "repetitions of intervals": Broken("easy = { rounds = 2 }", "easy = { repetitions = 2 }", "repetitions = 2",
                                       '"easy" has no repetitions', "write rounds", "warm_up"),
    "a profile of no name": Broken("profiles.cautious", 'profiles."Not so much"', '[^profiles."Not', "is no name",
                                   "small letters", "median"),
    "a wrist that is swapped": Broken(BEND, 'wrist = "back", elbow = "straight"', '^{ id = "bend"',
                                      "at both ends, which no slider does", "let one end go", "median"),
    "an elbow that is swapped": Broken(REACH, 'wrist = "back", elbow = "straight"', '^{ id = "reach"', "at both ends",
                                       'movement = "tensioner"', "median"),
    "toes down with the head up": Broken('toes = "down", head = "down"', 'toes = "down", head = "up"',
                                         'toes = "down", head = ^"up"', "toes down with head up pulls the nerve at nei",
                                         'write head = "down"'),
    "sides in turns that are not announced": Broken('position = "one_ready"\n', "", 'sides = ^"both"',
                                                    "nobody is told whose turn it is", "add `position`", "calf_raise"),
    "a slider that pulls nowhere": Broken(REACH, 'wrist = "forward", elbow = "bent"', '^{ id = "reach"',
                                          "at neither end", "let one end pull", "median"),
    "a slider that stays": Broken(REACH, 'wrist = "back", elbow = "bent"', "phases = ^[", "a slider goes to and fro",
                                  "pulls at the other end", "median"),
    "a slider that does not say what it pulls": Broken(BEND, 'wrist = "back"', '^{ id = "bend"', "does not say",
                                                       "write `distal` and `proximal`", "median"),
    "a slider in the name of a tensioner": Broken('movement = "slider"', 'movement = "tensioner"', '^"tensioner"',
                                                  "so this is no tensioner", 'movement = "slider"', "median"),
    "a position that is said to be something else": Broken('elbow = "bent"', 'elbow = "bent", proximal = "pulled"',
                                                           'proximal = ^"pulled"', 'proximal is "pulled"',
                                                           "leave `proximal` out", "median"),
    "an unknown movement": Broken('movement = "slider"', 'movement = "glider"', '"glider"', 'movement is "glider"',
                                  "cardio, slider, strength, stretch, tensioner", "median"),
    "a wrist that turns": Broken('wrist = "back"', 'wrist = "round"', '"round"', 'wrist is "round"',
                                 "one of back, forward", "median"),
    "a side that is needed and not asked for": Broken(EASY, f"{LEAN.replace('none', 'sore')}\n[[steps]]\n{EASY}",
                                                      'id = ^"lean"', 'in step "lean" before the side',
                                                      'kind = "side"', "warm_up"),
    "intervals before a pain score": Broken('kind = "pain"\nid = "pain_before"', 'kind = "number"\nid = "pain_before"',
                                            'id = ^"easy"', 'in step "easy" before a pain score', 'kind = "pain"',
                                            "warm_up"),
    "a single choice": Broken("two_feet = {}, ", "", "answers = ^{", "answers has 1 entry", "write 2 to 6",
                              "calf_raise"),
    "an answer of no name": Broken("two_feet = {}, ", '"both, please" = {}, ', '"both, please"', "is no name",
                                   "small letters", "calf_raise"),
    "a rule that cannot be reached": Broken("rules = [{ from = 8,", "highest = 5\nrules = [{ from = 8,", "from = ^8",
                                            "nobody can answer 8", "write 0 to 5", "calf_raise"),
    "a rule that is misspelled": Broken("{ from = 8,", "{ from = 8, sai = [],", "^sai", "`sai`", "leave it out",
                                        "calf_raise"),
    "numbers the wrong way round": Broken("rules = [{ from = 8,", "lowest = 9\nhighest = 3\nrules = [{ from = 8,",
                                          "lowest = ^9", "lowest is 9 and highest is 3", "the smaller number as lowest",
                                          "calf_raise"),
    "a number of no worse direction": Broken("rules = [{ from = 8,", 'worse = "up"\nrules = [{ from = 8,',
                                             'worse = ^"up"', 'worse is "up"', "write one of higher, lower",
                                             "calf_raise"),
    "a remark on what was never asked": Broken('remarks = ["slump_eases"]', 'remarks = ["slump_eased"]',
                                               '"slump_eased"', "no yes/no question asked before", "the kind ask"),
    "a remark on a question that may not be put": Broken('remarks = ["slump_eases"]', 'remarks = ["settled"]',
                                                         'remarks = [^"settled"]', '"settled" is no yes/no question',
                                                         "the kind ask"),
}  # fmt: skip

WORDS = {
    "an answer without words": Broken("[meanings.one_foot]", "[meanings.one_leg]", "^[meanings.two_feet]",
                                      'no words for the answer "one_foot", which step "level" needs',
                                      "add [meanings.one_foot] with `spellings`", "calf_raise"),
    "an answer with misspelled words": Broken("[meanings.one_foot]", "[meanings.one_foots]", "[^meanings.one_foots]",
                                              'no words for the answer "one_foot"',
                                              "write `one_foot` in the place of `one_foots`", "calf_raise"),
    "a command in other words": Broken("[meanings.two_feet]", '[meanings.stop]\nspellings = ["halt"]\n'
                                       "accept_above = 0.5\nsure_above = 0.9\n\n[meanings.two_feet]",
                                       "[^meanings.stop]", '"stop" means something in every programme',
                                       "another name", "calf_raise"),
    "an answer that is said like a command": Broken('"one foot", "on one', '"again", "on one', '^"again", "on one',
                                                    '"again" means repeat already when "level" is asked',
                                                    "say it in more words", "calf_raise"),
    "two answers that are said alike": Broken('"one foot", "on one', '"both", "on one', '^"both", "on one',
                                              '"both" means two_feet already', "leave it out", "calf_raise"),
    "a template that is not closed": Broken('"one foot", "on one', '"one (foot", "on one', '^"one (foot"',
                                            'meaning one_foot: "one (foot" has no ")"', 'write ")" after it',
                                            "calf_raise"),
    "a template of no rule": Broken('"one foot", "on one', '"<how> foot", "on one', '^"<how> foot"',
                                    "needs <how>, which no rule says", 'add how = "..." to the rules', "calf_raise"),
    "a template that is said like a command": Broken('"one foot", "on one', '"[one] again", "on one', '^"[one] again"',
                                                     '"again" means repeat already', "say it in more words",
                                                     "calf_raise"),
    "misspelled spellings": Broken("spellings = [\"two", "speling = [\"two", "speling", "`speling`",
                                   "write `spellings`", "calf_raise"),
    "a confidence on no scale": Broken("accept_above = 0.5\nsure_above = 0.9\n\n[meanings", "accept_above = -4.5\n"
                                       "sure_above = 0.9\n\n[meanings", "-4.5", "accept_above is -4.5",
                                       "a number from 0 to 1", "calf_raise"),
    "a position without words": Broken("[questions.two_ready]", "[questions.two_readies]", "[^questions.two_readies]",
                                       'no words for "two_ready"', "place of `two_readies`", "calf_raise"),
    "a choice without words": Broken("[questions.level]", "[questions.levels]", "[^questions.levels]",
                                     'no words for "level"', "write `level` in the place of `levels`", "calf_raise"),
    "a round without words": Broken("knee_lifts =", "knees_lift =", "knees_lift =", 'no words for "knee_lifts"',
                                    "in the place of `knees_lift`", "warm_up"),
    "a side in a round": Broken('march = "March', 'march = "{side} March', '^"{side} March',
                                '{side} is no value in step "easy"', "emergency_number", "warm_up"),
    "a side that is never asked for": Broken('paused = "', 'paused = "{side} ', '^"{side} ', "{side} is no value here",
                                             "emergency_number", "warm_up"),
    "an end without words": Broken("glute_end =", "glute_ends =", "glute_ends", 'no words for "glute_end"',
                                   "in the place of `glute_ends`"),
    "a remark without words": Broken("summary_slump_eases_no =", "summary_slump_ease_no =", "summary_slump_ease_no",
                                     'no words for "summary_slump_eases_no"', "in the place of"),
    "an answer of one's own that is not declared": Broken('echoes = ["one_foot", "two_feet"]\n', "",
                                                          'ask = ^"Would you like to do it on two', '"two feet"',
                                                          'echoes = ["one_foot", "two_feet"]', "calf_raise"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_larger_language_is_refused_at_its_place_with_a_remedy(tmp_path: Path, mistake: str) -> None:
    expect_in_steps(MISTAKES[mistake], Copy(tmp_path, MISTAKES[mistake].of))


@pytest.mark.usefixtures("walks_remembered")
@pytest.mark.parametrize("mistake", WORDS)
def test_words_that_the_new_kinds_of_steps_need_are_asked_for(tmp_path: Path, mistake: str) -> None:
    expect_in_words(WORDS[mistake], Copy(tmp_path, WORDS[mistake].of))


def messages(copy: Copy) -> list[str]:
    return [finding.message for finding in findings(copy) if finding.file == str(copy.file)]


def test_a_jump_past_the_screening_is_found_and_that_nothing_leads_to_it(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "warm_up")
    copy.change('prompts = ["screening_intro"]', 'prompts = ["screening_intro"]\nthen = { go = "settled" }')
    assert messages(copy) == [
        'no answers lead to the step "screening"', 'something moves in step "easy" before screening',
    ]  # fmt: skip


def test_a_choice_that_leads_nowhere_is_found_and_what_it_should_lead_to(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "calf_raise")
    copy.change('go = "one_intro"', 'go = "one_intr"')
    assert messages(copy) == ['there is no step "one_intr"', 'no answers lead to the step "one_intro"']
    assert 'write go = "one_intro"' in copy.refusal()


@pytest.mark.parametrize("other", ["strength", "stretch", "cardio"])
def test_a_tensioner_in_the_name_of_another_movement_is_refused(tmp_path: Path, other: str) -> None:
    copy = Copy(tmp_path, "median")
    copy.change('movement = "slider"', f'movement = "{other}"')
    copy.change(REACH, 'wrist = "back", elbow = "straight"')
    assert messages(copy) == [f"this phase pulls the nerve at both ends, which no {other} does"]


def test_strength_that_is_not_declared_is_refused_in_each_phase(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "calf_raise")
    copy.change('movement = "strength"\n', "")
    assert [finding.message.partition(" does not say ")[0] for finding in findings(copy)] == ["this phase"] * 2
    assert "or another `movement`" in copy.refusal()


def test_a_hold_before_the_screening_lacks_the_pain_score_too(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "warm_up")
    copy.change(SCREENING, f"[[steps]]\n{LEAN}\n{SCREENING}")
    assert set(messages(copy)) == {
        f'something moves in step "lean" before {what}' for what in ("screening", "a pain score")
    }


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
    assert "pulls the nerve at both ends, which no slider does" in copy.refusal()
