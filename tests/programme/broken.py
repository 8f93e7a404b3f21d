"""Programmes that each have one mistake: what was changed in one of ours, where it is, and why it is refused."""

from typing import NamedTuple

from tests.programme.copies import CALF, Copy, place_of
from voicecoach.programme.checking.problem import Finding
from voicecoach.proving.programme_check import check_programme


class Broken(NamedTuple):
    """`old` became `new`; the mistake stands where `^` is in `at`, or where `at` begins."""

    old: str
    new: str
    at: str
    what: str
    remedy: str
    of: str = "calf"
    """The programme that was changed."""


def findings(copy: Copy) -> list[Finding]:
    """Return every problem of a copy of the programme."""
    return check_programme(copy.file).problems


def _expect(broken: Broken, found: list[Finding], text: str) -> None:
    """Assert that a mistake is found at its place, for its reason, with a remedy, and nothing else."""
    assert len(found) == len({(f.file, f.line, f.column) for f in found}) == 1, [str(finding) for finding in found]
    assert (found[0].line, found[0].column) == place_of(broken.at, text), str(found[0])
    assert broken.what in found[0].message
    assert broken.remedy in found[0].remedy


def expect_in_steps(broken: Broken, copy: Copy) -> None:
    """Make the mistake in a copy's steps; assert that it is the only one found in them and what refuses the copy."""
    copy.change(broken.old, broken.new)
    found = [finding for finding in findings(copy) if finding.file == str(copy.file)]
    _expect(broken, found, copy.file.read_text(encoding="utf-8"))
    assert copy.refusal() == str(found[0])


def expect_in_words(broken: Broken, copy: Copy) -> None:
    """Make the mistake in a copy's words; assert that it is the only one found."""
    copy.change_words(broken.old, broken.new)
    found = findings(copy)
    assert [finding.file for finding in found] == [str(copy.words_file)]
    _expect(broken, found, copy.words_file.read_text(encoding="utf-8"))


SCREEN = '[[steps]]\nkind = "screen"'
BOTH = 'both = { say = ["both_calves"], finish = "warning_sign" }'
SUMMARY = "\n[[steps]]" + CALF.read_text(encoding="utf-8").rpartition("[[steps]]")[2]
WELCOME = 'welcome = "Hello.'
READY = 'echoes = ["yes"]\n\n[questions.chest]'

