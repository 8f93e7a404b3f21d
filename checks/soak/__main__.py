"""The command `scripts/soak`: hours of the service in virtual time; fails where it grew, leaked or began unasked."""

import json
import sys
import tempfile
from pathlib import Path

import click
from tqdm import tqdm

from checks.soak.living import Living, judged
from voicecoach.service.assembly import share_one_heap


@click.command()
@click.option("--hours", default=8.0, show_default=True, help="Of waiting, in virtual time.")
@click.option("--sessions", type=click.IntRange(1), default=20, show_default=True)
@click.option(
    "--recordings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Talk and noise to wait in: a folder as for `bench hearing`; else synthetic voices talk.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object, and nothing else.")
def main(hours: float, sessions: int, recordings: Path | None, as_json: bool) -> None:
    """Wait for so many hours in talk and noise, and hold sessions in between."""
    share_one_heap()
    bar = tqdm(
        total=3600 * hours, unit="s", disable=None, leave=False, bar_format="{percentage:3.0f}%|{bar}| {elapsed}"
    )
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, bar:
        life = Living(Path(folder), hours, sessions, recordings, show_progress=bar.update).live()
    figures = judged(life, sessions)
    click.echo(json.dumps(figures, indent=None if as_json else 2))
    sys.exit(0 if figures["ok"] else 1)


if __name__ == "__main__":
    main()
