"""The commands `run` and `start`: a live session, or a rehearsal where there is no sound."""

import sys
from contextlib import closing

import click

from voicecoach.cli import options
from voicecoach.cli.rehearse import INSTEAD, rehearse
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.interrupts import INTERRUPTED, on_interrupt
from voicecoach.meanings import Counting
from voicecoach.printing import show, show_aside, warn
from voicecoach.programme.profiles import CAUTIOUS, check_set, with_profile
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome
from voicecoach.settings import Remembered, settings_file


@click.command()
@options.programme
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
@options.pace
@click.option(
    "--from-set",
    type=click.IntRange(1, 5),
    default=1,
    metavar="N",
    help="Begin with set N; still asks everything first.",
)
@click.option("--keep-audio", is_flag=True, help="Keep the sound of this session too; it says so aloud.")
@options.keep_words
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
    pace: int | None,
    from_set: int,
    keep_audio: bool,
    keep_words: bool | None,
) -> None:
    """Run a live session of PROGRAMME (calf), with the voice, pace and counting of the last one where none is named.

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
    asked = LiveOptions(listens, chosen, counting, headphones, cautious, from_set, keep_audio, pace, keep_words)
    journal = options.journal_in(journal_folder())
    show_aside(listens.announcement)
    device = open_device(mic, speaker, remembered, programme, warn, needs_microphone=not keyboard)
    with closing(device):
        last = remembered.settings
        held = live_plan(plan, words, device, asked, last, journal, warn, show_aside)
        remembered.remember(
            voice=voice or last.voice,
            counting=counting or last.counting,
            pace=pace or last.pace,
            keep_words=held.keep_words,
        )
        outcome = hold_live(held, device, remembered, show, on_interrupt, keyboard=keyboard)
    if outcome is Outcome.INTERRUPTED:
        sys.exit(INTERRUPTED)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def start(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Run a live session where there is sound, else a rehearsal (what ./scripts/start does)."""
    from voicecoach.sound.stream_choice import sound_problem

    problem = sound_problem()
    if problem:
        click.echo(f"{problem} Here is a rehearsal instead.", err=True)
    command = rehearse if problem else run
    obj = INSTEAD if problem else None
    with command.make_context(command.name, list(arguments), parent=ctx.parent, obj=obj) as inner:
        command.invoke(inner)
