"""Mutation testing: its script, the tests that judge and its figures; breaking lines takes hours, by hand."""

import subprocess

import pytest

from checks.mutation_results import PROJECT, TESTS, Judged, Mutation, figures


def test_the_script_is_sound() -> None:
    subprocess.run(["bash", "-n", PROJECT / "scripts" / "mutation"], check=True)


@pytest.mark.parametrize("test", sorted({test for tests in TESTS.values() for test in tests}))
def test_the_tests_that_judge_exist(test: str) -> None:
    file, _, name = test.partition("::")
    assert (PROJECT / file).exists()
    assert not name or f"def {name}(" in (PROJECT / file).read_text(encoding="utf-8")


def test_the_figures_count_each_folder_and_name_the_survivors() -> None:
    survivor = Mutation("session", "voicecoach/session/core.py", 7, "core/AddNot", 0)
    dead = Mutation("journal", "voicecoach/journal/place.py", 3, "core/NumberReplacer", 1)
    found = figures([Judged(survivor, "- a\n+ b", is_killed=False), Judged(dead, "", is_killed=True)])
    assert (found["sampled"], found["killed"]) == (2, 1)
    assert [(each["file"], each["line"]) for each in found["survived"]] == [("voicecoach/session/core.py", 7)]
    assert found["by_folder"]["session"] == {"sampled": 1, "killed": 0}
    assert found["by_folder"]["journal"] == {"sampled": 1, "killed": 1}
