"""A limit of time for one piece of work, so that no input holds up all the others."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class TimeIsUp(BaseException):
    """The work has taken as long as it may; no handler of ordinary errors stops this one."""


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise ``TimeIsUp`` inside the block when it has computed for ``seconds``; 0 is no limit.

    What counts is the time of the processor: on a busy machine the same work stays within the limit.
    The limit holds in the main thread of a system that has interval timers; elsewhere there is none.
    """
    if seconds <= 0 or not _can_be_interrupted():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _can_be_interrupted() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
