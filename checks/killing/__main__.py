"""The command `scripts/kill-test`: kills as many rehearsals as asked for, and fails where a journal was wrong."""

import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import click
from tqdm import tqdm

from checks.killing.inquest import Findings, Told, examine
from checks.killing.spoken import kill_spoken, short_programme
from checks.killing.victim import be_killed
from tests.journal.kept import SHORT

LINES = 300
"""Fewer than a whole session tells, so that most are killed before their end."""
JITTER_SECONDS = 0.004


@click.command()
@click.option("--kills", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--spoken", type=click.IntRange(0), default=0, show_default=True, help="So many more, by voice.")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON object.")
def main(kills: int, spoken: int, seed: int, as_json: bool) -> None:
    """Kill rehearsals (-9) at random moments; each goes on where the last one broke off."""
    chance = random.Random(seed)
    findings = Findings()
    with (
        tempfile.TemporaryDirectory(prefix="kill-test-") as place,
        tqdm(total=kills + spoken, unit=" kills", disable=as_json or None, leave=False) as bar,
    ):
        while findings.kills < kills:
            waits = chance.random() < 0.9
            folder = Path(place) / ("waiting" if waits else "not")
            told, killed = kill_one(folder, chance, waits=waits)
            examine(folder, SHORT, told, findings, waited=waits)
            findings.count(told, killed=killed)
            bar.update(killed)
        file, programme = short_programme(Path(place))
        while findings.kills < kills + spoken:
            folder = Path(place) / "spoken"
            told, killed = kill_spoken(file, folder, chance)
            examine(folder, programme, told, findings, waited=True)
            findings.count(told, killed=killed)
            bar.update(killed)
    if as_json:
        click.echo(json.dumps(asdict(findings) | {"ok": findings.ok}))
    else:
        for wrong in (*findings.corrupt, *findings.miscounted, *findings.resumed_wrongly):
            click.echo(wrong)
        click.echo(
            f"{findings.kills} kills, {findings.in_sets} of them in an exercise: {len(findings.corrupt)} corrupt "
            f"journals, {len(findings.miscounted)} miscounted, {len(findings.resumed_wrongly)} of {findings.resumed} "
            f"resumed wrongly; {findings.completed} sessions came to their end in parts."
        )
    sys.exit(0 if findings.ok else 1)


def kill_one(folder: Path, chance: random.Random, *, waits: bool) -> tuple[Told, bool]:
    """Begin a rehearsal and kill it after so many lines; return what it told, and whether it was killed."""
    lines, jitter = chance.randrange(LINES), chance.random() * JITTER_SECONDS
    reading, writing = os.pipe()
    victim = os.fork()
    if victim == 0:
        os.close(reading)
        be_killed(folder, writing, waits=waits)
    os.close(writing)
    told, count = Told(), 0
    with os.fdopen(reading, encoding="utf-8") as report:
        for line in report:
            told.take(line)
            count += 1
            if count == lines:
                _wait_busily(jitter)
                os.kill(victim, signal.SIGKILL)
    _, status = os.waitpid(victim, 0)
    return told, os.WIFSIGNALED(status)


def _wait_busily(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


if __name__ == "__main__":
    main()
