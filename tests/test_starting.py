"""The program starts at once: what a command does not need is not loaded."""

import json
import subprocess
import sys

HEAVY = {
    "numpy",
    "tqdm",
    "onnxruntime",
    "sounddevice",
    "soundfile",
    "matplotlib",
    "babel",
    "sqlite3",
    "importlib.metadata",
}


def test_the_commands_can_be_listed_without_anything_that_hears_computes_or_shows_progress() -> None:
    listing = "import json, sys, voicecoach.cli; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    assert HEAVY & set(json.loads(done.stdout)) == set()
