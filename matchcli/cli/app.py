"""The command's root: its subcommands and what all of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from matchcli import __version__
from matchcli.cli import cache, evaluate, model, render, schema, summarize


class _Commands(TyperGroup):
    """The subcommands; who names a file where a command belongs is told the command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first argument names."""
        first = args[0]
        if first not in self.commands and (first == "-" or Path(first).exists()):
            ctx.fail(f"No such command {first!r}. To read a report: matchcli summarize {first}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="matchcli",
    cls=_Commands,
    help="Italian football match reports as data: header, timeline, summary.",
    epilog="Start with: matchcli summarize report.txt; matchcli COMMAND --help has more examples.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=summarize.EPILOG)(summarize.summarize)
app.command(epilog=render.EPILOG)(render.render)
app.command(epilog=evaluate.EPILOG)(evaluate.evaluate)
app.command(epilog=schema.EPILOG)(schema.schema)
app.add_typer(model.app)
app.add_typer(cache.app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"matchcli {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    pass
