"""Records as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matchcli.rendering import describe
from matchcli.rendering.clean import clean
from matchcli.rendering.options import Options
from matchcli.rendering.reasons import reasons
from matchcli.rendering.terminal import console
from matchcli.rendering.warnings import warning_lines
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Match, Record

_COLUMNS = ("minute", "team", "event", "player", "detail", "score")
# Blanks between two columns.
_BETWEEN = 2
_RULE = "─"

# In a terminal narrower than this, six columns would part every name: events become lines.
_NARROW = 60
# Columns that the summary may take where the table is narrower.
_PROSE = 80

_STYLES = {
    "goal": "bold green",
    "disallowed_goal": "magenta",
    "penalty_awarded": "cyan",
    "penalty_missed": "magenta",
    "penalty_overturned": "magenta",
    "penalty_appeal": "cyan",
    "yellow_card": "yellow",
    "second_yellow": "bold red",
    "red_card": "bold red",
    "injury": "red",
    "kick_off": "dim",
    "half_time": "dim",
    "full_time": "dim",
}


def write_table(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write header and timeline of each record as soon as it is ready."""
    screen = console(stream, options.color, options.width)
    for count, record in enumerate(records):
        if count:
            stream.write("\n")
        with screen.capture() as shown:
            screen.print(_match(record, screen, options))
        # Rich fills each line up to the table's width; in a pipe that is noise.
        stream.write("".join(f"{line.rstrip(' ')}\n" for line in shown.get().split("\n")[:-1]))
        stream.flush()


def _match(record: Record, screen: Console, options: Options) -> RenderableType:
    lang = options.lang
    header = _header(record.match, lang)
    timeline: RenderableType
    if record.events:
        timeline, timeline_width = _timeline(record, screen.width, lang)
    else:
        timeline, timeline_width = Text(words(lang, "labels")["no_events"], style="dim"), 0
    # The header is as wide as the timeline, so that the two stand as one.
    needed = max(timeline_width, *(line.cell_len + 4 for line in header))
    width = min(needed, screen.width)
    summary = Text(describe.summary_of(record, lang), overflow="fold")
    parts: list[RenderableType] = [
        Panel(Group(*header), box=box.ROUNDED, width=width, style="none"),
        Constrain(summary, min(max(width, _PROSE), screen.width)),
        Text(),
        timeline,
    ]
    if options.explain:
        parts.append(_explanations(record, lang))
    if record.warnings:
        parts.append(_warnings(record, lang))
    return Group(*parts)


def _header(match: Match, lang: str) -> list[Text]:
    teams = Text(justify="center", overflow="fold")
    teams.append(describe.team_name(match, "home", lang), style="bold")
    teams.append(f"  {describe.score_label(match)}  ", style="bold green")
    teams.append(describe.team_name(match, "away", lang), style="bold")
    lines = [teams]
    for line in (
        describe.score_notes(match, lang),
        " · ".join(describe.occasion(match)),
        " · ".join(describe.circumstances(match, lang)),
        describe.coaches(match, lang),
    ):
        if line:
            lines.append(Text(line, justify="center", overflow="fold"))
    return lines


def _timeline(record: Record, room: int, lang: str) -> tuple[RenderableType, int]:
    """Give the timeline as a table and the columns of the terminal that it takes, if it may."""
    titles = [words(lang, "columns")[column] for column in _COLUMNS]
    runs = describe.period_runs(record.events)
    headed = len(runs) > 1 or runs[0][0] != "unknown"
    sections = []
    for period, events in runs:
        heading = Text(words(lang, "periods")[period], style="italic dim")
        rows = [[Text(), heading, Text(), Text(), Text(), Text()]] if headed else []
        sections.append(rows + [_row(record.match, event, lang) for event in events])
    cells = [row for rows in sections for row in rows]
    widths = [
        max(cell_len(title), *(row[place].cell_len for row in cells)) for place, title in enumerate(titles)
    ]
    width = sum(widths) + _BETWEEN * (len(widths) - 1)
    if width <= room:
        return _laid_out(titles, sections, widths), width
    if room < _NARROW:
        return _lines(record, runs, headed, lang), room
    return _folded(titles, sections), width


