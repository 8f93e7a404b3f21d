"""The commands: arguments in, results and sentences out; what they do lives elsewhere."""

import json
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli import options
from voicecoach.cli.bench import bench
from voicecoach.cli.doctor import doctor
from voicecoach.cli.groups import HELP, SETTINGS, Group, help_command
from voicecoach.cli.journal import export, history
from voicecoach.cli.models import models
from voicecoach.cli.programmes import programmes
from voicecoach.cli.report import report
from voicecoach.cli.service import service
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.interrupts import INTERRUPTED, on_interrupt
from voicecoach.meanings import Counting
from voicecoach.printing import flush, settle_streams, show, show_aside, takes_no_more, warn
from voicecoach.programme.profiles import CAUTIOUS, check_set, with_profile
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import DEFAULT_VOICE
from voicecoach.session.memory import Opening, Previous
from voicecoach.settings import Remembered, settings_file

if TYPE_CHECKING:
    from voicecoach.journal.open_journal import OpenJournal


class _DefaultsToRun(Group):
    """`voicecoach` alone, or with options only, runs the built-in programme."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in (*HELP, "--version")):
            args = ["run", *args]
        return super().parse_args(ctx, args)


_NOT_FOR_OTHERS_TO_WRITE = 0o022
_INSTEAD = object()
"""What a rehearsal's context has where it stands in for a live session, because nothing can be heard here."""
_programme = click.argument("programme", default="calf")


def _show_versions(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from voicecoach.versions import versions

        for line in versions():
            click.echo(line)
        ctx.exit()


@click.group(cls=_DefaultsToRun, context_settings=SETTINGS)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_versions,
              help="Show the version, the engines and their models.")  # fmt: skip
def voicecoach() -> None:
    """Coach exercises by voice: speaks, counts, asks and listens, offline.

    Without a command, runs the built-in programme.
    """


@voicecoach.command()
@_programme
@options.language
@options.region
@options.mic
@options.speaker
@options.headphones
@click.option("--keyboard", is_flag=True, help="Answer with keys; question and count are shown large in the terminal.")
@options.voice
@options.recogniser
@options.cautious
@options.repetitions
@options.counting
@click.option(
    "--from-set",
    type=click.IntRange(1, 5),
    default=1,
    metavar="N",
    help="Begin with set N; still asks everything first.",
)
@click.option("--keep-audio", is_flag=True, help="Keep the sound of this session too; it says so aloud.")
def run(
    programme: str,
    language: str | None,
    region: str | None,
    mic: str | None,
    speaker: str | None,
    headphones: bool,
    keyboard: bool,
    voice: str | None,
    recogniser: str,
    cautious: bool,
    repetitions: int | None,
    counting: Counting | None,
    from_set: int,
    keep_audio: bool,
) -> None:
    """Run a live session of PROGRAMME (calf), with the voice and the counting of the last one where none is named.

    What happens is kept on this computer; see voicecoach history.
    """
    from voicecoach.journal.journal_folder import journal_folder
    from voicecoach.live import LiveOptions, hold_live, live_plan, live_voice, open_device

    remembered = Remembered(settings_file(), warn)
    plan, words = read_chosen(programme, region, language=language, repetitions=repetitions)
    check_set(with_profile(plan, CAUTIOUS) if cautious else plan, from_set)
    if keyboard:
        from voicecoach.keyboard.terminal import require_terminal

        require_terminal()
    chosen = live_voice(voice, remembered.settings, words, warn)
    listens = choose_recogniser(recogniser, words.language)
    asked = LiveOptions(listens, chosen, counting, headphones, cautious, from_set, keep_audio)
    journal = _journal(journal_folder())
    show_aside(listens.announcement)
    device = open_device(mic, speaker, remembered, programme, warn, needs_microphone=not keyboard)
    with closing(device):
        last = remembered.settings
        held = live_plan(plan, words, device, asked, last, journal, warn, show_aside)
        remembered.remember(voice=voice or last.voice, counting=counting or last.counting)
        outcome = hold_live(held, device, remembered, show, on_interrupt, keyboard=keyboard)
    if outcome is Outcome.INTERRUPTED:
        sys.exit(INTERRUPTED)


