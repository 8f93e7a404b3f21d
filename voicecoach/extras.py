"""How an extra of the package is installed here: in a checkout, by pipx, by uv, or by pip alone."""

import shlex
import sys
from pathlib import Path

import voicecoach

_PROJECT = Path(voicecoach.__file__).parents[1]


def installing(extra: str) -> str:
    """Return the command that installs an extra into the environment in which the program runs."""
    wanted = shlex.quote(f"voicecoach[{extra}]")
    parts = Path(sys.prefix).parts
    if "pipx" in parts:
        return f"pipx install --force {wanted}"
    if parts[-3:-1] == ("uv", "tools"):
        return f"uv tool install --force {wanted}"
    if (_PROJECT / "pyproject.toml").exists():
        return f"{shlex.quote(_pip())} install --editable '{_here()}[{extra}]'"
    return f"{shlex.quote(_pip())} install {wanted}"


def _pip() -> str:
    pip = Path(sys.prefix, "bin", "pip")
    return str(pip.relative_to(_PROJECT)) if pip.is_relative_to(_PROJECT) else str(pip)


def _here() -> str:
    return "." if Path(sys.prefix).is_relative_to(_PROJECT) else str(_PROJECT)
