"""Mutation testing: its script, the tests that judge and its figures; breaking lines takes long, by hand."""

import subprocess

import pytest

from checks.mutation_results import PROJECT, TESTS, TESTS_SECONDS, Judged, Mutation, Touching, figures


def test_the_script_is_sound() -> None:
    subprocess.run(["bash", "-n", PROJECT / "scripts" / "mutation"], check=True)


@pytest.mark.parametrize("test", sorted({test for tests in TESTS.values() for test in tests}))
def test_the_tests_that_judge_exist(test: str) -> None:
    file, _, name = test.partition("::")
    assert (PROJECT / file).exists()
    assert not name or f"def {name}(" in (PROJECT / file).read_text(encoding="utf-8")


QUICK, SLOW = "tests/session/test_a.py::test_one", "tests/session/test_b.py::test_two"
FILE = "voicecoach/session/core.py"


def judges(line: int, seconds: dict[str, float]) -> list[str]:
    touched = {1: {""}, 2: {SLOW, QUICK, "tests/journal/test_a.py::test_other"}, 3: {SLOW}}
    touching = Touching(seconds, {FILE: {line: frozenset(tests) for line, tests in touched.items()}})
    return touching.judges(Mutation("session", FILE, line, "core/AddNot", 0))


def test_a_line_is_judged_by_the_tests_of_its_folder_that_touch_it_the_quickest_first() -> None:
    seconds = {SLOW: 3.0, "tests/session/test_c.py::test_elsewhere": 1.0, QUICK: 2.0, "tests/journal/test_a.py": 1.0}
    assert judges(2, seconds) == [QUICK, SLOW]
    assert judges(3, seconds) == [SLOW]
    assert judges(4, seconds) == []


def test_a_line_that_runs_at_import_is_judged_by_all_of_its_folder() -> None:
    elsewhere = "tests/session/test_c.py::test_elsewhere"
    assert judges(1, {elsewhere: 1.0, SLOW: 3.0, QUICK: 2.0, "tests/journal/test_a.py": 1.0}) == [
        elsewhere,
        QUICK,
        SLOW,
    ]


def test_tests_judge_until_their_time_is_up_and_one_does_however_long_it_takes() -> None:
    assert judges(2, {QUICK: TESTS_SECONDS - 1, SLOW: TESTS_SECONDS - 0.5}) == [QUICK]
    assert judges(3, {SLOW: TESTS_SECONDS + 1}) == [SLOW]


def test_the_figures_count_each_folder_and_name_the_survivors() -> None:
    survivor = Mutation("session", "voicecoach/session/core.py", 7, "core/AddNot", 0)
    dead = Mutation("journal", "voicecoach/journal/journal_folder.py", 3, "core/NumberReplacer", 1)
    found = figures([Judged(survivor, "- a\n+ b", is_killed=False), Judged(dead, "", is_killed=True)])
    assert (found["sampled"], found["killed"]) == (2, 1)
    assert [(each["file"], each["line"]) for each in found["survived"]] == [("voicecoach/session/core.py", 7)]
    assert found["by_folder"]["session"] == {"sampled": 1, "killed": 0}
    assert found["by_folder"]["journal"] == {"sampled": 1, "killed": 1}
