"""The commands `programmes list`, `check` and `schema`."""

import json
import sys

import click

from voicecoach.programme.reader import built_in_programmes, programme_file, read_programme


@click.group()
def programmes() -> None:
    """The programmes that come with voicecoach, and a check of your own."""


@programmes.command("list")
def list_programmes() -> None:
    """Which programmes come with voicecoach."""
    for name in built_in_programmes():
        click.echo(f"{name:<16} {read_programme(programme_file(name)).title}")


@programmes.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object, and nothing else.")
def check(file: str, as_json: bool) -> None:
    """Print every problem of FILE (or of a built-in programme) and of its words; walk through all that can happen."""
    from voicecoach.programme.checking.everything import check_programme

    report = check_programme(programme_file(file))
    if as_json:
        click.echo(json.dumps(report.as_json()))
    else:
        for problem in report.problems:
            click.echo(problem)
    if report.problems:
        sys.exit(1)
    if report.coverage is not None and not as_json:
        coverage = report.coverage
        click.echo(
            f"{report.file}: no problems; {coverage.covered} of {coverage.total} pairs of a step and an event were "
            f"tried, {coverage.paths} paths end in an outcome; {report.seconds:.1f} s."
        )


@programmes.command()
@click.option("--words", is_flag=True, help="The schema of a file of words, such as calf.en.toml.")
def schema(words: bool) -> None:
    """Print the JSON Schema of a programme file, for an editor's completion."""
    from voicecoach.programme.schema import schema_of
    from voicecoach.programme.steps import Programme
    from voicecoach.programme.words import WordFile

    click.echo(json.dumps(schema_of(WordFile if words else Programme), indent=2))
