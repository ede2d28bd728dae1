"""How the process behaves among others: pipes, signals, encodings."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

#: Exit status after Ctrl-C, as shells count it.
STOPPED = 128 + signal.SIGINT

#: What a disk answers that takes nothing more.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})


def prepare() -> None:
    """Make the process ready: signals end it at once, output can carry every character."""
    _open_what_is_closed()
    signal.signal(signal.SIGINT, _end_at_once)
    signal.signal(signal.SIGTERM, _end_at_once)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            # A pipe carries UTF-8; a terminal shows what it can.
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def _open_what_is_closed() -> None:
    """Put nothing where the caller has closed a stream (``<&-``, ``>&-``): it is empty, it swallows all.

    Left closed, its number would go to the next file that is opened.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_RDWR)
            if nothing != number:
                os.dup2(nothing, number)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def is_full(error: BaseException) -> bool:
    """Tell whether an error says that a disk, a quota or a device takes nothing more."""
    return isinstance(error, OSError) and error.errno in _FULL


def reason(error: BaseException) -> str:
    """Give what the system says of an error, as the end of a line: ``no space left on device``."""
    told = getattr(error, "strerror", None) or str(error)
    return told[:1].lower() + told[1:]


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
    if isinstance(leaving.__context__, BrokenPipeError):
        status = 0  # the help was longer than what its reader wanted
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = 0
    except OSError as error:
        if status == 0:
            print(f"matchcli: the output could not be written: {reason(error)}", file=sys.stderr)
            status = 1
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
    with contextlib.suppress(OSError, ValueError):
        os.dup2(devnull, sys.stdout.fileno())
