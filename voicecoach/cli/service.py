"""The commands `service run`, `install`, `status` and `remove`: arguments in, sentences out."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from voicecoach.cli import options
from voicecoach.cli.groups import Group
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.interrupts import on_interrupt
from voicecoach.meanings import Counting
from voicecoach.printing import show_aside
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.words import Words
from voicecoach.regions import country_to_ask_about, name_of_country

_SHOWN = ("active", "doing", "since", "restarts", "result", "starts_with_the_machine")


@click.group(cls=Group)
def service() -> None:
    """A coach without a screen, which waits until somebody says "start session"."""


@service.command()
@click.argument("programme", default="calf")
@options.language
@options.region
@options.mic
@options.speaker
@options.headphones
@options.voice
@options.recogniser
@options.cautious
@options.repetitions
@options.counting
@options.pace
@options.keep_words
@click.option("--button", type=click.IntRange(0, 27), metavar="PIN", help="A button on this GPIO pin asks, too.")
@click.option("--key", metavar="NAME", help="Any key of the keyboard, or pedal, with this in its name asks, too.")
def run(
    programme: str,
    language: str | None,
    region: str | None,
    mic: str | None,
    speaker: str | None,
    headphones: bool,
    voice: str | None,
    recogniser: str,
    cautious: bool,
    repetitions: int | None,
    counting: Counting | None,
    pace: int | None,
    keep_words: bool | None,
    button: int | None,
    key: str | None,
) -> None:
    """Wait for somebody to say "start session", hold a session of PROGRAMME (calf), and wait again.

    In a terminal, Enter begins a session too, and Ctrl-C ends the program.
    """
    from voicecoach.live import LiveOptions
    from voicecoach.service.assembly import ServiceSettings, run_service

    plan, words = read_chosen(programme, region, language=language, repetitions=repetitions)
    listens = choose_recogniser(recogniser, words.language)
    asked = LiveOptions(listens, voice, counting, headphones, cautious, pace=pace, keep_words=keep_words)
    settings = ServiceSettings(asked, mic, speaker, button, key)
    run_service(plan, words, settings, show_aside, on_interrupt)


@service.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def install(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Install `voicecoach service run`, with its arguments, to run from now on; needs root.

    Installing it again with other arguments changes them.
    """
    from voicecoach.service import installation
    from voicecoach.service.systemd import BUTTON, KEY, Machine
    from voicecoach.service.triggers import check_button_installed
    from voicecoach.speaking.voices import check_voice

    chosen = run.make_context("run", list(arguments), parent=ctx.parent).params
    words = _check_programme(chosen)
    if chosen["voice"]:
        check_voice(chosen["voice"], words)
    choose_recogniser(chosen["recogniser"], words.language)
    if chosen["button"] is not None:
        check_button_installed()
    if chosen["language"] is None and words.language != "en":
        arguments = (*arguments, "--language", words.language)
    system = installation.System()
    installation.check_system(system)
    if chosen["region"] is None:
        arguments = (*arguments, *_asked_region(words))
    machine = Machine(installation.systemd_version())
    needed = [access for name, access in (("button", BUTTON), ("key", KEY)) if chosen[name] is not None]
    installation.install(system, machine, arguments, needed, click.echo)


@service.command()
@options.as_json
def status(as_json: bool) -> None:
    """Say how the service is. Fails where it does not run."""
    import json

    from voicecoach.service.installation import System
    from voicecoach.service.systemd import read_status

    found = read_status()
    if as_json:
        click.echo(json.dumps(asdict(found) | {"journal": str(System().journal)}))
    elif not found.installed:
        click.echo("The service is not installed; voicecoach service install installs it.")
    else:
        for name in _SHOWN:
            click.echo(f"{name.replace('_', ' ')}: {asdict(found)[name]}")
        click.echo(f"journal: {System().journal}")
    sys.exit(0 if found.runs else 1)


@service.command()
def remove() -> None:
    """Remove the service, and all that it has written but its journal; needs root."""
    from voicecoach.service import installation

    system = installation.System()
    installation.check_system(system)
    installation.remove(system, click.echo)


def _asked_region(words: Words) -> tuple[str, ...]:
    """Return the option for the country that whoever is at the terminal says to be in; else say that there is one."""
    guess = country_to_ask_about(words)
    if guess and sys.stdin.isatty() and click.confirm(f"Are you in {name_of_country(guess)}?"):
        return ("--region", guess)
    click.echo('The coach will say "your local emergency number"; --region GB, for example, has the number said.')
    return ()


def _check_programme(chosen: dict[str, Any]) -> Words:
    """Return the words of the programme chosen by these options of `service run`.

    Raises VoicecoachError for a programme that the service could not read, with a problem, or without such a dose.
    """
    from voicecoach.service.systemd import hidden_by_homes

    programme: str = chosen["programme"]
    doses = {name: chosen[name] for name in ("cautious", "repetitions")}
    _, words = read_chosen(programme, chosen["region"], language=chosen["language"], **doses)
    file = Path(programme)
    if file.suffix != ".toml":
        return words
    if not file.is_absolute() or hidden_by_homes(file):
        raise VoicecoachError(
            f"The service could not read {programme}; put it and its words into a folder such as /opt, and write the "
            "whole path."
        )
    return words
