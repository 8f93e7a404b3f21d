"""The commands `programmes new`, `programmes show` and `programmes rehearse-all`."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from voicecoach.interrupting import INTERRUPTED, on_interrupt
from voicecoach.programme.beginning import begin_programme
from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.programme.writing_out import written_out
from voicecoach.regions import Region, locale_region

_LANGUAGE = "en"


@click.command()
@click.argument("name")
def new(name: str) -> None:
    """Begin a programme of your own: NAME.toml and its words, small and valid, here or at a path."""
    file, words = begin_programme(name)
    click.echo(f"{file} is the programme, {words} what it says. Hear it: voicecoach rehearse {file}")


@click.command()
@click.argument("programme", default="calf")
@click.option("--cautious", is_flag=True, help="In the programme's smaller dose.")
@click.option("--region", type=Region(), help="Whose emergency number is named, such as GB.")
def show(programme: str, cautious: bool, region: str | None) -> None:
    """Write PROGRAMME (calf) out as a script, with its length."""
    from voicecoach.rehearsal.length import rendered_length_seconds

    plan, words = _read(programme, region, cautious=cautious)
    for line in written_out(plan, words):
        click.echo(line)
    with tqdm(desc="rendering", unit=" prompts", disable=None, leave=False) as bar:
        seconds = rendered_length_seconds(plan, words, bar.update)
    minutes, rest = divmod(round(seconds), 60)
    click.echo(f"\nLength: {minutes} min {rest:02d} s where everything is done, from the rendered prompts.")


@click.command("rehearse-all")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where the recordings go.")
@click.option("--cautious", is_flag=True, help="In their smaller doses, which is quicker.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON object, and nothing else.")
def rehearse_all(output: Path | None, cautious: bool, as_json: bool) -> None:
    """Rehearse every built-in programme by voice; fails where one is not completed."""
    results: list[dict[str, Any]] = []
    for name in built_in_programmes():
        results.append(_rehearsed(name, output, cautious=cautious))
        if not as_json:
            click.echo(_told(results[-1]))
        if results[-1]["ended"] == Outcome.INTERRUPTED:
            sys.exit(INTERRUPTED)
    completed = all(result["ended"] == Outcome.COMPLETE for result in results)
    if as_json:
        click.echo(json.dumps({"ok": completed, "programmes": results}))
    sys.exit(0 if completed else 1)


programmes = click.Group(
    "programmes", {command.name or "": command for command in (new, show, rehearse_all)}, help="The programmes."
)


def _rehearsed(name: str, output: Path | None, *, cautious: bool) -> dict[str, Any]:
    from voicecoach.hearing.choosing import choose_recogniser
    from voicecoach.rehearsal.run import Rehearsal, estimated_seconds, rehearsals_folder, rehearse
    from voicecoach.rehearsal.script import read_script
    from voicecoach.speaking.choosing import DEFAULT

    plan, words = _read(name, None, cautious=cautious)
    rehearsal = Rehearsal(
        plan,
        words,
        read_script("default"),
        name=f"{plan.id}-default-0",
        output=(output or rehearsals_folder()).absolute(),
        voice=DEFAULT,
        recogniser=choose_recogniser("auto", words.language),
    )
    with tqdm(total=estimated_seconds(plan), desc=name, unit="s", disable=None, leave=False) as bar:
        return rehearse(rehearsal, _ignore, bar.update, on_interrupt)


def _told(result: dict[str, Any]) -> str:
    problem = f" ({result['error']})" if "error" in result else ""
    lasted = f"{result['audio_seconds']:.0f} s of sound in {result['wall_seconds']:.0f} s"
    return f"{result['programme']:<12} {result['ended']}{problem}, {lasted}, {result['transcript']}"


def _ignore(line: str) -> None:
    del line


def _read(name: str, region: str | None, *, cautious: bool) -> tuple[Programme, Words]:
    file = programme_file(name)
    programme = read_programme(file)
    if cautious:
        programme = with_profile(programme, CAUTIOUS)
    return programme, read_words(programme, file, _LANGUAGE, region or locale_region())
