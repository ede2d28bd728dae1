"""What the command says beside its results: one line each, on standard error."""

from __future__ import annotations

import contextlib
import sys

from matchcli.rendering.clean import clean


def say(message: str) -> None:
    """Print one line on standard error, its control characters made harmless."""
    with contextlib.suppress(BrokenPipeError, ValueError):
        print(f"matchcli: {clean(message)}", file=sys.stderr, flush=True)
