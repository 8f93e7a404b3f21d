"""The commands `bench timing`, `hearing`, `answers`, `pauses` and `session`: arguments in, figures out.

Apart from `bench/`, of which nothing is loaded until one of them runs.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli import options
from voicecoach.cli.groups import Group
from voicecoach.hearing.echo.canceller_choice import CANCELLERS
from voicecoach.hearing.recogniser_choice import CHOICES, choose_recogniser
from voicecoach.programme.programme_files import read_with_words

if TYPE_CHECKING:
    from tqdm import tqdm

_json = click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object, and nothing else.")


@click.group(cls=Group)
def bench() -> None:
    """Measure, with sound alone and nothing of the script known to the ear."""


@bench.command()
@click.option(
    "--wav",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write every case there: coach left, person right, and labels.json.",
)
@click.option("--canceller", type=click.Choice(CANCELLERS), default="auto", show_default=True, help="Of the echo.")
@_json
def timing(wav: Path | None, canceller: str, as_json: bool) -> None:
    """How quickly the coach replies and falls silent, how exact its holds are, how many commands it obeys."""
    from voicecoach.bench.timing import bench_timing

    programme, words = read_with_words("calf", "en")
    with _progress() as bar:
        _print(bench_timing(programme, words, wav, bar.update, canceller=canceller), as_json)


@bench.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--question",
    type=click.Choice(["yes-no", "screening", "side", "number"]),
    default="yes-no",
    show_default=True,
    help="Whose answers mean something, besides the commands.",
)
@click.option("--recogniser", type=click.Choice(CHOICES), default="auto", show_default=True, help="Whose hearing.")
@click.option("--noise-db", type=float, metavar="N", help="Mix noise in, N dB below the words.")
@click.option(
    "--exclude",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the path of a clip on each line, from DIRECTORY on.",
)
@click.option("--list", "as_list", is_flag=True, help="Name every clip that was not right.")
@options.language
@_json
def hearing(
    directory: Path,
    question: str,
    recogniser: str,
    noise_db: float | None,
    exclude: Path | None,
    as_list: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """What the ear makes of the recordings in DIRECTORY: words/<the word>/, talking/ and noise/."""
    from voicecoach.bench.hearing import bench_hearing

    _, words = read_with_words("calf", language)
    choice = choose_recogniser(recogniser, words.language)
    click.echo(choice.announcement, err=True)
    with _progress() as bar:
        figures, not_right = bench_hearing(directory, words, choice, question, noise_db, exclude, bar.update)
    if figures["clipped_clips"]:
        click.echo(f"{figures['clipped_clips']} clips are clipped; record them less loud, or --exclude them.", err=True)
    _print(figures, as_json, not_right if as_list else ())


@bench.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--voices", type=click.IntRange(min=1), default=4, show_default=True, help="How many say every line.")
@click.option("--recogniser", type=click.Choice(CHOICES), default="auto", show_default=True, help="Whose hearing.")
@click.option("--list", "as_list", is_flag=True, help="Name every line that was not right.")
@options.language
@_json
def answers(file: Path, voices: int, recogniser: str, as_list: bool, language: str | None, as_json: bool) -> None:
    """What a session makes of the answers in FILE: question, words with pauses such as [0.6], meanings, with tabs."""
    from voicecoach.bench.answers import bench_answers

    programme, words = read_with_words("calf", language)
    choice = choose_recogniser(recogniser, words.language)
    click.echo(choice.announcement, err=True)
    with _progress() as bar:
        figures, not_right = bench_answers(file, programme, words, choice, voices, bar.update)
    _print(figures, as_json, not_right if as_list else ())


@bench.command()
@click.option("--voices", type=click.IntRange(min=1), default=4, show_default=True, help="How many say every answer.")
@click.option("--rounds", type=click.IntRange(min=1), default=4, show_default=True, help="How often each says it.")
@click.option("--recogniser", type=click.Choice(CHOICES), default="auto", show_default=True, help="Whose hearing.")
@click.option("--list", "as_list", is_flag=True, help="Name every answer that was not taken at the first asking.")
@_json
def pauses(voices: int, rounds: int, recogniser: str, as_list: bool, as_json: bool) -> None:
    """What a session makes of answers with a pause inside, begun at any moment round the second asking; in English."""
    from voicecoach.bench.pauses import LANGUAGE, bench_pauses

    programme, words = read_with_words("calf", LANGUAGE)
    choice = choose_recogniser(recogniser, words.language)
    click.echo(choice.announcement, err=True)
    with _progress() as bar:
        figures, missed = bench_pauses(programme, words, choice, voices, rounds, bar.update)
    _print(figures, as_json, missed if as_list else ())


@bench.command()
@options.language
@click.option("--recogniser", type=click.Choice(CHOICES), default="auto", show_default=True, help="Whose hearing.")
@_json
def session(language: str | None, recogniser: str, as_json: bool) -> None:
    """What the service takes of the machine while it waits, listens and holds a session; about seven minutes."""
    from voicecoach.bench.headless import bench_session

    _, words = read_with_words("calf", language or "en")
    choice = choose_recogniser(recogniser, words.language)
    click.echo(choice.announcement, err=True)
    with _progress() as bar:
        _print(bench_session(words, choice, bar.update), as_json)


def _progress() -> "tqdm[Any]":
    from tqdm import tqdm

    return tqdm(unit="s", disable=None, leave=False, bar_format="{n:.0f} s of sound in {elapsed}")


def _print(figures: dict[str, Any], as_json: bool, told: Sequence[str] = ()) -> None:
    """Print the figures behind the lines to be told of, which go to standard error where JSON stands alone."""
    for line in told:
        click.echo(line, err=as_json)
    click.echo(json.dumps(figures, indent=None if as_json else 2))
