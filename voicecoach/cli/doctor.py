"""The command `doctor` and what it does besides: arguments in, reports and exit codes out."""

import json
import sys
from datetime import date
from functools import partial
from typing import Any

import click

from voicecoach.cli import options
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import choose_recogniser
from voicecoach.interrupts import INTERRUPTED
from voicecoach.printing import warn
from voicecoach.programme.programme_files import read_chosen
from voicecoach.programme.words import Words


@click.command()
@options.language
@options.mic
@options.speaker
@options.headphones
@options.recogniser
@click.option("--teach", is_flag=True, help="Learn how you say yes, no and stop; live sessions use it from then on.")
@click.option("--taught", is_flag=True, help="Show what was taught.")
@click.option("--forget", is_flag=True, help="Remove what was taught.")
@options.as_json
def doctor(
    language: str | None,
    mic: str | None,
    speaker: str | None,
    headphones: bool,
    recogniser: str,
    teach: bool,
    taught: bool,
    forget: bool,
    as_json: bool,
) -> None:
    """Check everything that a session needs, aloud; say what to do. Fails where a session could not run."""
    if teach + taught + forget > 1:
        raise click.UsageError("Choose one of --teach, --taught and --forget.")
    _, words = read_chosen("calf", None, language=language)
    try:
        if taught or forget:
            report = _kept(words, forget, as_json)
        else:
            report = _examine_or_teach(words, mic, speaker, headphones, recogniser, teach, as_json)
    except VoicecoachError as error:
        report = {"ok": False, "what": str(error)}
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    if as_json:
        click.echo(json.dumps(report))
    if not report["ok"] and "what" in report:
        raise VoicecoachError(report["what"])
    sys.exit(0 if report["ok"] else 1)


def _kept(words: Words, forgets: bool, as_json: bool) -> dict[str, Any]:
    from voicecoach.doctor.taught_tasks import forget, show_taught
    from voicecoach.taught import taught_file

    show_line = partial(click.echo, err=as_json)
    return forget(taught_file(), show_line) if forgets else show_taught(words, taught_file(), show_line)


def _examine_or_teach(
    words: Words, mic: str | None, speaker: str | None, headphones: bool, recogniser: str, teaches: bool, as_json: bool
) -> dict[str, Any]:
    from voicecoach.doctor.examination import Parts, examine
    from voicecoach.speaking.voices import default_voice

    show_line = partial(click.echo, err=as_json)
    listens = choose_recogniser(recogniser, words.language)
    parts = Parts(mic, speaker, headphones, recogniser=listens, voice=default_voice(words))
    if not teaches:
        return examine(parts, words, show_line)
    from voicecoach.doctor.taught_tasks import as_in_a_session, teach_and_keep
    from voicecoach.settings import Remembered, settings_file
    from voicecoach.taught import taught_file

    parts = as_in_a_session(parts, Remembered(settings_file(), warn).settings, warn)
    return teach_and_keep(parts, words, taught_file(), date.today(), show_line, warn)
