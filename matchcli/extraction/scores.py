"""Scores inside sentences: "2-1", "uno a zero", "per il 3-2 finale", "sull'1-1"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matchcli.extraction.mentions import Span

_WORDS = {
    "zero": 0, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7,
    "otto": 8, "nove": 9,
}  # fmt: skip
_DIGITS = re.compile(r"(?<![\d\-–./:])(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d\-–/:'’°]|\s?['’])")
_SPELLED = re.compile(rf"\b({'|'.join(_WORDS)}|\d) (?:a|ad) ({'|'.join(_WORDS)}|\d)\b", re.IGNORECASE)


def find_scores(text: str) -> Iterator[tuple[Span, tuple[int, int]]]:
    """Scores in ``text`` with their spans, in order; formations and dates are passed over."""
    found: list[tuple[Span, tuple[int, int]]] = []
    for match in _DIGITS.finditer(text):
        first, second = int(match[1]), int(match[2])
        if first <= 15 and second <= 15:
            found.append((match.span(), (first, second)))
    for match in _SPELLED.finditer(text):
        first, second = (_WORDS.get(w.lower(), int(w) if w.isdigit() else 0) for w in match.groups())
        found.append((match.span(), (first, second)))
    yield from sorted(found)
