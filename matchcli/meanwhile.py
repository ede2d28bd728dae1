"""Work that is done on another thread while the caller does his."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Do ``work`` while the body runs; at the end of the body it is done.

    ``work`` gets ready what will be asked for later.  Whatever is wrong with it shows then, where it is
    needed: here its errors are passed over.
    """

    def do() -> None:
        with contextlib.suppress(Exception):
            work()

    thread = threading.Thread(target=do, daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()