STEPS = {
    "an unknown key": Broken("sets = 3\n", "sets = 3\nbananas = 3\n", "bananas", "unknown key `bananas`",
                             "leave it out"),
    "a misspelled key": Broken("repetitions = 25", "repetitons = 25", "repetitons", "`repetitons`",
                               "write `repetitions`"),
    "a misspelled key of a phase": Broken('toes = "up"', 'tose = "up"', 'tose = "up"', "`tose`", "write `toes`"),
    "a misspelled table": Broken("[pain]", "[pian]", "[^pian]", "unknown key `pian`", "write `pain`"),
    "a misspelled limit": Broken("repetitions = [", "repetition = [", "repetition = [", "`repetition`",
                                 "`repetitions`"),
    "a key of another kind": Broken("sets = 3\n", "sets = 3\npause_seconds = 3\n", "sets = 3\n^pause_seconds",
                                    "unknown key `pause_seconds`", "belongs to the kind say"),
    "text for a number": Broken("ions = 25", 'ions = "25"', 'ions = ^"25"', 'repetitions is "25"',
                                "number from 1 to 25"),
    "half a repetition": Broken("ions = 25", "ions = 2.5", "ions = ^2.5", "repetitions is 2.5", "a whole number"),
    "26 repetitions": Broken("ions = 25", "ions = 26", "ions = ^26", "repetitions is 26", "from 1 to 25"),
    "no repetition": Broken("ions = 25", "ions = 0", "ions = ^0", "repetitions is 0", "from 1 to 25"),
    "a hold that is not a number": Broken("hold_seconds = 3\n", "hold_seconds = nan\n", "hold_seconds = ^nan",
                                          "hold_seconds is nan", "a number from 0 to 30"),
    "a hold without end": Broken("hold_seconds = 3\n", "hold_seconds = inf\n", "= ^inf", "is inf", "from 0 to 30"),
    "a hold outside the limits": Broken("hold_seconds = 3\n", "hold_seconds = 5\n", "hold_seconds = ^5",
                                        "hold_seconds is 5, outside the limits", "write 3 to 3, or change [limits]"),
    "a set outside the limits": Broken("\nsets = 3\n", "\nsets = 4\n", "\nsets = ^4", "sets is 4, outside",
                                       "write 1 to 3"),
    "a dose outside the limits": Broken("[1, 25]", "[1, 20]", "repetitions = ^25", "repetitions is 25, outside",
                                        "1 to 20"),
    "limits the wrong way round": Broken("[1, 25]", "[25, 1]", "repetitions = ^[", "no repetitions is both", "[1, 25]"),
    "limits of three numbers": Broken("[1, 25]", "[1, 2, 25]", "repetitions = ^[", "repetitions is a list", "[a whole"),
    "a hasty move": Broken("movement = ", "move_seconds = 1\nmovement = ", "move_seconds = ^1", "is 1", "1.5 to 10"),
    "pain beyond ten": Broken("stop_from = 6", "stop_from = 11", "stop_from = ^11", "stop_from is 11", "from 0 to 6"),
    "a lenient traffic light": Broken("stop_rise = 2", "stop_rise = 3", "= ^3\n\n[limits]", "stop_rise is 3", "1 to 2"),
    "a duplicate id": Broken('id = "seated"', 'id = "set_up"', 'kind = "ready"\nid = ^"set_up"', 'the id "set_up"',
                             "its own"),
    "an id that is no key": Broken('id = "seated"', 'id = "Sit down"', '^"Sit down"', 'id is "Sit down"',
                                   "small letters"),
    "a step without id": Broken('id = "welcome"\n', "", '[[steps]]\nkind = "say"\nprompts = ["welcome"]', "no `id`",
                                "add `id`"),
    "a step of no kind": Broken('kind = "ready"\nid = "seated"', 'id = "seated"', '[[steps]]\nid = "seated"',
                                "there is no `kind`", "add `kind`, one of say"),
    "a step of an unknown kind": Broken('"side"', '"sides"', '"sides"', 'kind is "sides"', "write one of"),
    "a step that says nothing": Broken('["set_up"]', "[]", "prompts = ^[]", "prompts has 0 entries",
                                       "write at least 1"),
    "an outcome that there is not": Broken('"warning_sign"', '"warning"', '"warning"', 'finish is "warning"',
                                           "no_match"),
    "toes that go sideways": Broken('toes = "up"', 'toes = "side"', 'toes = ^"side"', 'toes is "side"',
                                    "one of down, up"),
    "a jump to an unknown step": Broken('"knee_offer" }', '"knee_ofer" }', '"knee_ofer"', 'no step "knee_ofer"',
                                        'write go = "knee_offer"'),
    "an endless loop": Broken('"knee_offer" }', '"slump" }', 'go = ^"slump"', "goes back", "name a later step"),
    "a jump to itself": Broken('"knee_offer" }', '"glute_offer" }', 'go = ^"glute_offer"', "for ever", "a later step"),
    "an answer that goes on and ends": Broken('{ go = "knee_offer" }', '{ go = "knee_offer", finish = "stopped" }',
                                              'no = ^{ go = "knee_offer"', "`go` goes on and `finish` ends",
                                              "leave one"),
    "steps that nothing leads to": Broken('no = { go = "knee_offer" }',
                                          'yes = { go = "knee_offer" }\nno = { go = "knee_offer" }',
                                          'id = ^"hip"', 'no answers lead to the step "hip"', "go = "),
    "a swapped head": Broken('toes = "up", head = "up"', 'toes = "up", head = "down"', 'toes = "up", head = ^"down"',
                             "toes up with head down", 'write head = "up"'),
    "swapped toes": Broken('toes = "down", head = "down"', 'toes = "up", head = "down"', 'toes = "up", head = ^"down"',
                           "pulls the nerve at both ends", 'movement = "tensioner" if that is meant'),
    "a slider called a tensioner": Broken('"slider"', '"tensioner"', '"tensioner"', "no tensioner",
                                          'write movement = "slider"'),
    "a movement that there is not": Broken('"slider"', '"glider"', '"glider"', 'movement is "glider"', "one of cardio"),
    "a way round the screening": Broken(SCREEN,
                                        '[[steps]]\nkind = "ask"\nid = "hurry"\nyes = { go = "side" }\n\n' + SCREEN,
                                        'id = ^"slump_test"', "moves in step \"slump_test\" before screening",
                                        '"screen"'),
    "an exercise with pain on both sides": Broken(BOTH, 'both = { say = ["both_calves"] }', "both = ^{ say",
                                                  "pain on both sides", 'write finish = "warning_sign"'),
    "an unhandled answer": Broken(f"\n{BOTH}", "", '[[steps]]\nkind = "side"', "there is no `both`", "add `both`"),
    "a branch on what was never asked": Broken('["slump_familiar"', '["slump_familar"', '^"slump_familar"',
                                               "no yes/no question asked before", "an earlier step of the kind ask"),
    "a branch on a later question": Broken('["slump_familiar"', '["knee_offer"', '[^"knee_offer"', '"knee_offer"',
                                           "earlier"),
    "a branch without two ways": Broken('["no_match"], finish = "no_match" }', '["no_match"], go = "outlook" }',
                                        'otherwise = ^{ say', "lead to the same place", "`finish`"),
    "a dose of no profile": Broken('yes = { profile = "cautious" }', 'yes = { profile = "careful" }', '^"careful"',
                                   'there is no profile "careful"', "[profiles.careful]"),
    "no outcome": Broken(SUMMARY, "", 'kind = ^"pain"\nid = "pain_after"', "no outcome", 'kind = "summary"'),
    "twenty-one screening questions": Broken('{ id = "spine"', '{ id = "itch", action = "same_day" },\n    '
                                             '{ id = "rash", action = "same_day" },\n    '
                                             '{ id = "cough", action = "same_day" },\n    { id = "spine"',
                                             "questions = ^[", "questions has 21 entries", "write 1 to 20"),
    "a screening question without action": Broken('"chest", action = "emergency" }', '"chest" }', '{ id = "chest"',
                                                  "there is no `action`", "add `action`"),
    "a screening question with the id of a step": Broken('id = "spine"', 'id = "seated"', '^"seated", action',
                                                         'another step or question has the id "seated"', "its own"),
    "easing off later than ours": Broken("ease_from = 4", "ease_from = 5", "ease_from = ^5", "ease_from is 5",
                                         "from 0 to 4"),
    "a part that there is not": Broken('slump_familiar"\npart = "test"', 'slump_familiar"\npart = "tests"', '"tests"',
                                       'part is "tests"', "one of talk, test"),
    "a branch on a step that asks nothing": Broken('["slump_familiar"', '["slump"', 'all_yes = [^"slump",',
                                                   '"slump" is no yes/no', "an earlier step of the kind ask"),
    "a marker that was never asked": Broken('markers = ["marker_moves", "marker_massage"]\nremarks',
                                            'markers = ["marker_move", "marker_massage"]\nremarks', '^"marker_move"',
                                            '"marker_move" is no yes/no question', "an earlier step"),
    "two questions of one id": Broken('id = "spine"', 'id = "chest"', '^"chest", action = "clin', 'id "chest"',
                                      "its own"),
    "no quotes": Broken('kind = "side"', "kind = side", "kind = ^side", "not valid TOML", "mend this place"),
    "a step without end": Broken('id = "side"', 'id = "side', 'id = "side^\n', "not valid TOML", "mend this place"),
}  # fmt: skip

