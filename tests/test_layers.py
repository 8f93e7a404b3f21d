"""What imports what: the core loads no command line, no files, no threads, and no two folders import each other."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "voicecoach"
FOLDERS = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())
NOT_FOR_THE_CORE = (
    "click", "tempfile", "threading", "tomllib", "subprocess", "sqlite3", "numpy", "sounddevice", "platformdirs",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    code = "import sys, voicecoach.session.core; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", NOT_FOR_THE_CORE)
def test_the_core_of_a_session_does_without(module: str, loaded: set[str]) -> None:
    assert "voicecoach.session.core" in loaded
    assert module not in loaded


def imported_by(folder: str) -> set[str]:
    """Return the other folders of the package that a file of this one imports, late imports too."""
    return {
        module.split(".")[1]
        for file in (PACKAGE / folder).rglob("*.py")
        for module in _imports(ast.parse(file.read_text(encoding="utf-8")))
        if module.split(".")[1] in FOLDERS
    } - {folder}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "voicecoach":
            yield from (f"voicecoach.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("voicecoach."):
            yield node.module or ""


@pytest.mark.parametrize(("one", "other"), [*combinations(FOLDERS, 2)])
def test_no_two_folders_import_each_other(one: str, other: str) -> None:
    assert not (other in imported_by(one) and one in imported_by(other))


def test_the_folders_that_are_told_apart_are_there_and_import_downwards() -> None:
    assert {"cli", "hearing", "journal", "programme", "proving", "session", "sound"} <= set(FOLDERS)
    assert imported_by("programme") == set()
    assert imported_by("session") == {"programme"}
