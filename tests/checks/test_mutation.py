"""What is broken is the same for the same seed, and is not what nobody could notice; breaking takes hours, by hand."""

import subprocess
from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="needs cosmic-ray, which scripts/mutation installs")

from checks import mutation
from checks.mutation import PROJECT, Judged, Mutation, drawn, figures, possible


@pytest.fixture(scope="module")
def mutations() -> list[Mutation]:
    return sorted(possible(["live"]))


def test_the_script_is_sound() -> None:
    subprocess.run(["bash", "-n", PROJECT / "scripts" / "mutation"], check=True)


def test_the_same_seed_breaks_the_same_lines_each_once(mutations: list[Mutation]) -> None:
    first = drawn(mutations, 5, seed=1)
    assert first == drawn(mutations, 5, seed=1) != drawn(mutations, 5, seed=2)
    assert len({one.line for one in first}) == 5
    assert {one.file for one in first} == {"voicecoach/live.py"}


def test_every_line_is_broken_at_most_once_and_the_star_among_the_parameters_never(mutations: list[Mutation]) -> None:
    lines = (PROJECT / "voicecoach" / "live.py").read_text(encoding="utf-8").splitlines()
    stars = {number for number, line in enumerate(lines, 1) if line.strip() == "*,"}
    broken = [one.line for one in drawn(mutations, 10_000, seed=0)]
    assert stars
    assert len(broken) == len(set(broken) - stars) > 20


def test_what_a_type_checker_alone_reads_is_left_whole(mutations: list[Mutation]) -> None:
    lines = (PROJECT / "voicecoach" / "live.py").read_text(encoding="utf-8").splitlines()
    broken = {lines[one.line - 1] for one in mutations}
    assert not [line for line in broken if "TYPE_CHECKING" in line or "frozen=True" in line]
    assert not [one for one in mutations if "_BitOr_" in one.operator]


@pytest.mark.parametrize("test", sorted({test for tests in mutation.TESTS.values() for test in tests}))
def test_the_tests_that_judge_exist(test: str) -> None:
    file, _, name = test.partition("::")
    assert (PROJECT / file).exists()
    assert not name or f"def {name}(" in (PROJECT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("checked", "killed"), [("1 + 1 == 2", False), ("number() == 1", True)])
def test_a_broken_line_survives_only_tests_that_pass(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, checked: str, killed: bool
) -> None:
    (tmp_path / "voicecoach").mkdir()
    (tmp_path / "voicecoach" / "__init__.py").touch()
    file = tmp_path / "voicecoach" / "live.py"
    file.write_text("def number():\n    return 1\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text(
        f"from voicecoach.live import number\n\ndef test_it():\n    assert {checked}\n", encoding="utf-8"
    )
    monkeypatch.setattr(mutation, "PROJECT", tmp_path)
    monkeypatch.setitem(mutation.TESTS, "live", ("test_it.py",))
    (one,) = drawn(sorted(possible(["live"])), 1, seed=0)
    judged = mutation._judged(one, tmp_path)
    assert judged.is_killed is killed
    assert "-    return 1" in judged.diff
    assert file.read_text(encoding="utf-8") == "def number():\n    return 1\n"


def test_the_figures_count_each_folder_and_name_the_survivors() -> None:
    survivor = Mutation("session", "voicecoach/session/core.py", 7, "core/AddNot", 0)
    dead = Mutation("journal", "voicecoach/journal/place.py", 3, "core/NumberReplacer", 1)
    found = figures([Judged(survivor, "- a\n+ b", is_killed=False), Judged(dead, "", is_killed=True)])
    assert (found["sampled"], found["killed"]) == (2, 1)
    assert [(each["file"], each["line"]) for each in found["survived"]] == [("voicecoach/session/core.py", 7)]
    assert found["by_folder"]["session"] == {"sampled": 1, "killed": 0}
    assert found["by_folder"]["journal"] == {"sampled": 1, "killed": 1}
