"""The commands `programmes`: arguments in, results and exit codes out."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from voicecoach.cli import options
from voicecoach.cli.groups import Group
from voicecoach.interrupts import INTERRUPTED
from voicecoach.programme.language_files import ORIGINAL
from voicecoach.programme.profiles import CAUTIOUS, doses, with_profile
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.programme_reader import built_in_programmes, programme_file
from voicecoach.programme.steps import Outcome, Programme


@click.group(cls=Group)
def programmes() -> None:
    """The programmes that come with voicecoach; beginning and checking your own."""


@programmes.command("list")
@options.as_json
def list_programmes(as_json: bool) -> None:
    """Which programmes come with voicecoach, how long they last, and their sets x repetitions."""
    listed = [_in_short(name) for name in built_in_programmes()]
    if as_json:
        click.echo(json.dumps({"programmes": listed}))
        return
    for one in listed:
        click.echo(f"{one['id']:<10} {one['minutes']:>2} min  {', '.join(one['doses']):<18} {one['title']}")


@programmes.command()
@click.argument("programme", default="calf")
@options.cautious
@options.language
@options.region
@options.as_json
def show(programme: str, cautious: bool, language: str | None, region: str | None, as_json: bool) -> None:
    """Write PROGRAMME (calf) out as a script, with its length."""
    from tqdm import tqdm

    from voicecoach.programme.printed_script import written_out
    from voicecoach.rehearsal.length import rendered_length_seconds

    plan, words = read_chosen(programme, region, language=language, cautious=cautious)
    script = written_out(plan, words)
    if not as_json:
        click.echo("\n".join(script))
    with tqdm(desc="rendering", unit=" prompts", disable=None, leave=False) as bar:
        seconds = rendered_length_seconds(plan, words, bar.update)
    if as_json:
        told = {"id": plan.id, "title": plan.title, "source": plan.source, "doses": doses(plan)}
        click.echo(json.dumps(told | {"length_seconds": round(seconds, 1), "script": script}))
        return
    minutes, rest = divmod(round(seconds), 60)
    click.echo(f"\nLength: {minutes} min {rest:02d} s where everything is done, from the rendered prompts.")


@programmes.command()
@click.argument("name")
def new(name: str) -> None:
    """Begin a programme of your own: NAME.toml and its words, small and valid, here or at a path."""
    from voicecoach.programme.programme_files import begin_programme

    file, words = begin_programme(name)
    click.echo(f"{file} is the programme, {words} what it says. Hear it: voicecoach rehearse {file}")


@programmes.command()
@click.argument("file")
@options.as_json
def check(file: str, as_json: bool) -> None:
    """Print every problem of FILE (or of a built-in programme) and of its words; walk through all that can happen."""
    from voicecoach.proving.programme_check import check_programme

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
    from voicecoach.programme.json_schema import schema_of
    from voicecoach.programme.steps import Programme
    from voicecoach.programme.words import WordFile

    click.echo(json.dumps(schema_of(WordFile if words else Programme), indent=2))


@programmes.command("rehearse-all")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where the recordings go.")
@options.cautious
@options.language
@options.as_json
def rehearse_all(output: Path | None, cautious: bool, language: str | None, as_json: bool) -> None:
    """Rehearse every built-in programme by voice; fails where one is not completed."""
    from voicecoach.rehearsal.run import rehearse_built_in

    results: list[dict[str, Any]] = []
    for name in built_in_programmes():
        results.append(rehearse_built_in(name, output, language, cautious=cautious))
        if not as_json:
            click.echo(_told(results[-1]))
        if results[-1]["ended"] == Outcome.INTERRUPTED:
            sys.exit(INTERRUPTED)
    completed = all(result["ended"] == Outcome.COMPLETE for result in results)
    if as_json:
        click.echo(json.dumps({"ok": completed, "programmes": results}))
    sys.exit(0 if completed else 1)


def _in_short(name: str) -> dict[str, Any]:
    """Return what the list says of a programme, and of its cautious dose where it has one."""
    from voicecoach.rehearsal.length import about_length_seconds

    plan, words = read_chosen(name, None, language=ORIGINAL)

    def dose(of: Programme) -> dict[str, Any]:
        return {"minutes": round(about_length_seconds(of, words) / 60), "doses": doses(of)}

    cautious = dose(with_profile(plan, CAUTIOUS)) if CAUTIOUS in plan.profiles else None
    return {"id": name, "title": plan.title, **dose(plan), "cautious": cautious}


def _told(result: dict[str, Any]) -> str:
    problem = f" ({result['error']})" if "error" in result else ""
    lasted = f"{result['audio_seconds']:.0f} s of sound in {result['wall_seconds']:.0f} s"
    return f"{result['programme']:<12} {result['ended']}{problem}, {lasted}, {result['transcript']}"
