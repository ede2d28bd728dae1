"""The report with the words of its events marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from matchcli.rendering.clean import clean_lines

if TYPE_CHECKING:
    from matchcli.record import Record


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the numbers (from 1) of the events that it belongs to.

    The events stand with the shortest words first; ``opened`` are those whose words begin here.
    """

    text: str
    events: tuple[int, ...]
    opened: tuple[int, ...]


def mark(record: Record, text: str) -> list[Piece]:
    """Part the record's share of ``text`` into pieces at the edges of its events' words.

    The pieces joined are that share, letter for letter, but for control characters.  An event
    whose words do not stand at its span (another text) marks nothing.
    """
    spans = {
        number: event.span
        for number, event in enumerate(record.events, 1)
        if 0 <= event.span[0] < event.span[1] <= len(text)
        and text[event.span[0] : event.span[1]] == event.text
    }
    begin, end = _share(record, text, list(spans.values()))
    edges = sorted({begin, end, *(edge for span in spans.values() for edge in span)})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, (low, high) in spans.items():
        opening.setdefault(low, []).append(number)
        closing.setdefault(high, []).append(number)
    shown = clean_lines(text)
    pieces = []
    covering: set[int] = set()
    for start, stop in pairwise(edges):
        covering.difference_update(closing.get(start, ()))
        covering.update(opening.get(start, ()))
        events = sorted(covering, key=lambda number: (spans[number][1] - spans[number][0], number))
        pieces.append(Piece(shown[start:stop], tuple(events), tuple(opening.get(start, ()))))
    return pieces


def _share(record: Record, text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Give the part of the text that tells this match, wide enough for all its events."""
    low, high = record.source.span
    if not 0 <= low < high <= len(text):
        low, high = 0, len(text)
    return min([low, *(span[0] for span in spans)]), max([high, *(span[1] for span in spans)])
