"""What is shipped: the wheel has the programmes, the words and every other file that the program reads."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = {file for file in (ROOT / "voicecoach").rglob("*") if file.is_file() and "__pycache__" not in file.parts}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_every_file_of_the_package_is_in_the_wheel(wheel: set[str]) -> None:
    assert {file.relative_to(ROOT).as_posix() for file in CODE} - wheel == set()


def test_nothing_but_the_package_is_in_the_wheel(wheel: set[str]) -> None:
    assert {name.partition("/")[0] for name in wheel} == {
        "voicecoach",
        next(n for n in wheel if "dist-info" in n).partition("/")[0],
    }


def test_the_wheel_needs_python_311_and_has_the_command(wheel: set[str]) -> None:
    assert any(name.endswith("entry_points.txt") for name in wheel)
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_the_report_needs_no_extra_and_who_asks_for_one_gets_it(built: Path, wheel: set[str]) -> None:
    with zipfile.ZipFile(built) as archive:
        metadata = archive.read(next(name for name in wheel if name.endswith("METADATA"))).decode().splitlines()
    needed = [line.partition("==")[0] for line in metadata if line.startswith("Requires-Dist:") and ";" not in line]
    assert {"Requires-Dist: jinja2", "Requires-Dist: svg-py"} <= set(needed)
    assert "Provides-Extra: report" in metadata
    assert not [line for line in metadata if line.startswith("Requires-Dist:") and "'report'" in line]
