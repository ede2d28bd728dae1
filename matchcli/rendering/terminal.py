"""What the stream that the output goes to can show."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

#: Wider than any table: where there is no terminal, nothing is wrapped or cut.
UNLIMITED = 100_000


def wants_color(stream: TextIO, color: bool | None) -> bool:
    """Tell whether to colour: as asked, else by NO_COLOR, FORCE_COLOR, TERM and the terminal."""
    if color is not None:
        return color
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") not in ("dumb", "unknown") and is_terminal(stream)


def is_terminal(stream: TextIO) -> bool:
    """Tell whether the stream is a terminal; a closed one is not."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def wanted_width(stream: TextIO, width: int | None) -> int | None:
    """Give the columns to fill: as asked, else COLUMNS, else the terminal's; None is no limit."""
    if width is not None:
        return max(width, 1)
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    if not is_terminal(stream):
        return None
    for candidate in (stream, sys.stderr, sys.stdin):
        try:
            return os.get_terminal_size(candidate.fileno()).columns or 80
        except (OSError, ValueError, AttributeError):
            continue
    return 80


def console(stream: TextIO, color: bool | None, width: int | None) -> Console:
    """Make a Rich console that writes plain text, in colour only where that is wanted."""
    from rich.console import Console

    colored = wants_color(stream, color)
    columns = wanted_width(stream, width)
    return Console(
        file=stream,
        force_terminal=colored,
        color_system="auto" if colored else None,
        no_color=not colored,
        width=UNLIMITED if columns is None else columns,
        height=1000,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        soft_wrap=False,
    )
