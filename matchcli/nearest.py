"""The file that a misspelled name may have meant."""

from __future__ import annotations

import difflib
import itertools
import os
from pathlib import Path

#: Of a larger folder only so many names are looked at.
_MOST_NAMES = 5000


def hint(missing: Path) -> str:
    """Give the end of a message that names the nearest file, or nothing; short names are all alike."""
    if len(missing.stem) < 4:
        return ""
    try:
        names = [entry.name for entry in itertools.islice(os.scandir(missing.parent), _MOST_NAMES)]
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(missing.name, names, n=1, cutoff=0.75)
    return f"; did you mean {near[0]}?" if near else ""