def _laid_out(titles: list[str], sections: list[list[list[Text]]], widths: list[int]) -> Text:
    """Give a table whose cells all fit; Rich, which would see how they could fold, takes thrice as long."""
    rule = sum(widths) + _BETWEEN * (len(widths) - 1)
    lines = [_line([Text(title, style="bold") for title in titles], widths), Text(_RULE * rule)]
    for number, rows in enumerate(sections):
        if number:
            lines.append(Text())
        lines.extend(_line(row, widths) for row in rows)
    return Text("\n", no_wrap=True, overflow="ignore").join(lines)


def _line(row: list[Text], widths: list[int]) -> Text:
    """Give the cells of a row as one line, the first flush right."""
    first, *others = row
    line = Text(" " * (widths[0] - first.cell_len)).append_text(first)
    gap = _BETWEEN
    for cell, width in zip(others, widths[1:], strict=True):
        line.append(" " * gap).append_text(cell)
        gap = width - cell.cell_len + _BETWEEN
    return line


def _folded(titles: list[str], sections: list[list[list[Text]]]) -> Table:
    """Give a table whose cells are folded until it fits."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for title, column in zip(titles, _COLUMNS, strict=True):
        justify: JustifyMethod = "right" if column == "minute" else "left"
        table.add_column(title, justify=justify, overflow="fold", no_wrap=column in ("minute", "score"))
    for number, rows in enumerate(sections):
        for row in rows:
            table.add_row(*row)
        if number < len(sections) - 1:
            table.add_section()
    return table


def _lines(record: Record, runs: list[tuple[str, list[Event]]], headed: bool, lang: str) -> Table:
    """Give the timeline for a narrow terminal: minute and event, a line each."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for period, events in runs:
        if headed:
            table.add_row(Text(), Text(words(lang, "periods")[period], style="italic dim"))
        for event in events:
            told = Text(describe.event_sentence(record.match, event, lang))
            told.stylize(_STYLES.get(event.type, ""), 0, len(words(lang, "events")[event.type]))
            table.add_row(Text(describe.minute_label(event, lang)), told)
    return table


def _row(match: Match, event: Event, lang: str) -> list[Text]:
    style = _STYLES.get(event.type, "")
    unknown = words(lang, "labels")["unknown"]
    course = event.type in describe.COURSE
    return [
        Text(describe.minute_label(event, lang)),
        Text(describe.team_name(match, event.team, lang) or ("" if course else unknown)),
        Text(words(lang, "events")[event.type], style=style),
        Text(describe.player_label(event) or ("" if course else unknown)),
        Text(", ".join(describe.details(event, lang))),
        Text(describe.running_score(event), style="bold"),
    ]


def _explanations(record: Record, lang: str) -> RenderableType:
    lines: list[RenderableType] = [Text(words(lang, "labels")["why"], style="bold")]
    for event in record.events:
        head = Text(f"{describe.minute_label(event, lang)} ")
        head.append(words(lang, "events")[event.type], style=_STYLES.get(event.type, ""))
        if player := describe.player_label(event):
            head.append(f" {player}")
        head.overflow = "fold"
        lines.append(head)
        lines.append(Padding(Text(f"«{clean(event.text)}»", overflow="fold"), (0, 0, 0, 2), expand=False))
        for reason in reasons(event, lang):
            lines.append(Padding(Text(f"- {reason}", overflow="fold"), (0, 0, 0, 2), expand=False))
    return Padding(Group(*lines), (1, 0, 0, 0), expand=False)


def _warnings(record: Record, lang: str) -> RenderableType:
    lines: list[RenderableType] = [Text(words(lang, "labels")["warnings"], style="bold yellow")]
    for line in warning_lines(record, lang):
        text = Text(f"- {line}", overflow="fold")
        lines.append(Padding(text, (0, 0, 0, 2), expand=False))
    return Padding(Group(*lines), (1, 0, 0, 0), expand=False)
