"""A bar on standard error, only on a terminal and only for work that takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TypeVar

Item = TypeVar("Item")

#: Seconds of work after which the bar appears.
PATIENCE = 1.5


def shown(items: Iterator[Item], total: int) -> Iterator[Item]:
    """Pass ``items`` on; once they have taken a while, show how many of ``total`` are done."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    began = time.perf_counter()
    bar = Progress(
        TextColumn("reading reports"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=total)
    started = False
    try:
        for item in items:
            bar.advance(task)
            if not started and time.perf_counter() - began > PATIENCE:
                bar.start()
                started = True
            yield item
    finally:
        bar.stop()
