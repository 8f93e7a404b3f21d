"""What docs/programmes.md says is true: its programme is checked, shown, gone through; clinical.md forgets nothing."""

import re
import typing
from pathlib import Path

import msgspec
import pytest

from tests.session.puppet import Puppet
from voicecoach.programme import steps
from voicecoach.programme.printed_script import written_out
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.proving.programme_check import check_programme

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "programmes.md").read_text(encoding="utf-8")


@pytest.fixture
def ankle(tmp_path: Path) -> Path:
    """Return the page's programme, written to a folder with its words."""
    for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL):
        name = re.match(r"# (\S+)\n", block)
        assert name is not None
        (tmp_path / name[1]).write_text(block, encoding="utf-8")
    return tmp_path / "ankle.toml"


def printed(block: int) -> list[str]:
    """Return what one of the page's commands prints."""
    blocks: list[str] = re.findall(r"```console\n\$ .*?\n(.*?)```", PAGE, re.DOTALL)
    return blocks[block].splitlines()


def test_its_programme_has_no_problems_and_every_pair_is_tried(ankle: Path) -> None:
    report = check_programme(ankle)
    assert report.problems == []
    assert report.coverage is not None
    assert report.coverage.covered == report.coverage.total
    assert printed(0) == ["ankle.toml: no problems; …"]


def test_it_is_gone_through_to_its_end_and_in_the_smaller_dose(ankle: Path) -> None:
    programme, words = read_with_words(str(ankle), "en")
    puppet = Puppet({"place": "bed", "effort": "9"}, programme).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.session.memory.repetitions) == (steps.Outcome.COMPLETE, [10, 10])
    said = [line.prompt for say in puppet.speech for line in say.lines]
    assert {"lying", "too_hard", "circling_end"} <= set(said)
    assert "sitting" not in said
    assert "Pull your toes towards you." in "\n".join(written_out(programme, words))


def test_the_mistakes_that_it_shows_are_found_where_it_says(ankle: Path) -> None:
    text = ankle.read_text(encoding="utf-8")
    for right, wrong in (
        ('go = "lying"', 'go = "lyin"'),
        ("\nhold_seconds = 2\n", "\nhold_seconds = 8\n"),
        ('toes = "up"', 'toes = "upp"'),
    ):
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    ankle.write_text(text, encoding="utf-8")
    found = [str(problem).removeprefix(f"{ankle.parent}/") for problem in check_programme(ankle).problems]
    assert found == printed(1)


def test_the_page_of_clinical_rules_gives_a_reason_for_every_screening_question() -> None:
    page = (DOCS / "clinical.md").read_text(encoding="utf-8")
    read = (read_programme(programme_file(name)) for name in built_in_programmes())
    screens = (step for programme in read for step in programme.steps if isinstance(step, steps.Screen))
    asked = {question.id for screen in screens for question in screen.questions}
    assert {question for question in asked if f"`{question}`" not in page} == set()


def test_every_kind_of_step_and_every_key_of_it_is_named() -> None:
    kinds = typing.get_args(steps.Step)
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE))
    assert set(rows) == {kind.__struct_config__.tag for kind in kinds}
    common = set(steps.Ready.__struct_fields__) - {"patience_seconds", "wait_seconds"}
    for kind in kinds:
        keys = {field.encode_name for field in msgspec.structs.fields(kind)} - common
        assert {key for key in keys if f"`{key}`" not in rows[kind.__struct_config__.tag]} == set()
    own_of_phases = {field.name for field in msgspec.structs.fields(steps.Phase)} - {"id"}
    assert {key for key in own_of_phases if f"`{key}`" not in PAGE} == set()
