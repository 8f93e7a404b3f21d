"""The commands: arguments in, results and sentences out; what they do lives elsewhere."""

import json
import os
import re
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import platformdirs

from voicecoach import __version__, options
from voicecoach.bench.commands import bench
from voicecoach.doctor.commands import doctor
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.choosing import choose_recogniser
from voicecoach.models.commands import models
from voicecoach.programme.commands import programmes
from voicecoach.programme.reader import programme_file, read_programme
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.settings import Remembered, Settings, settings_file

_INTERRUPTED = 130


class _Region(click.ParamType[str]):
    name = "COUNTRY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch("[A-Za-z]{2}", str(value)):
            self.fail(f"{value!r} is no country code; write two letters, such as GB.", param, ctx)
        return str(value).upper()


class _DefaultsToRun(click.Group):
    """`voicecoach` alone, or with options only, runs the built-in programme."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "--version")):
            args = ["run", *args]
        return super().parse_args(ctx, args)


_region = click.option(
    "--region", type=_Region(), help="Whose emergency number is named, such as GB; else the locale's country."
)
_programme = click.argument("programme", default="calf")
_voice = click.option("--voice", metavar="NAME", help="How the coach sounds: default, female, british or natural.")


@click.group(cls=_DefaultsToRun, context_settings={"max_content_width": 100})
@click.version_option(__version__)
def voicecoach() -> None:
    """Coach exercises by voice: speaks, counts, asks and listens, offline.

    Without a command, runs the built-in programme.
    """


@voicecoach.command()
@_programme
@_region
@options.mic
@options.speaker
@options.headphones
@click.option("--keyboard", is_flag=True, help="Answer with keys; question and count are shown large in the terminal.")
@_voice
@options.recogniser
def run(
    programme: str,
    region: str | None,
    mic: str | None,
    speaker: str | None,
    headphones: bool,
    keyboard: bool,
    voice: str | None,
    recogniser: str,
) -> None:
    """Run a live session of PROGRAMME (calf), in the voice of the last one if none is named."""
    from voicecoach.live import LiveSettings, open_device, run_live, taught_words

    plan, words = _read(programme, region)
    if keyboard:
        from voicecoach.keyboard.screen import require_terminal

        require_terminal()
    remembered = Remembered(settings_file(), _warn)
    chosen = _live_voice(voice, remembered.settings)
    listens = choose_recogniser(recogniser, words.language)
    click.echo(listens.announcement, err=True)
    device = open_device(mic, speaker, remembered, programme, _warn, needs_microphone=not keyboard)
    words = taught_words(words, device, listens, _warn, partial(click.echo, err=True))
    if voice is not None:
        remembered.remember(voice=voice)

    def keep_voice(name: str) -> None:
        remembered.remember(voice=name)

    settings = LiveSettings(headphones, keyboard, chosen, listens)
    if run_live(plan, words, device, settings, keep_voice, click.echo, _on_interrupt) is Outcome.INTERRUPTED:
        sys.exit(_INTERRUPTED)


@voicecoach.command()
@_programme
@_region
@click.option(
    "--person", default="default", metavar="FILE", help="Who answers: a shipped person's name or a .toml file."
)
@click.option(
    "--person-voice",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Answer with recordings: DIRECTORY/<word>/*.wav, one clip for each answer.",
)
@click.option("--seed", default=0, show_default=True, help="Same seed, same machine: the same recording.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the recording and the transcript go. [default: the user's data folder]",
)
@_voice
@options.recogniser
@options.as_json
def rehearse(
    programme: str,
    region: str | None,
    person: str,
    person_voice: Path | None,
    seed: int,
    output: Path | None,
    voice: str | None,
    recogniser: str,
    as_json: bool,
) -> None:
    """Rehearse PROGRAMME (calf) with a simulated person in a simulated room; no sound device is needed."""
    from tqdm import tqdm

    from voicecoach.rehearsal.run import Rehearsal, estimated_seconds
    from voicecoach.rehearsal.run import rehearse as run_rehearsal
    from voicecoach.rehearsal.script import read_script
    from voicecoach.speaking.choosing import DEFAULT, check_voice

    plan, words = _read(programme, region)
    chosen = voice or DEFAULT
    check_voice(chosen)
    rehearsal = Rehearsal(
        plan,
        words,
        read_script(person),
        name=f"{plan.id}-{Path(person).stem}-{seed}",
        output=(output or platformdirs.user_data_path("voicecoach", appauthor=False) / "rehearsals").absolute(),
        voice=chosen,
        person_voice=person_voice,
        seed=seed,
        recogniser=choose_recogniser(recogniser, words.language),
    )
    bar = tqdm(
        total=estimated_seconds(plan), unit="s", unit_scale=False, disable=None, leave=False,
        bar_format="{percentage:3.0f}%|{bar}| {n:.0f} s of sound in {elapsed}",
    )  # fmt: skip
    with bar:
        result = run_rehearsal(rehearsal, _ignore if as_json else tqdm.write, bar.update, _on_interrupt)
    if as_json:
        click.echo(json.dumps(result))
    if result["ended"] == Outcome.ERROR:
        raise VoicecoachError(result["error"])
    if not as_json:
        _show(result)
    if result["ended"] == Outcome.INTERRUPTED:
        sys.exit(_INTERRUPTED)


def _live_voice(wanted: str | None, remembered: Settings) -> str:
    """Return the voice asked for, else the one of last time where it can still be used, else the default."""
    from voicecoach.speaking.choosing import DEFAULT, check_voice

    if wanted is not None:
        check_voice(wanted)
        return wanted
    voice = remembered.voice or DEFAULT
    try:
        check_voice(voice)
    except VoicecoachError as error:
        _warn(f"The voice of last time can't be used. {error}")
        return DEFAULT
    return voice


def _warn(sentence: str) -> None:
    click.echo(f"voicecoach: {sentence}", err=True)


def _ignore(line: str) -> None:
    del line


def _show(result: dict[str, Any]) -> None:
    lengths, speed = result["hold_seconds"], result["audio_seconds"] / result["wall_seconds"]
    held = f", {lengths['min']:.4f} to {lengths['max']:.4f} s each in the recording" if result["holds"] else ""
    click.echo(
        f"\nEnded: {result['ended']}. Repetitions: {result['repetitions']}. Holds: {result['holds']}{held}.\n"
        f"{result['audio_seconds']:.0f} s of sound in {result['wall_seconds']:.0f} s, {speed:.0f} times real time.\n"
        f"Recording: {result['wav']}\nTranscript: {result['transcript']}"
    )


@voicecoach.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def start(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Run a live session where there is sound, else a rehearsal (what ./scripts/start does)."""
    from voicecoach.sound.opening import sound_problem

    problem = sound_problem()
    if problem:
        click.echo(f"{problem} Here is a rehearsal instead.", err=True)
    command = rehearse if problem else run
    with command.make_context(command.name, list(arguments), parent=ctx.parent) as inner:
        command.invoke(inner)


voicecoach.add_command(bench)
voicecoach.add_command(doctor)
voicecoach.add_command(models)
voicecoach.add_command(programmes)


def _read(name: str, region: str | None) -> tuple[Programme, Words]:
    file = programme_file(name)
    programme = read_programme(file)
    return programme, read_words(programme, file, "en", region or _locale_region())


def _locale_region() -> str | None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        found = re.match(r"[a-z]{2,3}_([A-Z]{2})\b", os.environ.get(variable, ""))
        if found:
            return found[1]
    return None


def _on_interrupt(interrupt: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupt())


def main() -> None:
    """Run the program: bad input and failures as one sentence on standard error and a non-zero exit."""
    try:
        voicecoach.main(prog_name="voicecoach")
    except VoicecoachError as error:
        _warn(str(error))
        sys.exit(1)
