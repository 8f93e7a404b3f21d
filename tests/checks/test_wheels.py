"""Every dependency has a wheel for a Raspberry Pi, asked of the registry that pip is set up for; none is downloaded."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from checks.arm64.registry import pip_settings

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
DEBIAN_12 = ("--python-version", "3.11", "--python-platform", "aarch64-manylinux_2_36")
WITHOUT_WHEEL = "srt"
"""Vosk's, Python alone: pip makes its wheel where it is installed, which needs no compiler."""
UNREACHED = 2
"""What uv exits with where it did not come to an answer; 1 is the answer no."""


@pytest.fixture(scope="module")
def surroundings() -> dict[str, str]:
    """Return the environment in which uv uses the registry that pip does."""
    settings = pip_settings()
    given = {"UV_DEFAULT_INDEX": "index-url", "UV_INDEX": "extra-index-url", "SSL_CERT_FILE": "cert"}
    chosen = {name: settings[pip].replace("\n", " ") for name, pip in given.items() if pip in settings}
    return {**os.environ, "UV_HTTP_TIMEOUT": "5", "UV_HTTP_RETRIES": "0", **chosen}


def resolve(requirements: Sequence[str | Path], surroundings: dict[str, str], given: str | None = None) -> str | None:
    """Return what uv says where it finds no set of wheels, None where it does."""
    uv = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--no-cache", *DEBIAN_12]
    done = subprocess.run(
        [*uv, "--only-binary", ":all:", *requirements],
        env=surroundings, input=given, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode == UNREACHED:
        pytest.skip(f"the package registry was not reached: {' '.join(done.stderr.split())}")
    return done.stderr if done.returncode else None


def test_every_dependency_and_theirs_but_one_has_a_wheel_for_debian_12_on_aarch64(surroundings: dict[str, str]) -> None:
    assert resolve([PYPROJECT, "--all-extras", "--no-binary", WITHOUT_WHEEL], surroundings) is None


def test_that_one_still_has_none_and_is_found_out(surroundings: dict[str, str]) -> None:
    said = resolve(["-"], surroundings, WITHOUT_WHEEL)
    assert said is not None
    assert f"Wheels are required for `{WITHOUT_WHEEL}`" in said
