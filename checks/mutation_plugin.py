"""A plugin of pytest for mutation testing: tells coverage.py which test is under way, or runs those named in a file."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from coverage import Coverage

_seconds: defaultdict[str, float] = defaultdict(float)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this plugin."""
    parser.addoption("--seconds-to", type=Path, help="Where the seconds of each test go, as JSON.")
    parser.addoption("--only", type=Path, help="Which tests to run, in their order, as JSON.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only the tests that are named; a name can be gone, as a broken line changes what tests are made of."""
    if only := config.getoption("only"):
        found = {item.nodeid: item for item in items}
        items[:] = [found[name] for name in json.loads(only.read_text(encoding="utf-8")) if name in found]


def pytest_runtest_logstart(nodeid: str) -> None:
    """Count lines as touched by this test from now on."""
    if watching := Coverage.current():
        watching.switch_context(nodeid)


def pytest_runtest_logfinish() -> None:
    """Count lines as touched by no test again."""
    if watching := Coverage.current():
        watching.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the seconds that a test took, with what it needed before and after."""
    _seconds[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down the seconds that each test took."""
    if place := session.config.getoption("seconds_to"):
        place.write_text(json.dumps(_seconds), encoding="utf-8")
