"""Fixture of the tests of the walk: the calf programme."""

import pytest

from tests.programme.copies import CALF
from voicecoach.programme.programme_reader import read_programme
from voicecoach.programme.steps import Programme


@pytest.fixture(scope="session")
def calf() -> Programme:
    return read_programme(CALF)
