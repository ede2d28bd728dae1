"""``matchcli cache``: the analyses kept of reports seen before."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="cache",
    help="The stored analyses: a report seen before is read again without the models.",
    no_args_is_help=True,
)


@app.command()
def info() -> None:
    """Show where the analyses are stored, how many there are and how large they are."""
    from matchcli.language.cache import AnnotationCache

    found = AnnotationCache().info()
    typer.echo(found.path)
    typer.echo(f"{found.entries} reports, {found.stored / 1e6:.1f} MB of at most {found.limit / 1e6:.0f} MB")


@app.command()
def clear() -> None:
    """Remove all stored analyses."""
    from matchcli.language.cache import AnnotationCache

    removed = AnnotationCache().clear()
    typer.echo(f"{removed} stored analyses removed")
