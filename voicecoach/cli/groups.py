"""Commands in groups, as click has them, but with whole lines of help, `-h`, and `help` beside them."""

import click

HELP = ("-h", "--help")
SETTINGS = {"help_option_names": list(HELP), "max_content_width": 100}
_WHOLE = 1000


class Group(click.Group):
    """Commands whose list wraps what each does; click cuts it off. The groups in it are such groups too."""

    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(_WHOLE)) for name, command in commands if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.command("help")
@click.argument("command", nargs=-1)
@click.pass_context
def help_command(ctx: click.Context, command: tuple[str, ...]) -> None:
    """Show what COMMAND does and its options; without one, which commands there are."""
    parent = ctx.parent
    assert parent is not None
    parent.command.main([*command, "--help"], prog_name=parent.command_path)