@voicecoach.command()
@_programme
@options.language
@options.region
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
@options.voice
@options.recogniser
@options.cautious
@options.repetitions
@options.counting
@click.option("--previous", is_flag=True, help="As if there had been a session before.")
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep a journal in this folder, and go on with what broke off there; without it, nothing is kept.",
)
@options.as_json
def rehearse(
    programme: str,
    language: str | None,
    region: str | None,
    person: str,
    person_voice: Path | None,
    seed: int,
    output: Path | None,
    voice: str | None,
    recogniser: str,
    cautious: bool,
    repetitions: int | None,
    counting: Counting | None,
    previous: bool,
    state: Path | None,
    as_json: bool,
) -> None:
    """Rehearse PROGRAMME (calf) with a simulated person in a simulated room; no sound device is needed."""
    from tqdm import tqdm

    from voicecoach.rehearsal.run import Rehearsal, estimated_seconds, keep_quiet, rehearsals_folder
    from voicecoach.rehearsal.run import rehearse as run_rehearsal
    from voicecoach.rehearsal.script import read_script
    from voicecoach.session_plan import SessionPlan
    from voicecoach.speaking.voices import check_voice

    is_instead = click.get_current_context().obj is _INSTEAD and not as_json
    plan, words = read_chosen(programme, region, language=language, cautious=cautious, repetitions=repetitions)
    chosen = voice or DEFAULT_VOICE
    check_voice(chosen, words)
    opening = Opening(previous=Previous() if previous else None, counting=counting or "full")
    journal = None if state is None else _journal(state.absolute())
    session = SessionPlan(
        plan, words, chosen, choose_recogniser(recogniser, words.language), opening=opening, journal=journal,
        profile=CAUTIOUS if cautious else None,
    )  # fmt: skip
    rehearsal = Rehearsal(
        session,
        read_script(person),
        name=f"{plan.id}-{Path(person).stem}-{seed}",
        output=(output or rehearsals_folder()).absolute(),
        person_voice=person_voice,
        seed=seed,
        sample_made=_tell_of_sample if is_instead else None,
    )
    bar = tqdm(
        total=estimated_seconds(plan), unit="s", unit_scale=False, disable=None, leave=False,
        bar_format="{percentage:3.0f}%|{bar}| {n:.0f} s of sound in {elapsed}",
    )  # fmt: skip

    def show_beside_bar(line: str) -> None:
        with tqdm.external_write_mode():
            show(line)

    with bar:
        result = run_rehearsal(rehearsal, keep_quiet if as_json else show_beside_bar, bar.update, on_interrupt)
    if as_json:
        click.echo(json.dumps(result))
    if result["ended"] == Outcome.ERROR:
        raise VoicecoachError(result["error"])
    if not as_json:
        _show(result)
    if is_instead:
        click.echo(_how_to_listen(result["wav"]))
    if result["ended"] == Outcome.INTERRUPTED:
        sys.exit(INTERRUPTED)


def _tell_of_sample(sample: Path) -> None:
    from tqdm import tqdm

    tqdm.write(f"\nThe first two minutes are in {sample}. {_how_to_listen(sample)}\n")


def _how_to_listen(file: str | Path) -> str:
    """Return the sentence that says how a file is heard that was made where nothing can be heard."""
    import getpass
    import shlex
    import socket

    where = shlex.quote(f"{getpass.getuser()}@{socket.gethostname()}:{file}")
    return (
        "To listen, open it in a browser or a player on a computer with a loudspeaker; "
        f"for example, there: scp {where} ."
    )


def _journal(folder: Path) -> "OpenJournal | None":
    """Return the journal of a folder for as long as the command runs; None where it can't be written."""
    from voicecoach.journal.open_journal import open_journal

    journal = open_journal(folder, warn)
    if journal is not None:
        click.get_current_context().call_on_close(journal.close)
    return journal


def _show(result: dict[str, Any]) -> None:
    lengths, speed = result["hold_seconds"], result["audio_seconds"] / result["wall_seconds"]
    held = (
        f", {lengths['min']:.4f} to {lengths['max']:.4f} s each in the recording" if lengths["min"] is not None else ""
    )
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
    from voicecoach.sound.stream_choice import sound_problem

    problem = sound_problem()
    if problem:
        click.echo(f"{problem} Here is a rehearsal instead.", err=True)
    command = rehearse if problem else run
    obj = _INSTEAD if problem else None
    with command.make_context(command.name, list(arguments), parent=ctx.parent, obj=obj) as inner:
        command.invoke(inner)


voicecoach.add_command(bench)
voicecoach.add_command(doctor)
voicecoach.add_command(export)
voicecoach.add_command(help_command)
voicecoach.add_command(history)
voicecoach.add_command(models)
voicecoach.add_command(programmes)
voicecoach.add_command(report)
voicecoach.add_command(service)


def main() -> None:
    """Run the program: bad input and failures as one sentence on standard error and a non-zero exit."""
    settle_streams()
    os.umask(os.umask(0) | _NOT_FOR_OTHERS_TO_WRITE)
    try:
        voicecoach.main(prog_name="voicecoach")
    except VoicecoachError as error:
        warn(str(error))
        sys.exit(1)
    except OSError as error:
        if not takes_no_more(error):
            raise
        warn(f"The output can't be written ({error.strerror}); let it go to where there is room.")
        sys.exit(1)
    finally:
        flush()
