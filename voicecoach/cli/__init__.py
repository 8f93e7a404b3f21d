"""The commands: arguments in, results and sentences out; what they do lives elsewhere."""

import os
import sys

import click

from voicecoach.cli.bench import bench
from voicecoach.cli.doctor import doctor
from voicecoach.cli.groups import HELP, SETTINGS, Group, help_command
from voicecoach.cli.journal import export, history
from voicecoach.cli.models import models
from voicecoach.cli.programmes import programmes
from voicecoach.cli.rehearse import rehearse
from voicecoach.cli.report import report
from voicecoach.cli.run import run, start
from voicecoach.cli.service import service
from voicecoach.errors import VoicecoachError
from voicecoach.printing import flush, settle_streams, takes_no_more, warn


class _DefaultsToRun(Group):
    """`voicecoach` alone, or with options only, runs the built-in programme."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in (*HELP, "--version")):
            args = ["run", *args]
        return super().parse_args(ctx, args)


_NOT_FOR_OTHERS_TO_WRITE = 0o022


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


voicecoach.add_command(bench)
voicecoach.add_command(doctor)
voicecoach.add_command(export)
voicecoach.add_command(help_command)
voicecoach.add_command(history)
voicecoach.add_command(models)
voicecoach.add_command(programmes)
voicecoach.add_command(rehearse)
voicecoach.add_command(report)
voicecoach.add_command(run)
voicecoach.add_command(service)
voicecoach.add_command(start)


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
