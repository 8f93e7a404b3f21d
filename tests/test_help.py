"""Help: by `-h` and by `help` as well, of every command, and whole on a terminal of 80 columns."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import voicecoach


def run(*arguments: str) -> Result:
    return CliRunner().invoke(voicecoach, arguments, prog_name="voicecoach", terminal_width=80)


def every_command(group: click.Group = voicecoach, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield before
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*before, name))
        else:
            yield (*before, name)


@pytest.mark.parametrize("command", list(every_command()), ids=" ".join)
def test_every_command_has_its_help_in_three_ways_and_none_of_it_is_cut_off(command: tuple[str, ...]) -> None:
    shown = run(*command, "--help")
    assert shown.stdout.startswith(f"Usage: {' '.join(('voicecoach', *command))} ")
    assert "-h, --help" in shown.stdout
    assert "...\n" not in shown.stdout.partition("\n")[2]
    assert run(*command, "-h").stdout == run("help", *command).stdout == shown.stdout


def test_help_for_what_there_is_not_is_a_sentence() -> None:
    refused = run("help", "programs")
    assert refused.exit_code == 2
    assert "No such command 'programs'" in refused.stderr
