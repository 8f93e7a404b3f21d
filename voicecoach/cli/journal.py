"""The commands `history`, `history forget` and `export`: arguments in, tables, files and sentences out."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli import options
from voicecoach.cli.groups import Group
from voicecoach.errors import VoicecoachError
from voicecoach.journal.journal_folder import journal_folder
from voicecoach.small_files import reason, replace_whole

if TYPE_CHECKING:
    from voicecoach.journal.reader import Reader
    from voicecoach.journal.records import Session

_SHOWN = 20
_HEADINGS = ("", "begun", "programme", "dose", "side", "minutes", "repetitions", "pain", "ended")
_UNCLEAR_HEADINGS = ("", "programme", "language", "question", "words")


@click.group(cls=Group, invoke_without_command=True)
@click.option("--last", type=click.IntRange(1), metavar="N", help=f"Only the last N. [default: {_SHOWN} in the table]")
@click.option("--not-understood", is_flag=True, help="The words of answers that were not understood instead.")
@options.state
@options.as_json
@click.pass_context
def history(ctx: click.Context, last: int | None, not_understood: bool, state: Path | None, as_json: bool) -> None:
    """Past sessions, the latest at the end; or forget some."""
    if ctx.invoked_subcommand is not None:
        return
    from voicecoach.journal.reader import read_journal

    with read_journal(state or journal_folder()) as reader:
        sessions = reader.sessions(last=last if as_json or last else _SHOWN)
        earlier = reader.count() - len(sessions)
        unclear = _unclear(reader, sessions) if not_understood else []
    if not_understood:
        _show_unclear(unclear, earlier, len(sessions), as_json=as_json)
        return
    if as_json:
        from voicecoach.journal.export import in_short

        click.echo(json.dumps([in_short(session) for session in sessions]))
        return
    if not sessions:
        click.echo("No session has been kept yet.")
        return
    from tabulate import tabulate

    click.echo(tabulate([_row(session) for session in sessions], _HEADINGS, tablefmt="plain", disable_numparse=True))
    if earlier:
        click.echo(f"And {earlier} before these: voicecoach history --last {earlier + len(sessions)}")


def _unclear(reader: "Reader", sessions: Iterable["Session"]) -> list[dict[str, object]]:
    """Return what was not understood in sessions as plain values, in the order in which it was said."""
    by_id = {session.id: session for session in sessions}
    return [
        {
            "session": one.session,
            "said_at": by_id[one.session].time(one.at_seconds).isoformat(timespec="seconds"),
            "programme": by_id[one.session].programme,
            "language": by_id[one.session].language,
            "question": one.question,
            "words": one.words,
        }
        for one in reader.not_understood()
        if one.session in by_id
    ]


def _show_unclear(unclear: list[dict[str, object]], earlier: int, sessions: int, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(unclear))
        return
    from tabulate import tabulate

    if unclear:
        rows = [[one["session"], one["programme"], one["language"], one["question"], one["words"]] for one in unclear]
        click.echo(tabulate(rows, _UNCLEAR_HEADINGS, tablefmt="plain", disable_numparse=True))
    else:
        click.echo("No words of an answer that was not understood have been kept.")
    if earlier:
        before = "One session is" if earlier == 1 else f"{earlier} sessions are"
        click.echo(f"{before} before these: voicecoach history --not-understood --last {earlier + sessions}")


@history.command("forget")
@click.argument("sessions", type=int, nargs=-1, metavar="[SESSION]...")
@click.option("--all", "everything", is_flag=True, help="Forget every session, and all sound that was kept.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.state
def forget_sessions(sessions: tuple[int, ...], everything: bool, yes: bool, state: Path | None) -> None:
    """Forget SESSIONs, by their numbers in the history, for good."""
    from voicecoach.journal.erasure import forget, forget_all
    from voicecoach.journal.open_journal import open_journal
    from voicecoach.journal.reader import read_journal

    if bool(sessions) == everything:
        raise VoicecoachError("Write which sessions to forget, by their numbers in voicecoach history, or --all.")
    folder = state or journal_folder()
    if not folder.is_dir():
        click.echo("No session has been kept yet.")
        return
    if not everything:
        with read_journal(folder) as reader:
            for number in sessions:
                reader.session(number)
    what = "every session" if everything else f"session {', '.join(map(str, sessions))}"
    if not yes:
        click.confirm(f"Forget {what} for good?", abort=True, err=True)
    refused: list[str] = []
    journal = open_journal(folder, refused.append)
    if journal is None:
        raise VoicecoachError(f"Nothing is forgotten. {refused[-1]}")
    try:
        forget_all(journal) if everything else forget(journal, sessions)
    finally:
        journal.close()
    click.echo(f"Forgotten: {what}.")


@click.command()
@click.option("--format", "name", type=click.Choice(["csv", "jsonl", "fhir"]), default="csv", show_default=True,
              help="A table of sessions; everything, as JSON Lines; pain scores as FHIR R4 Observations.")  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file. [default: standard output]")
@options.state
def export(name: str, output: Path | None, state: Path | None) -> None:
    """Write past sessions out for other programs."""
    from voicecoach.journal.export import ENCODINGS, FORMATS
    from voicecoach.journal.reader import read_journal

    with read_journal(state or journal_folder()) as reader:
        _write(FORMATS[name](reader), output, ENCODINGS.get(name, "utf-8"))


def _write(texts: Iterable[str], output: Path | None, encoding: str) -> None:
    if output is None:
        for text in texts:
            click.echo(text, nl=False)
        return
    try:
        replace_whole(output, "".join(texts).encode(encoding))
    except OSError as error:
        raise VoicecoachError(f"{output} can't be written ({reason(error)}); choose another --output.") from None


def _row(session: "Session") -> tuple[object, ...]:
    scores = [score for score in (session.pain_first, session.pain_last) if score is not None]
    pain = " to ".join(map(str, dict.fromkeys(scores)))
    ended = (session.outcome or "broken off").replace("_", " ")
    adverse = f", {session.adverse} adverse" if session.adverse else ""
    return (
        session.id,
        f"{session.started_at:%Y-%m-%d %H:%M}",
        session.programme,
        session.profile or "full",
        session.side or "",
        round(session.length_seconds / 60),
        f"+{session.repetitions}" if session.continues else session.repetitions,
        pain,
        ended + adverse,
    )
