"""Each programme with a mistake is refused at its line and column, for the right reason, and says what to write."""

import pytest

from tests.programme.broken import BOTH, SCREEN, STEPS, WORDS, expect_in_steps, expect_in_words, findings
from tests.programme.copies import Copy, place_of
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.steps import Exercise


def test_there_are_forty_broken_files_and_more() -> None:
    assert len(STEPS) + len(WORDS) >= 40


@pytest.mark.parametrize("mistake", STEPS)
def test_a_mistake_in_the_steps_is_refused_at_its_place_with_a_remedy(copy: Copy, mistake: str) -> None:
    expect_in_steps(STEPS[mistake], copy)


@pytest.mark.usefixtures("walks_remembered")
@pytest.mark.parametrize("mistake", WORDS)
def test_a_mistake_in_the_words_is_refused_at_its_place_with_a_remedy(copy: Copy, mistake: str) -> None:
    expect_in_words(WORDS[mistake], copy)


def test_every_problem_of_both_files_is_said_in_their_order(copy: Copy) -> None:
    for name in (
        "an endless loop",
        "a swapped head",
        "a misspelled key",
        "a set outside the limits",
        "pain beyond ten",
    ):
        copy.change(STEPS[name].old, STEPS[name].new)
    for name in ("nothing to say", "a misspelled wording"):
        copy.change_words(WORDS[name].old, WORDS[name].new)
    parts = ["nothing to say", "`agian`", "stop_from", "sets is 4", "`repetitons`", "toes up", "goes back"]
    found = findings(copy)
    assert [part in str(finding) for finding, part in zip(found, parts, strict=True)] == [True] * len(parts)
    assert [finding.line for finding in found[2:]] == sorted(finding.line for finding in found[2:])


@pytest.mark.parametrize("needed", ["screen", "side", "pain"])
def test_nothing_moves_in_a_programme_without_screening_side_or_pain_score(copy: Copy, needed: str) -> None:
    first = next(text for text in copy.file.read_text(encoding="utf-8").split("[[steps]]") if f'"{needed}"' in text)
    copy.change("[[steps]]" + first, "")
    assert f'put a step with kind = "{needed}" before it' in copy.refusal()


def test_a_test_before_the_screening_lacks_all_that_comes_first(copy: Copy) -> None:
    early = '[[steps]]\nkind = "say"\nid = "early"\nprompts = ["set_up"]\npart = "test"\n\n'
    copy.change(SCREEN, early + SCREEN)
    whats = [finding.message for finding in findings(copy)]
    assert [what.rpartition("before ")[2] for what in whats] == ["a pain score", "screening", "the side"]


def test_a_way_round_the_pain_score_is_found_besides_its_cause(copy: Copy) -> None:
    copy.change(BOTH, 'both = { go = "set_up" }')
    cause, way = findings(copy)
    assert "pain on both sides" in cause.message
    assert way.message.endswith("before a pain score")


@pytest.mark.parametrize("part", ["steps = 3\n", "steps = [3]\n", "steps = []\n", ""])
def test_a_programme_without_steps_is_refused(copy: Copy, part: str) -> None:
    copy.file.write_text('id = "mine"\ntitle = "Mine"\nsource = "me"\n' + part, encoding="utf-8")
    assert copy.refusal().startswith(f"{copy.file}:")


def test_a_programme_that_is_not_utf_8_is_refused_at_the_first_wrong_letter(copy: Copy) -> None:
    copy.file.write_bytes(copy.file.read_bytes().replace(b"Calf pain", "Wadenschmerz für".encode("latin-1")))
    line, column = place_of("Wadenschmerz f^", copy.file.read_text(encoding="latin-1"))
    assert copy.refusal() == f"{copy.file}:{line}:{column}: this is not UTF-8 text; save the file as UTF-8."


@pytest.mark.parametrize(
    ("text", "place"),
    [("steps = [", "1:10"), ('id = "calf', "1:11"), ("a = " + "[" * 5000, "1:1"), ("[[steps]]\nid = 1\nid = 2", "3:7")],
)
def test_a_programme_that_is_not_toml_is_refused_at_its_place(copy: Copy, text: str, place: str) -> None:
    copy.file.write_text(text, encoding="utf-8")
    assert copy.refusal().startswith(f"{copy.file}:{place}: this is not valid TOML (")


def test_a_programme_that_cannot_be_read_is_refused_with_the_reason(copy: Copy) -> None:
    copy.file.unlink()
    copy.file.mkdir()
    assert (
        copy.refusal()
        == f"{copy.file} cannot be read (it is a folder and not a file); check the file and its permissions."
    )


def test_a_number_of_5000_digits_is_refused(copy: Copy) -> None:
    copy.change("repetitions = 25", "repetitions = " + "9" * 5000)
    assert "far too many digits" in copy.refusal()


def test_a_column_counts_letters_and_lines_end_as_on_any_system(copy: Copy) -> None:
    copy.change("sets = 3\n", 'addition = "für zwölf Ärzte"\nsets = 3\n')
    copy.change('{ id = "up", toes = "up", head = "up" }', '{ id = "ü", toes = "up", head = "down" }')
    copy.file.write_bytes(copy.file.read_bytes().replace(b"\n", b"\r\n"))
    text = copy.file.read_text(encoding="utf-8")
    places = [(finding.line, finding.column) for finding in findings(copy)]
    assert places == [place_of(at, text) for at in ('^"ü"',)]


def test_a_declared_tensioner_is_accepted(copy: Copy) -> None:
    copy.change('toes = "up", head = "up"', 'toes = "up", head = "down"')
    copy.change('movement = "slider"', 'movement = "tensioner"')
    assert [step.movement for step in read_programme(copy.file).steps if isinstance(step, Exercise)] == ["tensioner"]


def test_a_changed_programme_without_mistakes_is_accepted(copy: Copy) -> None:
    copy.change("repetitions = 25", "repetitions = 10")
    copy.change('"knee_offer" }', '"pain_after" }')
    assert [step.repetitions for step in read_programme(copy.file).steps if isinstance(step, Exercise)] == [10]


@pytest.mark.usefixtures("walks_remembered")
@pytest.mark.parametrize(("name", "what"), [("mine.xx.toml", "speaks no language xx"), (None, "has no words")])
def test_words_in_no_language_that_there_is_are_refused(copy: Copy, name: str | None, what: str) -> None:
    copy.words_file.rename(copy.words_file.with_name(name)) if name else copy.words_file.unlink()
    (found,) = findings(copy)
    assert what in found.message
    assert (found.line, found.column) == (1, 1)
