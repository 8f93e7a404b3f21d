"""Runs tests in a copy of the project, and finds out by coverage.py which of them touch a line of the program."""

import json
import os
import re
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from cosmic_ray.testing import run_tests
from cosmic_ray.work_item import TestOutcome
from coverage import Coverage
from coverage.parser import PythonParser

from checks.mutation_results import TESTS, Touching
from voicecoach.errors import VoicecoachError

_LIMIT_SECONDS = 3600
_PHASE = re.compile(r" \((setup|call|teardown)\)$")
_SETTINGS = """
[run]
source = {tree}/voicecoach
data_file = {data}
parallel = true
context = ${{PYTEST_CURRENT_TEST-}}
disable_warnings = no-data-collected
"""
"""The same for each process that a test starts, which knows the test by pytest's variable."""


def pytest_command(tree: Path, *arguments: str | Path, watched_by: Path | None = None) -> str:
    """Return the command that runs tests in a copy, its own package before the one that is installed."""
    paths = f"{tree}{os.pathsep}{tree / 'scripts'}"
    watching = ("-m", "coverage", "run", f"--rcfile={watched_by}") if watched_by else ()
    variables = (f"PYTHONPATH={paths}", *([f"COVERAGE_PROCESS_START={watched_by}"] if watched_by else []))
    plugins = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "checks.mutation_plugin", "--hypothesis-seed=0")
    command = ("env", "-C", tree, *variables, sys.executable, *watching, "-m", "pytest", "-x", "-q", *plugins)
    return shlex.join(map(str, (*command, *arguments)))


def watch(tree: Path, folders: Iterable[str]) -> Touching:
    """Run the tests of the folders in a copy of the project, unbroken. Raises VoicecoachError where they fail."""
    place = tree.parent / "watched"
    place.mkdir()
    data, settings, seconds = place / "data", place / "settings", place / "seconds"
    settings.write_text(_SETTINGS.format(tree=tree, data=data), encoding="utf-8")
    tests = dict.fromkeys(test for folder in folders for test in TESTS[folder])
    command = pytest_command(tree, f"--seconds-to={seconds}", *tests, watched_by=settings)
    outcome, printed = run_tests(command, _LIMIT_SECONDS)
    if outcome is not TestOutcome.SURVIVED:
        last = next((line for line in reversed(printed.splitlines()) if line.strip()), "")
        raise VoicecoachError(f"The tests fail unbroken; mend them first. {last}")
    coverage = Coverage(config_file=str(settings))
    coverage.combine()
    found = coverage.get_data()
    touched = {Path(file): found.contexts_by_lineno(file) for file in found.measured_files()}
    by_file = {str(file.relative_to(tree)): _whole_statements(file, lines) for file, lines in touched.items()}
    return Touching(json.loads(seconds.read_text(encoding="utf-8")), by_file)


def _whole_statements(file: Path, contexts: Mapping[int, Iterable[str]]) -> dict[int, frozenset[str]]:
    """Return the tests that touch each line: those of any line of a statement touch all of its lines."""
    parser = PythonParser(filename=str(file))
    parser.parse_source()
    by_statement: defaultdict[int, set[str]] = defaultdict(set)
    for line, names in contexts.items():
        by_statement[parser.first_line(line)].update(_PHASE.sub("", name) for name in names)
    count = len(file.read_text(encoding="utf-8").splitlines())
    return {line: frozenset(by_statement[parser.first_line(line)]) for line in range(1, count + 1)}
