"""Minutes that stand alone at the head of their lines: "12 Palo di Rossi", "63: giallo a Moro".

A number at the head of a line may be anything; a column of them that runs through the text as the clock
does, up or down, starting anew once at most, is live text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from matchcli.extraction.mentions import Span

_HEAD = re.compile(
    r"^[^\w\n]{0,6}(?P<minute>\d{1,3})(?:\s?\+\s?(?P<extra>\d{1,2}))?(?=\s?[-–—:|)\]]\s|\s+[^\W\da-z_]|\.\s+[^\W\da-z_])",
    re.MULTILINE,
)
_FEWEST = 4
_LAST = 120
#: Of the lines of a text so many begin with a minute at least.
_SHARE = 0.5
#: Lines of one number more than the line before: a line-up, a table, the points of a list.
_COUNTING = 0.6


def find_line_minutes(text: str, start: int, end: int) -> list[tuple[Span, int, int | None]]:
    """The places of minutes at the head of lines in ``text[start:end]``, the minute, and the minute of stoppage time.

    Empty where the numbers do not run like a clock.
    """
    found = [
        ((match.start("minute"), match.end()), int(match["minute"]), _number(match["extra"]))
        for match in _HEAD.finditer(text, start, end)
        if (match.start() == 0 or text[match.start() - 1] == "\n") and int(match["minute"]) <= _LAST
    ]
    lines = sum(1 for line in text[start:end].splitlines() if line.strip())
    if len(found) < _FEWEST or len(found) < _SHARE * lines:
        return []
    return found if runs_like_a_clock([minute for _, minute, _ in found]) else []


def runs_like_a_clock(numbers: Sequence[int]) -> bool:
    """Whether numbers rise, or all fall, with one new start at most, and do not merely count."""
    steps = [after - before for before, after in pairwise(numbers)]
    back, on = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    counting = sum(abs(step) == 1 for step in steps)
    return min(back, on) <= 1 and counting <= _COUNTING * len(steps) and max(back, on) > 1


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
