"""The options that several commands take, and the journal that some of them name."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser_choice import CHOICES
from voicecoach.languages import Language
from voicecoach.meanings import COUNTINGS
from voicecoach.paces import PACES, USUAL_PACE
from voicecoach.printing import warn
from voicecoach.regions import Region

if TYPE_CHECKING:
    from voicecoach.journal.open_journal import OpenJournal


def _in_place(_ctx: click.Context, _parameter: click.Parameter, folder: Path | None) -> Path | None:
    """Return a folder that was named. Raises VoicecoachError where it is not there."""
    with suppress(PermissionError):
        if folder is not None and not folder.exists():
            raise VoicecoachError(f"There is no folder {folder}; name one with a journal, or leave --state out.")
    return folder


programme = click.argument("programme", default="calf")
mic = click.option("--mic", metavar="NAME", help="The microphone, by (a part of) its name.")
speaker = click.option("--speaker", metavar="NAME", help="The loudspeaker, by (a part of) its name.")
headphones = click.option(
    "--headphones", is_flag=True, help="The coach is heard in headphones: no echo has to be cancelled."
)
region = click.option(
    "--region",
    type=Region(),
    help="Whose emergency number is named, such as GB; else that of a country confirmed in a live session.",
)
language = click.option(
    "--language", type=Language(), help="What the coach speaks and understands, such as ko; else the locale's, or en."
)
cautious = click.option("--cautious", is_flag=True, help="The programme's smaller dose, for a first day.")
repetitions = click.option(
    "--repetitions",
    type=click.IntRange(1, 25),
    metavar="N",
    help="At most so many repetitions in a set; never more than the programme has.",
)
counting = click.option(
    "--counting", type=click.Choice(tuple(COUNTINGS.values())), help="How much is counted aloud; full, unless changed."
)
pace = click.option(
    "--pace",
    type=click.IntRange(PACES[0], PACES[-1]),
    metavar="N",
    help=f"At most how many words a minute the coach speaks, {PACES[0]} to {PACES[-1]}; {USUAL_PACE}, unless changed.",
)
keep_words = click.option(
    "--keep-words/--no-keep-words",
    default=None,
    help="Keep the words of answers that were not understood, for history --not-understood; kept, unless changed.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object, and nothing else.")
state = click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_in_place,
    help="The folder of the journal. [default: the live sessions' own]",
)
voice = click.option(
    "--voice",
    metavar="NAME",
    help="How the coach sounds: default, female, british or natural; in Korean default or female.",
)
recogniser = click.option(
    "--recogniser",
    type=click.Choice(CHOICES),
    default="auto",
    show_default=True,
    help="Who listens; auto: Vosk where its model is installed, else Moonshine, in English.",
)


def journal_in(folder: Path) -> "OpenJournal | None":
    """Return the journal of a folder for as long as the command runs; None where it can't be written."""
    from voicecoach.journal.open_journal import open_journal

    journal = open_journal(folder, warn)
    if journal is not None:
        click.get_current_context().call_on_close(journal.close)
    return journal
