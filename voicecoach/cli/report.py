"""The command `report`: arguments in, one file and a sentence out."""

from datetime import datetime
from pathlib import Path

import click
import platformdirs

from voicecoach.cli import options
from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_folder
from voicecoach.small_files import reason, replace_whole

_NAME = "voicecoach-report.html"
_LANGUAGE = "en"


@click.command()
@click.argument("programme", required=False)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"The file to write. [default: {_NAME} in the user's documents]",
)
@options.state
def report(programme: str | None, output: Path | None, state: Path | None) -> None:
    """Write a page about past sessions for whoever treats you: those of PROGRAMME, else of the last one's programme."""
    from voicecoach.journal.reader import read_journal
    from voicecoach.report.contents import gather
    from voicecoach.report.page import page
    from voicecoach.report.wording import read_report_words

    words = read_report_words(_LANGUAGE)
    file = (output or platformdirs.user_documents_path() / _NAME).absolute()
    with read_journal(state or journal_folder()) as reader:
        gathered = gather(reader, programme, _LANGUAGE)
    html = page(gathered, words, _LANGUAGE, datetime.now().date())
    try:
        replace_whole(file, html.encode())
    except OSError as error:
        raise VoicecoachError(f"{file} can't be written ({reason(error)}); choose another --output.") from None
    click.echo(f"The report is in {file}")
