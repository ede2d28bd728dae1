"""Records as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matchcli.rendering import describe
from matchcli.rendering.clean import clean
from matchcli.rendering.options import Options
from matchcli.rendering.terminal import console
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Match, Record

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
    timeline: RenderableType = (
        _timeline(record, options)
        if record.events
        else Text(words(options.lang, "labels")["no_events"], style="dim")
    )
    header = _header(record.match, options.lang)
    # The header is as wide as the timeline, so that the two stand as one.
    needed = max(Measurement.get(screen, screen.options, part).maximum for part in (header, timeline))
    width = min(needed + 4, screen.width)
    summary = Text(describe.summary_of(record, options.lang), overflow="fold")
    parts: list[RenderableType] = [
        Panel(header, box=box.ROUNDED, width=width, style="none"),
        Constrain(summary, min(max(width, _PROSE), screen.width)),
        Text(),
        timeline,
    ]
    if options.explain:
        parts.append(_explanations(record, options.lang))
    if record.warnings:
        parts.append(_warnings(record, options.lang))
    return Group(*parts)


def _header(match: Match, lang: str) -> RenderableType:
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
    return Group(*lines)


def _timeline(record: Record, options: Options) -> Table:
    titles = words(options.lang, "columns")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(titles["minute"], justify="right", no_wrap=True)
    table.add_column(titles["team"], overflow="fold")
    table.add_column(titles["event"], overflow="fold")
    table.add_column(titles["player"], overflow="fold")
    table.add_column(titles["detail"], overflow="fold")
    table.add_column(titles["score"], no_wrap=True)
    runs = describe.period_runs(record.events)
    for number, (period, events) in enumerate(runs):
        if len(runs) > 1 or period != "unknown":
            heading = Text(words(options.lang, "periods")[period], style="italic dim")
            table.add_row("", *_heading_cells(heading))
        for event in events:
            table.add_row(*_row(record.match, event, options.lang))
        if number < len(runs) - 1:
            table.add_section()
    return table


def _heading_cells(heading: Text) -> list[Text]:
    return [heading, Text(), Text(), Text(), Text()]


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
        for reason in event.explain or ():
            lines.append(Padding(Text(f"- {clean(reason)}", overflow="fold"), (0, 0, 0, 2), expand=False))
    return Padding(Group(*lines), (1, 0, 0, 0), expand=False)


def _warnings(record: Record, lang: str) -> RenderableType:
    lines: list[RenderableType] = [Text(words(lang, "labels")["warnings"], style="bold yellow")]
    for warning in record.warnings:
        text = Text(f"- {clean(warning.message)} [{clean(warning.code)}]", overflow="fold")
        lines.append(Padding(text, (0, 0, 0, 2), expand=False))
    return Padding(Group(*lines), (1, 0, 0, 0), expand=False)
