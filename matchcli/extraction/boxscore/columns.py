"""Box scores laid out in two columns, home on the left and away on the right.

The columns are read one after the other, as if the text had been written so; every offset is
then put back to where it stands in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from matchcli.extraction.mentions import BoxPlayer, BoxScore, BoxTeam, Span, TimeMention

_GAP = re.compile(r"(?<=\S)[ \t]{3,}(?=\S)|^[ \t]{8,}(?=\S)")
_FEWEST_ROWS = 6
#: The right column begins at one place, give or take so many characters.
_SLACK = 1
_HEADING = re.compile(r"[^\d,;.]{3,30}")


@dataclass(slots=True)
class Unfolded:
    """A text with its columns one after the other; ``places`` says where each character stood."""

    text: str = ""
    places: list[int] = field(default_factory=list)

    def add(self, original: str, start: int, end: int) -> None:
        """Add ``original[start:end]`` and a line's end."""
        self.text += original[start:end] + "\n"
        self.places.extend([*range(start, end), end])

    def span(self, span: Span) -> Span:
        """The place of a span in the original text."""
        inside = self.places[span[0] : span[1]]
        return (min(inside), max(inside) + 1) if inside else (self.places[span[0]], self.places[span[0]])


def unfold(text: str, start: int, end: int) -> Unfolded | None:
    """The stretch with its two columns one after the other, None where it has no columns."""
    rows = _rows(text, start, end)
    gaps = [gap.end() for line_start, line_end in rows if (gap := _gap(text, line_start, line_end))]
    starts = Counter(place - text.rfind("\n", 0, place) - 1 for place in gaps)
    if not starts:
        return None
    column = starts.most_common(1)[0][0]
    wide = [row for row in rows if (gap := _gap(text, *row)) and abs(gap.end() - row[0] - column) <= _SLACK]
    if len(wide) < _FEWEST_ROWS:
        return None
    first, last = rows.index(wide[0]), rows.index(wide[-1])
    unfolded = Unfolded()
    for row in rows[:first]:
        unfolded.add(text, *row)
    for side in (0, 1):
        for row in rows[first : last + 1]:
            unfolded.add(text, *_cell(text, row, side, row in wide))
        unfolded.add(text, end, end)
    for row in rows[last + 1 :]:
        unfolded.add(text, *row)
    return unfolded


def _rows(text: str, start: int, end: int) -> list[Span]:
    """Start and end of each line."""
    rows: list[Span] = []
    at = start
    for line in text[start:end].split("\n"):
        rows.append((at, at + len(line)))
        at += len(line) + 1
    return rows


def _gap(text: str, start: int, end: int) -> re.Match[str] | None:
    # The pattern's "^" must mean the line's own beginning.
    match = _GAP.search(text[start:end])
    return re.compile(re.escape(match.group())).search(text, start + match.start(), end) if match else None


def _cell(text: str, row: Span, side: int, wide: bool) -> Span:
    """A row's part on one side; a heading over both columns is on both."""
    start, end = row
    gap = _gap(text, start, end) if wide else None
    if gap is not None:
        return (start, gap.start()) if side == 0 else (gap.end(), end)
    heading = _HEADING.fullmatch(text[start:end].strip()) is not None
    return row if side == 0 or heading else (end, end)


def refold(box: BoxScore, unfolded: Unfolded) -> BoxScore:
    """The box score of an unfolded text with the places of the original."""
    box.span = unfolded.span(box.span)
    box.teams = [_refold_team(team, unfolded) for team in box.teams]
    box.entries = [
        replace(entry, span=unfolded.span(entry.span), time=_refold_time(entry.time, unfolded))
        for entry in box.entries
    ]
    return box


def _refold_team(team: BoxTeam, unfolded: Unfolded) -> BoxTeam:
    players: list[BoxPlayer] = [replace(player, span=unfolded.span(player.span)) for player in team.players]
    return BoxTeam(team.name, unfolded.span(team.span), players, team.coach)


def _refold_time(time: TimeMention | None, unfolded: Unfolded) -> TimeMention | None:
    return replace(time, span=unfolded.span(time.span)) if time is not None else None
