"""The command `rehearse`: a whole session with a simulated person, recorded."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from voicecoach.cli import options
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.interrupts import INTERRUPTED, on_interrupt
from voicecoach.meanings import Counting
from voicecoach.printing import show
from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import DEFAULT_VOICE
from voicecoach.session.memory import Opening, Previous

INSTEAD = object()
"""What a rehearsal's context has where it stands in for a live session, because nothing can be heard here."""


@click.command()
@options.programme
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
@options.pace
@click.option("--previous", is_flag=True, help="As if there had been a session before.")
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep a journal in this folder, and go on with what broke off there; without it, nothing is kept.",
)
@options.keep_words
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
    pace: int | None,
    previous: bool,
    state: Path | None,
    keep_words: bool | None,
    as_json: bool,
) -> None:
    """Rehearse PROGRAMME (calf) with a simulated person in a simulated room; no sound device is needed."""
    from tqdm import tqdm

    from voicecoach.rehearsal.run import Rehearsal, estimated_seconds, keep_quiet, rehearsals_folder
    from voicecoach.rehearsal.run import rehearse as run_rehearsal
    from voicecoach.rehearsal.sample import how_to_listen
    from voicecoach.rehearsal.script import read_script
    from voicecoach.session_plan import SessionPlan
    from voicecoach.speaking.voices import check_voice

    is_instead = click.get_current_context().obj is INSTEAD and not as_json
    plan, words = read_chosen(programme, region, language=language, repetitions=repetitions)
    dosed = with_profile(plan, CAUTIOUS) if cautious else plan
    chosen = voice or DEFAULT_VOICE
    check_voice(chosen, words)
    opening = Opening(
        previous=Previous() if previous else None,
        counting=counting or "full",
        pace=pace,
        profile=CAUTIOUS if cautious else None,
    )
    journal = None if state is None else options.journal_in(state.absolute())
    session = SessionPlan(
        plan, words, chosen, choose_recogniser(recogniser, words.language), opening=opening, journal=journal,
        keep_words=keep_words is not False,
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
        total=estimated_seconds(dosed), unit="s", unit_scale=False, disable=None, leave=False,
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
        click.echo(how_to_listen(result["wav"]))
    if result["ended"] == Outcome.INTERRUPTED:
        sys.exit(INTERRUPTED)


def _tell_of_sample(sample: Path) -> None:
    from voicecoach.rehearsal.sample import how_to_listen

    show(f"\nThe first two minutes are in {sample}. {how_to_listen(sample)}\n")


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
