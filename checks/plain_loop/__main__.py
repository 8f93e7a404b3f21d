"""The command `scripts/plain-loop`: how late the plain loop replies and falls silent, and what it misses."""

import json
import sys
from pathlib import Path

import click
from tqdm import tqdm

from checks.plain_loop.measuring import CASES, ECHOES_DB, measure
from voicecoach.bench.interruptions import write_cases
from voicecoach.cli import options
from voicecoach.errors import VoicecoachError
from voicecoach.printing import warn


@click.command()
@click.option(
    "--wav",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write every case there: coach left, person right, and labels.json.",
)
@click.option("--cases", type=click.IntRange(1), default=CASES, show_default=True, help="Of each kind at each echo.")
@options.as_json
def main(wav: Path | None, cases: int, as_json: bool) -> None:
    """Answer and stop the plain loop, in Korean and, where VOSK_MODEL_PATH has a model for it, in English."""
    try:
        with tqdm(unit=" cases", disable=None, leave=False) as bar:
            rows, measured = measure(bar.update, cases, ECHOES_DB)
        if wav is not None:
            write_cases(wav, measured)
    except VoicecoachError as error:
        warn(str(error))
        sys.exit(1)
    click.echo(json.dumps(rows, indent=None if as_json else 2))


if __name__ == "__main__":
    main()
