"""A short notation for what a box score gives, so that a test reads like the box score itself."""

from __future__ import annotations

from matchcli.extraction.boxscore import find_boxscore
from matchcli.extraction.mentions import BoxEntry, BoxScore
from matchcli.reading.layout import blocks_of


def read_box(text: str) -> BoxScore | None:
    """The box score of a whole text."""
    return find_boxscore(text, blocks_of(text), 0, len(text))


def entry_notation(entry: BoxEntry, with_side: bool = True) -> str:
    """An entry as "goal 0 Bini 12 penalty": type, side, player, minute+stoppage, / other, qualifiers."""
    parts = [entry.type]
    if with_side:
        parts.append("?" if entry.team is None else str(entry.team))
    parts.append(entry.player or "-")
    parts.append(minute_notation(entry))
    if entry.other is not None:
        parts.append(f"/ {entry.other}")
    parts.extend(entry.qualifiers)
    return " ".join(parts)


def minute_notation(entry: BoxEntry) -> str:
    """The minute as "52" or "90+4", a dash where none is told."""
    if entry.time is None or entry.time.low is None:
        return "-"
    return str(entry.time.low) if entry.time.stoppage is None else f"{entry.time.low}+{entry.time.stoppage}"


def told(text: str, *types: str, with_side: bool = True) -> list[str]:
    """The entries of a text's box score in short notation, those of the given types or all."""
    box = read_box(text)
    if box is None:
        return []
    return [entry_notation(e, with_side) for e in box.entries if not types or e.type in types]
