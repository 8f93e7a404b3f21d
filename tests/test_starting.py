"""The program starts at once: what a command does not need is not loaded."""

import json
import re
import subprocess
import sys

import pytest

HEAVY = {
    "numpy",
    "tqdm",
    "onnxruntime",
    "sounddevice",
    "soundfile",
    "jinja2",
    "svg",
    "babel",
    "sqlite3",
    "importlib.metadata",
}


def test_the_commands_can_be_listed_without_anything_that_hears_computes_or_shows_progress() -> None:
    listing = "import json, sys, voicecoach.cli; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(done.stdout)) == set()


_LOADED = """
import json, sys, voicecoach.cli
try:
    voicecoach.cli.main()
finally:
    print(json.dumps(list(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("command", [["--help"], ["bench", "--help"], ["run", "--mic", "no such microphone"]])
def test_what_measures_the_program_is_not_loaded_by_what_does_not_measure(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED, *command], capture_output=True, text=True, check=False)
    loaded = json.loads(done.stderr.splitlines()[-1])
    assert ("voicecoach.live" in loaded) == ("run" in command), done.stderr
    assert not [module for module in loaded if re.match(r"voicecoach\.bench($|\.)|psutil$", module)]
