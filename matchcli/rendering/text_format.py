"""Records as plain text: the summary and a plain timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from matchcli.rendering import describe
from matchcli.rendering.clean import clean
from matchcli.rendering.options import Options
from matchcli.rendering.reasons import reasons
from matchcli.rendering.terminal import wanted_width
from matchcli.rendering.warnings import warning_lines
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Record

_RULE = "-" * 20


def write_text(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write each record as text, with a rule between two; lines are folded only at a width."""
    width = wanted_width(stream, options.width)
    for count, record in enumerate(records):
        if count:
            stream.write(f"\n{_RULE[:width]}\n\n")
        for indent, line in _lines(record, options):
            stream.write(_folded(line, indent, width) + "\n")
        stream.flush()


def _lines(record: Record, options: Options) -> Iterator[tuple[int, str]]:
    """Give the lines, each with the columns by which its continuation is indented."""
    lang, match = options.lang, record.match
    labels = words(lang, "labels")
    notes = describe.score_notes(match, lang)
    yield 0, describe.title(record, lang) + (f" ({notes})" if notes else "")
    for line in (
        " · ".join(describe.occasion(match)),
        " · ".join(describe.circumstances(match, lang)),
        describe.coaches(match, lang),
    ):
        if line:
            yield 0, line
    yield 0, ""
    yield 0, describe.summary_of(record, lang)
    yield 0, ""
    if not record.events:
        yield 0, labels["no_events"]
    minutes = [describe.minute_label(event, lang) for event in record.events]
    column = max(map(len, minutes), default=0)
    runs = describe.period_runs(record.events)
    for period, events in runs:
        if len(runs) > 1 or period != "unknown":
            yield 0, words(lang, "periods")[period]
        for event in events:
            minute = describe.minute_label(event, lang)
            told = describe.event_sentence(match, event, lang)
            yield column + 4, f"  {minute:>{column}}  {told}"
            if options.explain:
                yield column + 6, f"{'':{column + 4}}«{clean(event.text)}»"
                for reason in reasons(event, lang):
                    yield column + 6, f"{'':{column + 4}}- {reason}"
    if record.warnings:
        yield 0, ""
        yield 0, labels["warnings"]
        yield from ((4, f"  - {line}") for line in warning_lines(record, lang))


def _folded(line: str, indent: int, width: int | None) -> str:
    """Fold a line to a terminal's columns, wide characters counted as two."""
    if width is None or len(line) * 2 <= width:
        return line
    from rich.console import Console
    from rich.text import Text

    indent = min(indent, width // 2)
    console = Console(width=width, legacy_windows=False)
    whole = Text(line)
    first, *_ = whole.wrap(console, width)
    head = first.plain.rstrip(" ")
    rest = line[len(first.plain) :].lstrip(" ")
    if not rest:
        return head
    folded = Text(rest).wrap(console, max(width - indent, 1))
    return "\n".join([head, *(" " * indent + part.plain.rstrip(" ") for part in folded)])
