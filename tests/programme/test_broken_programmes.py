"""A programme file with a mistake is refused by a sentence with the file, the place in it, and what to write."""

import pytest

from tests.programme.copies import CALF, Copy
from voicecoach.programme.reader import read_programme
from voicecoach.programme.steps import Exercise

SCREEN = '[[steps]]\nkind = "screen"'
BOTH = 'both = { say = ["both_calves"], finish = "warning_sign" }'
SUMMARY = "[[steps]]" + CALF.read_text(encoding="utf-8").rpartition("[[steps]]")[2]
FLOSSING_HOLD = "steps[26].hold_seconds (step flossing)"
FLOSSING = "steps[26] (step flossing)"

MISTAKES = {
    "an unknown key": ("sets = 3", "sets = 3\nbananas = 3", [FLOSSING, "`bananas`", "leave it out"]),
    "a misspelled key": ("repetitions = 25", "repetitons = 25", [FLOSSING, "`repetitons`", "write `repetitions`"]),
    "a misspelled key of a phase": ('toes = "up"', 'tose = "up"', ["steps[26].phases[1]", "write `toes`"]),
    "a misspelled key at the top": ("[pain]", "[pian]", ["the top level", "`pian`", "write `pain`"]),
    "a key of another kind of step": ("sets = 3", "sets = 3\npause_seconds = 3", [FLOSSING, "leave it out"]),
    "text for a number": ("repetitions = 25", 'repetitions = "25"', ["steps[26].repetitions", "Expected `int`"]),
    "a fraction of a repetition": ("repetitions = 25", "repetitions = 2.5", ["steps[26].repetitions", "`int`"]),
    "26 repetitions": ("repetitions = 25", "repetitions = 26", ["steps[26].repetitions", "`int` <= 25"]),
    "no repetition": ("repetitions = 25", "repetitions = 0", ["steps[26].repetitions", "`int` >= 1"]),
    "six sets": ("sets = 3", "sets = 6", ["steps[26].sets", "`int` <= 5"]),
    "a hold of no time": ("hold_seconds = 3", "hold_seconds = 0", [FLOSSING_HOLD, "0 is outside", "3 to 3"]),
    "a hold that is not a number": ("hold_seconds = 3", "hold_seconds = nan", ["steps[26].hold_seconds", ">= 0"]),
    "a hold without end": ("hold_seconds = 3", "hold_seconds = inf", ["steps[26].hold_seconds", "<= 30"]),
    "a hasty move": ("rest_seconds = 60", "rest_seconds = 60\nmove_seconds = 1", ["steps[26].move_seconds", ">= 1.5"]),
    "pain beyond ten": ("stop_from = 6", "stop_from = 11", ["pain.stop_from", "<= 6"]),
    "an exercise that goes on where ours stops": ("stop_rise = 2", "stop_rise = 3", ["pain.stop_rise", "<= 2"]),
    "easing off later than ours": ("ease_from = 4", "ease_from = 5", ["pain.ease_from", "<= 4"]),
    "a duplicate id": ('id = "seated"', 'id = "set_up"', ["steps[10] (step set_up)", "another step", "its own"]),
    "an id that is no key": ('id = "seated"', 'id = "Sit down"', ["steps[10].id", "^[a-z][a-z0-9_]*$"]),
    "a step without id": ('id = "welcome"\n', "", ["steps[0]", "required field `id`"]),
    "a jump to an unknown step": ('"knee_offer" }', '"knee_ofer" }', ["step glute_offer", "did you mean knee_offer?"]),
    "a jump back": ('"knee_offer" }', '"slump" }', ["step glute_offer", "'slump'", "name a later step"]),
    "a jump to itself": ('"knee_offer" }', '"glute_offer" }', ["step glute_offer", "'glute_offer' is no later step"]),
    "toes up with the head down": ('toes = "up", head = "up"', 'toes = "up", head = "down"',
                                   [FLOSSING, "phases[1]", "toes up with head down", "write head = 'up'"]),
    "toes down with the head up": ('toes = "down", head = "down"', 'toes = "down", head = "up"',
                                   [FLOSSING, "phases[0]", "toes down with head up", "write head = 'down'"]),
    "a test before the screening": (SCREEN, '[[steps]]\nkind = "say"\nid = "early"\nprompts = ["slump"]\n'
                                    'part = "test"\n\n' + SCREEN, ["steps[3] (step early)", "put a `screen` step"]),
    "a way round the screening": (SCREEN, '[[steps]]\nkind = "ask"\nid = "hurry"\nyes = { go = "side" }\n\n' + SCREEN,
                                  ["steps[12] (step slump)", "before screening", "put a `screen` step"]),
    "a way round the pain score": (BOTH, 'both = { go = "set_up" }', ["(step slump)", "a pain score", "`pain` step"]),
    "an exercise with pain on both sides": (BOTH, 'both = { say = ["both_calves"] }',
                                            ["steps[5].both (step side)", "write finish = 'warning_sign'"]),
    "a branch on what was never asked": ('all_yes = ["slump_familiar"', 'all_yes = ["slump_familar"',
                                         ["(step third_of_use)", "'slump_familar'", "name an earlier `ask` step"]),
    "a branch on a step that asks nothing": ('"slump_familiar", "', '"slump", "', ["(step third_of_use)", "'slump'"]),
    "a branch on a later question": ('"slump_familiar", "', '"knee_offer", "', ["(step third_of_use)", "'knee_offer'"]),
    "a marker that was never asked": ('markers = ["marker_moves"', 'markers = ["marker_move"', ["'marker_move'"]),
    "no summary at the end": (SUMMARY, "", ["(step pain_after)", "kind = 'summary'"]),
    "eight screening questions": ('{ id = "spine"', '{ id = "fever", action = "same_day" }, { id = "spine"',
                                  ["steps[3].questions (step screening)", "length <= 7"]),
    "a screening question without action": (', action = "same_day" }', " }", ["steps[3].questions[3]", "`action`"]),
    "a step of no kind": ('kind = "ready"\n', "", ["steps[1] (step ready)", "required field `kind`"]),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_its_file_its_place_and_a_remedy(copy: Copy, mistake: str) -> None:
    old, new, parts = MISTAKES[mistake]
    copy.change(old, new)
    refusal = copy.refusal()
    assert refusal.startswith(f"{copy.file}: ")
    assert "\n" not in refusal
    assert [part for part in parts if part not in refusal] == [], refusal


@pytest.mark.parametrize("needed", ["screen", "side", "pain"])
def test_nothing_moves_in_a_programme_without_screening_side_or_pain_score(copy: Copy, needed: str) -> None:
    first = next(text for text in copy.file.read_text(encoding="utf-8").split("[[steps]]") if f'"{needed}"' in text)
    copy.change("[[steps]]" + first, "")
    assert f"put a `{needed}` step first" in copy.refusal()


@pytest.mark.parametrize("part", ["steps = 3\n", "steps = [3]\n", "steps = []\n", ""])
def test_a_programme_without_steps_is_refused(copy: Copy, part: str) -> None:
    copy.file.write_text('id = "mine"\ntitle = "Mine"\nsource = "me"\n' + part, encoding="utf-8")
    assert copy.refusal().startswith(f"{copy.file}: ")


def test_a_programme_that_is_not_utf_8_is_refused_with_the_remedy(copy: Copy) -> None:
    copy.file.write_bytes(copy.file.read_bytes().replace(b"Calf pain", "Wadenschmerz für".encode("latin-1")))
    assert copy.refusal() == f"{copy.file} is not UTF-8 text; save it as UTF-8."


@pytest.mark.parametrize("text", ["steps = [", 'id = "calf', "a = " + "[" * 5000, "[[steps]]\nid = 1\nid = 2"])
def test_a_programme_that_is_not_toml_is_refused(copy: Copy, text: str) -> None:
    copy.file.write_text(text, encoding="utf-8")
    assert copy.refusal().startswith(f"{copy.file} is not valid TOML: ")


def test_a_mistake_in_toml_is_refused_with_its_line(copy: Copy) -> None:
    copy.change('kind = "say"', "kind = say")
    assert "(at line 21, column" in copy.refusal()


def test_a_programme_that_cannot_be_read_is_refused_with_the_reason(copy: Copy) -> None:
    copy.file.unlink()
    copy.file.mkdir()
    assert copy.refusal() == f"{copy.file} cannot be read (Is a directory); check the file and its permissions."


def test_a_number_of_5000_digits_is_refused(copy: Copy) -> None:
    copy.change("repetitions = 25", "repetitions = " + "9" * 5000)
    assert str(copy.file) in copy.refusal()


def test_a_jump_to_an_unknown_step_before_the_exercise_is_refused(copy: Copy) -> None:
    copy.change(BOTH, 'both = { go = "nowhere" }')
    assert "steps[5] (step side): go = 'nowhere' is no later step" in copy.refusal()


@pytest.mark.parametrize(
    ("old", "new", "choices"),
    [
        ('kind = "side"', 'kind = "sides"', ["side", "ready", "summary"]),
        ('finish = "warning_sign"', 'finish = "warning"', ["complete", "stopped", "warning_sign", "no_match"]),
        ('toes = "up"', 'toes = "upwards"', ["up", "down"]),
        ('part = "test"', 'part = "tests"', ["talk", "test"]),
    ],
)
def test_a_wrong_word_is_refused_with_the_words_to_choose_from(
    copy: Copy, old: str, new: str, choices: list[str]
) -> None:
    copy.change(old, new)
    _, _, remedy = copy.refusal().partition(";")
    assert [choice for choice in choices if choice not in remedy] == []


def test_a_step_that_says_nothing_is_refused(copy: Copy) -> None:
    copy.change('prompts = ["set_up"]', "prompts = []")
    assert "steps[9].prompts (step set_up)" in copy.refusal()


def test_an_answer_that_both_goes_on_and_ends_the_session_is_refused(copy: Copy) -> None:
    copy.change('go = "knee_offer"', 'go = "knee_offer", finish = "stopped"')
    assert "steps[28].no (step glute_offer)" in copy.refusal()


def test_two_screening_questions_of_one_id_are_refused(copy: Copy) -> None:
    copy.change('{ id = "spine"', '{ id = "chest"')
    assert "steps[3].questions[6]" in copy.refusal()


def test_a_screening_question_with_the_id_of_a_step_is_refused(copy: Copy) -> None:
    copy.change('{ id = "spine"', '{ id = "seated"')
    assert "steps[3].questions[6] (step screening): another question or step" in copy.refusal()


def test_a_changed_programme_without_mistakes_is_accepted(copy: Copy) -> None:
    copy.change("repetitions = 25", "repetitions = 10")
    copy.change('"knee_offer" }', '"pain_after" }')
    assert [step.repetitions for step in read_programme(copy.file).steps if isinstance(step, Exercise)] == [10]
