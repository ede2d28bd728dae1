"""How the process behaves among others: pipes, signals, encodings."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

#: Exit status after Ctrl-C, as shells count it.
STOPPED = 128 + signal.SIGINT


def prepare() -> None:
    """Make the process ready: signals end it at once, output can carry every character."""
    signal.signal(signal.SIGINT, _end_at_once)
    signal.signal(signal.SIGTERM, _end_at_once)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            # A pipe carries UTF-8; a terminal shows what it can.
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def _end_at_once(number: int, frame: FrameType | None) -> None:
    """End without unwinding: nothing is left to tidy, and libraries would print tracebacks."""
    _end_workers()
    if sys.stderr is not None and sys.stderr.isatty():
        os.write(2, b"\x1b[?25h")  # a progress bar may have hidden the cursor
    os._exit(128 + number)


def leave(leaving: SystemExit) -> NoReturn:
    """Exit as asked, and quietly with 0 where the reader of the output has gone.

    What is in memory is not taken apart, as Python would at its end: with torch loaded that takes as
    long as the analysis of a report.
    """
    status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    if isinstance(leaving.code, str):
        print(leaving.code, file=sys.stderr)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = 0
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.flush()
    _end_workers()
    os._exit(status)


def _end_workers() -> None:
    if "multiprocessing" in sys.modules:
        for worker in sys.modules["multiprocessing"].active_children():
            worker.kill()


def forget_stdout() -> None:
    """Send what is still to be written nowhere, so that Python's exit does not complain."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