WORDS = {
    "a missing prompt": Broken(WELCOME, 'welcom = "Hello.', "welcom =", 'no words for "welcome"',
                               "in the place of `welcom`"),
    "a missing question": Broken("[questions.pain_set]", "[questions.spare]", "^[questions.ready]",
                                 'no words for "pain_set"', "add [questions.pain_set] with `ask` and `again`"),
    "a misspelled wording": Broken('again = "I am listening', 'agian = "I am listening', "agian", "`agian`",
                                   "write `again`"),
    "a misspelled table of words": Broken("[prompts]", "[promts]", "[^promts]", "unknown key `promts`",
                                          "write `prompts`"),
    "a number for a text": Broken('knee_end = "', 'knee_end = 3\nspare = "', "knee_end = ^3", "knee_end is 3",
                                  "text"),
    "a value that there is not": Broken(WELCOME, 'welcome = "Hello {name}.', '^"Hello {name}', "{name} is no value",
                                        "side"),
    "a side that is not known yet": Broken(WELCOME, 'welcome = "Hello {side}.', '^"Hello {side}',
                                           '{side} is no value in step "welcome"', "write one of emergency_number"),
    "a brace without end": Broken(WELCOME, 'welcome = "Hello {.', '^"Hello {', "expected '}'", "round a value's name"),
    "nothing to say": Broken(WELCOME, 'welcome = " ... "\nspare = "', '^" ... "', "nothing to say", "write a sentence"),
    "a command that is not declared": Broken('third_lower = "Sit up slowly."', 'third_lower = "Sit up, then pause."',
                                             '"Sit up, then', '"pause"', 'third_lower = ["pause"] under [echoes]'),
    "an answer that is not declared": Broken(READY, "\n[questions.chest]", '"Say yes when you are ready."',
                                             'says "yes" here', 'echoes = ["yes"] in [questions.ready]'),
    "an echo declared in vain": Broken('halfway = ["pause"]', 'halfway = ["pause", "skip"]', '["pause", ^"skip"]',
                                       'nothing here is taken for "skip"', "leave it out"),
    "an echo of no prompt": Broken('halfway = ["pause"]', 'halfway = ["pause"]\nhalfwas = []', "halfwas",
                                   "there is no prompt `halfwas`", "leave it out"),
}  # fmt: skip
