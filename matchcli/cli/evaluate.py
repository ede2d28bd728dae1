"""``matchcli evaluate``: figures of records against gold timelines."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from matchcli.cli import options
from matchcli.cli.messages import say
from matchcli.rendering.clean import clean

if TYPE_CHECKING:
    from matchcli.evaluation import Scores


EPILOG = """[bold]Examples[/bold]

  matchcli evaluate tests/gold
  matchcli evaluate tests/gold records.jsonl --min all_strict_f1=0.7 --errors

[bold]Exit status[/bold]

  0  all figures reach their minimum
  1  a figure falls short, or the records or the models cannot be used
  2  wrong usage"""


def _minimum(value: str) -> tuple[str, float]:
    name, _, figure = value.partition("=")
    try:
        return name.strip(), float(figure)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not NAME=VALUE, as in all_strict_f1=0.7") from None


def evaluate(
    gold_dir: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR", exists=True, file_okay=False, help="Pairs of NAME.txt and NAME.json."
        ),
    ],
    records: Annotated[
        str | None,
        typer.Argument(
            metavar="RECORDS", show_default=False, help="Records made earlier; without them, made now."
        ),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    minimum: Annotated[
        list[str] | None,
        typer.Option(
            "--min",
            metavar="NAME=VALUE",
            show_default=False,
            help="Exit with 1 below this figure; repeatable.",
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed, invented or wrong.")
    ] = False,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="Stanza models: bundled, official, or a folder of them.")
    ] = "bundled",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read anew, and store nothing.")] = False,
    no_color: options.NoColor = False,
) -> None:
    """Measure records against gold timelines.

    A record belongs to the case that its source is named after. The definitions of the figures
    stand in matchcli.evaluation.score.
    """
    from matchcli.evaluation import GoldError, read_cases, score

    bars = [_minimum(value) for value in minimum or []]
    try:
        cases = read_cases(gold_dir)
    except GoldError as error:
        raise typer.BadParameter(str(error), param_hint="GOLD_DIR") from None
    found = (
        _stored(records)
        if records
        else _made([gold_dir / f"{case.name}.txt" for case in cases], model, no_cache)
    )
    by_case: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in found:
        by_case[Path(record["source"]["path"]).stem].append(record)
    scores = score(cases, by_case)
    figures = scores.figures()
    with options.output_stream() as stream:
        if errors:
            for mistake in scores.mistakes:
                line = f"{mistake.case}: {mistake.kind} {clean(mistake.message)}"
                print(line, file=sys.stderr if json_ else stream)
        if json_:
            stream.write(json.dumps(figures, indent=2) + "\n")
        else:
            _print(scores, stream, False if no_color else None)
    short = [
        f"{name} {figures.get(name, 0.0):.3f} < {bar:g}" for name, bar in bars if figures.get(name, 0.0) < bar
    ]
    if short:
        say("falls short: " + "; ".join(short))
        raise typer.Exit(1)


def _stored(name: str) -> Iterator[dict[str, Any]]:
    from matchcli.stored import BadRecord, read_records

    for item in read_records(name):
        if isinstance(item, BadRecord):
            say(str(item))
            raise typer.Exit(1)
        yield item.model_dump(by_alias=True)


def _made(reports: list[Path], model: str, no_cache: bool) -> Iterator[dict[str, Any]]:
    from matchcli.language import ModelError
    from matchcli.pipeline import Settings, summarize
    from matchcli.reading import find_inputs

    settings = Settings(model=model, cache=not no_cache)
    try:
        for outcome in summarize(find_inputs(map(str, reports)), settings):
            if outcome.problem:
                say(f"{outcome.path}: {outcome.problem}")
            for record in outcome.records:
                yield record.model_dump(by_alias=True)
    except ModelError as error:
        say(str(error))
        raise typer.Exit(1 if model in ("bundled", "official") else 2) from None


def _print(scores: Scores, stream: TextIO, color: bool | None) -> None:
    from rich.table import Table

    from matchcli.evaluation.gold import TYPES
    from matchcli.rendering.terminal import console

    screen = console(stream, color, None)
    table = Table(box=None, pad_edge=False)
    table.add_column("events")
    for heading in ("gold", "predicted", "precision", "recall", "F1", "strict F1"):
        table.add_column(heading, justify="right")
    for group in ("all", "key", *TYPES):
        if group in scores.counts:
            counts = scores.counts[group]
            shares = (counts.precision, counts.recall, counts.f1, counts.strict_f1)
            table.add_row(
                group,
                str(counts.gold),
                str(counts.predicted),
                *(f"{share:.3f}" for share in shares),
                style="bold" if group in ("all", "key") else None,
            )
    screen.print(table)
    for title, shares_of in (("slots of found events", scores.slots), ("header", scores.headers)):
        told = ", ".join(f"{name} {share.right}/{share.total}" for name, share in sorted(shares_of.items()))
        screen.print(f"{title}: {told}", soft_wrap=True)
    figures = scores.figures()
    screen.print(
        f"{scores.matches} matches, {scores.surplus_matches} surplus, "
        + ", ".join(
            f"{name} {figures.get(name, 0.0):.3f}"
            for name in ("goals_perfect", "header", "all_strict_f1", "key_strict_f1")
        ),
        soft_wrap=True,
    )
