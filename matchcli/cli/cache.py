"""``matchcli cache``: what is kept of reports seen before."""

from __future__ import annotations

import typer

EPILOG = """[bold]Examples[/bold]

  matchcli cache info
  matchcli cache clear"""

app = typer.Typer(
    name="cache",
    help="What is kept of reports: one seen before needs no models.",
    epilog=EPILOG,
    no_args_is_help=True,
)


@app.command()
def info() -> None:
    """Show where the cache is, how many analyses and records it holds, and how large they are."""
    from matchcli.cache import Cache

    found = Cache().info()
    typer.echo(found.path)
    typer.echo(
        f"{_counted(found.entries)}, {found.stored / 1e6:.1f} MB of at most {found.limit / 1e6:.0f} MB"
    )


@app.command()
def clear() -> None:
    """Remove all stored analyses and records."""
    from matchcli.cache import Cache

    typer.echo(f"removed: {_counted(Cache().clear())}")


def _counted(entries: dict[str, int]) -> str:
    analyses, records = entries.get("annotation", 0), entries.get("record", 0)
    return f"{analyses} analyses, records of {records} reports"
