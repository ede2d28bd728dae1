"""``matchcli render``: records made earlier, in any of the formats, without any models."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matchcli.cli import options
from matchcli.cli.messages import say

if TYPE_CHECKING:
    from matchcli.record import Record

EPILOG = """[bold]Examples[/bold]

  matchcli summarize -o season.jsonl reports/
  matchcli render season.jsonl -o season.html
  matchcli render -f csv --only goals,cards < season.jsonl

[bold]Exit status[/bold]

  0  all was read
  1  a record could not be read, or with --strict has warnings
  2  wrong usage"""


def render(
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RECORDS.jsonl",
            show_default=False,
            help="Records as summarize prints them (jsonl or json), or - for standard input.",
        ),
    ] = None,
    format: options.Format = None,
    output: options.Output = None,
    only: options.Only = None,
    min_confidence: options.MinConfidence = 0.0,
    explain: options.Explain = False,
    lang: options.Lang = "it",
    strict: options.Strict = False,
    no_color: options.NoColor = False,
) -> None:
    """Print records made earlier, in any of the formats; no models are loaded.

    The page (html) shows the reports' texts where the files are still there and unchanged.
    """
    if not records and sys.stdin.isatty():
        raise typer.BadParameter("name a file of records, or pipe records in", param_hint="RECORDS")
    from matchcli.rendering import render as write
    from matchcli.selection import chosen_types, selector

    chosen = options.format_for(format, output)
    select = selector(chosen_types(only) if only else None, min_confidence)
    found = _Found(texts_wanted=chosen == "html", lang=lang)
    names = records or ["-"]
    with options.output_stream(output, map(Path, names)) as stream:
        write(
            map(select, found.records(names)),
            chosen,
            stream=stream,
            color=False if no_color else None,
            lang=lang,
            texts=found.texts,
            explain=explain,
        )
    if found.failures or (strict and found.warnings):
        raise typer.Exit(1)


class _Found:
    """The records of the inputs; what could not be read is said and counted."""

    def __init__(self, *, texts_wanted: bool, lang: str) -> None:
        self.texts_wanted = texts_wanted
        self.lang = lang
        self.texts: dict[str, str] = {}
        self.failures = self.warnings = 0

    def records(self, names: Iterable[str]) -> Iterator[Record]:
        """All records, in order."""
        from matchcli.stored import BadRecord, read_records

        if self.lang != "it":
            from matchcli.rendering.summary import summarize as tell

        for name in names:
            for item in read_records(name):
                if isinstance(item, BadRecord):
                    self.failures += 1
                    say(str(item))
                    continue
                self.warnings += len(item.warnings)
                if self.lang != "it":
                    item.summary = tell(item, self.lang)  # records are stored with the Italian one
                if self.texts_wanted:
                    self._find_text(item)
                yield item

    def _find_text(self, record: Record) -> None:
        """Read the report again where the file still has the bytes that the record was made of."""
        from matchcli.reading import UnreadableReport, read

        path = record.source.path
        if record.source.sha256 in self.texts or path == "-":
            return
        try:
            report = read(Path(path), path=path)
        except UnreadableReport:
            return
        if report.sha256 == record.source.sha256:
            self.texts[report.sha256] = report.text
