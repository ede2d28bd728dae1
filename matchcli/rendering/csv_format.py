"""Records as rows for a spreadsheet or a data frame: an event a line, the match repeated."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from matchcli.rendering.clean import clean
from matchcli.rendering.describe import team_name
from matchcli.rendering.options import Options
from matchcli.rendering.reasons import say

if TYPE_CHECKING:
    from matchcli.record import Event, Record, Tally

Cell = str | int | float | None

MATCH_COLUMNS = (
    "path",
    "match",
    "home",
    "away",
    "home_goals",
    "away_goals",
    "home_half_time",
    "away_half_time",
    "extra_time",
    "home_shootout",
    "away_shootout",
    "competition",
    "round",
    "venue",
    "date",
    "referee",
    "attendance",
    "home_coach",
    "away_coach",
)
EVENT_COLUMNS = (
    "event",
    "type",
    "team",
    "team_name",
    "player",
    "assist",
    "player_off",
    "player2",
    "period",
    "minute",
    "stoppage",
    "minute_low",
    "minute_high",
    "minute_basis",
    "outcome",
    "qualifiers",
    "home_score",
    "away_score",
    "text",
    "start",
    "end",
    "confidence",
)

# A spreadsheet takes a cell that begins so for a formula; the last four are their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write comma-separated rows under a line of column names."""
    _write(records, stream, options, ",")


def write_tsv(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write tab-separated rows under a line of column names; no cell holds a tab or a line end."""
    _write(records, stream, options, "\t")


def _write(records: Iterable[Record], stream: TextIO, options: Options, delimiter: str) -> None:
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow((*MATCH_COLUMNS, *EVENT_COLUMNS, *(("explain",) if options.explain else ())))
    for record in records:
        for row in _rows(record, options):
            writer.writerow([_cell(value) for value in row])
        stream.flush()
    stream.flush()


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    return safe(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula: an apostrophe goes before such a one."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(record: Record, options: Options) -> Iterator[list[Cell]]:
    match = _match_cells(record)
    width = len(EVENT_COLUMNS) + options.explain
    if not record.events:
        # A match of which no event is known is still a row.
        yield match + [None] * width
    for number, event in enumerate(record.events, 1):
        cells = match + _event_cells(record, event, number, options.lang)
        if options.explain:
            cells.append("; ".join(say(reason, options.lang) for reason in event.explain or ()))
        yield cells


def _match_cells(record: Record) -> list[Cell]:
    match, score = record.match, record.match.score
    return [
        record.source.path,
        record.source.match,
        match.home.name,
        match.away.name,
        score.home,
        score.away,
        *_tally(score.half_time),
        str(score.extra_time).lower(),
        *_tally(score.shootout),
        match.competition,
        match.round,
        match.venue,
        match.date,
        match.referee,
        match.attendance,
        match.home.coach,
        match.away.coach,
    ]


def _event_cells(record: Record, event: Event, number: int, lang: str) -> list[Cell]:
    low, high = event.minute_range or (None, None)
    return [
        number,
        event.type,
        event.team,
        team_name(record.match, event.team, lang),
        event.player,
        event.assist,
        event.player_off,
        event.player2,
        event.period,
        event.minute,
        event.stoppage,
        low,
        high,
        event.minute_basis,
        event.outcome,
        " ".join(event.qualifiers),
        *_tally(event.score),
        event.text,
        *event.span,
        event.confidence,
    ]


def _tally(tally: Tally | None) -> tuple[Cell, Cell]:
    return (None, None) if tally is None else (tally.home, tally.away)
