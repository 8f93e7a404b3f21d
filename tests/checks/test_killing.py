"""A few of the kills that scripts/kill-test does a thousand of."""

import json
import subprocess
import sys


def test_rehearsals_that_are_killed_lose_nothing_and_go_on_where_they_broke_off() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checks.killing", "--kills", "20", "--seed", "1", "--json"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["kills"], found["corrupt"], found["miscounted"], found["resumed_wrongly"]) == (20, [], [], [])
    assert found["in_sets"] > 5
    assert found["resumed"] > 5
