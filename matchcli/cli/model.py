"""``matchcli model``: which Stanza models there are, fetching others, training and measuring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from matchcli.cli.messages import say

EPILOG = """[bold]Examples[/bold]

  matchcli model info
  matchcli model download && matchcli summarize --model official report.txt
  ls $(matchcli model path)"""

app = typer.Typer(
    name="model",
    help="The Stanza models: what is installed, the official ones, training, figures.",
    epilog=EPILOG,
    no_args_is_help=True,
)

Which = Annotated[
    str, typer.Argument(metavar="NAME", help="bundled, official, or a folder of Stanza models.")
]


@app.command()
def info(
    name: Which = "bundled",
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show where models are, whether they are whole, their sizes, licences and figures.

    Exits with 1 where a file is missing or damaged.
    """
    from matchcli.language.models import ModelError, find_models, read_card

    try:
        models = find_models(name)
        card = read_card(models)
    except ModelError as error:
        raise _unusable(error) from None
    trouble = None
    try:
        models.check_contents()
    except ModelError as error:
        trouble = str(error)
    sizes = {
        file.processor: file.path.stat().st_size if file.path.is_file() else None for file in models.files
    }
    if as_json:
        told = {
            "name": models.name,
            "directory": str(models.directory),
            "whole": trouble is None,
            "files": sizes,
            **card,
        }
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False, default=str))
    else:
        typer.echo(f"{models.name} models in {models.directory}")
        for processor, size in sizes.items():
            typer.echo(f"  {processor:10} {'missing' if size is None else f'{size / 1e6:6.1f} MB'}")
        typer.echo(f"  {'together':10} {sum(size or 0 for size in sizes.values()) / 1e6:6.1f} MB")
        for figure, value in card.get("figures", {}).items():
            typer.echo(f"{figure}: {value}")
        for source in card.get("source", []):
            typer.echo(f"{source['name']}: {source['licence']}")
    if trouble:
        say(trouble)
        raise typer.Exit(1)


@app.command()
def path(name: Which = "bundled") -> None:
    """Print the folder of the models; of the official ones also before they are downloaded."""
    from matchcli.language.models import ModelError, find_models, official_directory

    try:
        typer.echo(official_directory() if name == "official" else find_models(name).directory)
    except ModelError as error:
        raise _unusable(error) from None


@app.command()
def download(
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress bars.")] = False,
) -> None:
    """Fetch Stanza's official Italian models, for --model official.

    What is there and whole is kept; a transfer that broke off goes on with the file it was at.
    """
    from matchcli.language.download import download_official
    from matchcli.language.models import ModelError

    try:
        models = download_official(progress=False if quiet else None)
    except ModelError as error:
        raise _unusable(error) from None
    typer.echo(models.directory)


@app.command()
def train(
    data_dir: Annotated[
        Path, typer.Argument(metavar="DATA_DIR", exists=True, file_okay=False, help="treebanks/ and ner/.")
    ],
    out_dir: Annotated[
        Path, typer.Argument(metavar="OUT_DIR", file_okay=False, help="Where the models are written.")
    ],
    only: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Train these processors, separated by commas.")
    ] = None,
) -> None:
    """Rebuild the bundled models from treebanks and annotated lines; takes hours."""
    from matchcli.language.models import ModelError
    from matchcli.language.training.run import train_all

    try:
        models = train_all(data_dir, out_dir, only.split(",") if only else None)
    except ModelError as error:
        raise _unusable(error) from None
    typer.echo(models.directory)


@app.command()
def evaluate(
    name: Which = "bundled",
    treebanks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", exists=True, file_okay=False, help="Folder with it_isdt-ud-test.conllu."),
    ] = None,
) -> None:
    """Measure models: on the football lines kept for it, and with --treebanks on ISDT test."""
    from matchcli.language.models import ModelError, find_models
    from matchcli.language.training.evaluate import evaluate_football, evaluate_treebank

    try:
        models = find_models(name)
        if treebanks:
            typer.echo("ISDT test, from raw text, F1")
            for metric, value in evaluate_treebank(models, treebanks).items():
                typer.echo(f"  {metric:10} {value:6.2f}")
        typer.echo("Football lines, precision, recall, F1")
        for metric, score in evaluate_football(models).items():
            typer.echo(f"  {metric:10} {score.precision:6.2f} {score.recall:6.2f} {score.f1:6.2f}")
    except ModelError as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> typer.Exit:
    say(str(error))
    return typer.Exit(1)
