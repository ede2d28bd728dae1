"""``matchcli summarize``: reports in, matches out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from matchcli.cli import options
from matchcli.cli.messages import say

if TYPE_CHECKING:
    from matchcli.pipeline import Outcome, Settings
    from matchcli.reading import Input
    from matchcli.record import Record

EPILOG = """[bold]Examples[/bold]

  matchcli summarize report.txt
  matchcli summarize -f jsonl reports/ | jq -r .summary
  matchcli summarize -o goals.csv --only goals reports/*.txt
  curl -s https://example.org/match.html | matchcli summarize -

[bold]Exit status[/bold]

  0    all was read
  1    some input could not be read, or with --strict a record has warnings
  2    wrong usage
  130  stopped by Ctrl-C (143: by SIGTERM)"""


def summarize(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILES",
            show_default=False,
            help="Reports: text files, web pages, folders of them, or - for standard input.",
        ),
    ] = None,
    format: options.Format = None,
    output: options.Output = None,
    only: options.Only = None,
    min_confidence: options.MinConfidence = 0.0,
    explain: options.Explain = False,
    lang: options.Lang = "it",
    model: Annotated[
        str, typer.Option(metavar="NAME", help="Stanza models: bundled, official, or a folder of them.")
    ] = "bundled",
    jobs: Annotated[int, typer.Option("-j", "--jobs", metavar="N", min=1, help="Work in N processes.")] = 1,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read anew, and store nothing.")] = False,
    encoding: options.Encoding = None,
    max_size: options.MaxSize = "1M",
    max_time: options.MaxTime = 120,
    strict: options.Strict = False,
    no_color: options.NoColor = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Read match reports and print each match: header, timeline, summary.

    A report of three matches gives three records, in order.
    Without FILES, a report is read from the pipe.
    """
    if not files and sys.stdin.isatty():
        raise typer.BadParameter("name files or folders, or pipe a report in", param_hint="FILES")
    from matchcli.pipeline import Settings
    from matchcli.reading import find_inputs
    from matchcli.rendering import render
    from matchcli.selection import chosen_types, selector

    chosen = options.format_for(format, output)
    settings = Settings(
        model=model,
        cache=not no_cache,
        encoding=encoding,
        limit=options.parse_size(max_size),
        patience=max_time,
        lang=lang,
        keep_text=chosen == "html",
    )
    run = _Run(strict=strict, quiet=quiet, verbose=verbose)
    select = selector(chosen_types(only) if only else None, min_confidence)
    inputs = list(find_inputs(files or ["-"]))
    with options.output_stream(output, (item.file for item in inputs if item.file)) as stream:
        outcomes = _outcomes(inputs, settings, jobs)
        if not quiet and len(inputs) > 1 and not (stream is sys.stdout and stream.isatty()):
            from matchcli.cli.progress import shown

            outcomes = shown(outcomes, len(inputs))
        render(
            map(select, run.records(outcomes)),
            chosen,
            stream=stream,
            color=False if no_color else None,
            lang=lang,
            texts=run.texts,
            explain=explain,
        )
    run.finish()


def _outcomes(inputs: list[Input], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """The outcomes of the inputs; models that cannot be used end the command."""
    from matchcli.language import ModelError

    try:
        if jobs > 1:
            from matchcli.parallel import summarize_parallel

            yield from summarize_parallel(inputs, settings, jobs)
        else:
            from matchcli.pipeline import summarize as summarize_inputs

            yield from summarize_inputs(inputs, settings)
    except ModelError as error:
        say(str(error))
        # A folder that holds no models was named wrongly; matchcli's own should have been there.
        raise typer.Exit(1 if settings.model in ("bundled", "official") else 2) from None


class _Run:
    """What is kept while outcomes pass: texts for the page, counts for the messages and the status."""

    def __init__(self, *, strict: bool, quiet: bool, verbose: bool) -> None:
        self.strict = strict
        self.quiet = quiet
        self.verbose = verbose
        self.texts: dict[str, str] = {}
        self.inputs = self.matches = self.failures = self.warnings = 0
        self.began = time.perf_counter()

    def records(self, outcomes: Iterator[Outcome]) -> Iterator[Record]:
        """The records of the outcomes; problems are said on the way."""
        for outcome in outcomes:
            self.inputs += 1
            if outcome.text is not None:
                self.texts[outcome.sha256] = outcome.text
            if outcome.problem is not None:
                self.failures += 1
                say(f"{outcome.path}: {outcome.problem}")
            elif not outcome.records and not self.quiet:
                say(f"{outcome.path}: no match was found in it")
            if self.verbose:
                matches = _count(len(outcome.records), "match", "matches")
                say(f"{outcome.path}: {matches}, {outcome.seconds * 1000:.0f} ms")
            for record in outcome.records:
                self.matches += 1
                self._warn(outcome.path, record)
                yield record

    def _warn(self, path: str, record: Record) -> None:
        self.warnings += len(record.warnings)
        if self.strict or self.verbose:
            for warning in record.warnings:
                say(f"{path}: match {record.source.match + 1}: {warning.message} [{warning.code}]")

    def finish(self) -> None:
        """Say what was done where that was asked for, and exit with 1 where something went wrong."""
        if self.verbose:
            seconds = time.perf_counter() - self.began
            say(
                f"{_count(self.inputs, 'input')}, {_count(self.matches, 'match', 'matches')}, "
                f"{self.failures} not read, {_count(self.warnings, 'warning')}, {seconds:.2f} s"
            )
        if self.failures or (self.strict and self.warnings):
            raise typer.Exit(1)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
