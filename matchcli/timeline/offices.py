"""Who does not play: coaches, referee and others, by the sheet reader and by the lexicon's phrases."""

from __future__ import annotations

import re

from matchcli.extraction.reader.sheet_reading import Sheet
from matchcli.record import Side
from matchcli.timeline.match_text import MatchText
from matchcli.timeline.sheet_header import staff_of
from matchcli.timeline.staff import EXPLICIT, Staff, find_staff

#: How much a phrase that tells a coach adds to the reader's probability that he is one.
PHRASE = 0.2
#: "Allenatori: Rossi (B), Verdi (V)": the first letters of a side in brackets.
_MARKED = re.compile(r"\s*\(([A-ZÀ-Þ][a-zà-ÿ]{0,4})\.?\)")
_OF = re.compile(r"\s+d(?:i\s+|['’])(?:mister\s+)?")


def find_offices(sheet: Sheet, match: MatchText) -> Staff:
    """The staff of a match.

    The reader says who plays and who does not; the phrases ("gli uomini di Rossi") say on which side a
    coach stands, and name a referee or a coach whom the reader passed over.
    """
    report, whole = match.whole.report, match.whole
    read = staff_of(sheet, match.spans, match.people, report.text)
    told = find_staff(
        match.rows,
        match.sides,
        report.text,
        match.meanings.by_reference,
        match.network,
        hits=whole.hits,
        box=match.box,
    )
    for person, votes in told.coaches.items():
        sure = person not in read.players or told.weights[person] >= EXPLICIT
        if person in read.coaches or (len(read.coaches) < 2 and sure):
            read.coaches[person] = votes
            read.weights[person] = read.weights.get(person, 0.0) + PHRASE
            read.people.add(person)
    if read.referee is None and told.referee is not None:
        read.referee = told.referee
        read.people.add(told.referee)
    _named_after_sides(read, match)
    read.near = told.near
    return read


def _named_after_sides(staff: Staff, match: MatchText) -> None:
    """A coach whose side is named right before him is its coach, or marked after him: "il Torino di Rossi", "Rossi (T)"."""
    text = match.whole.report.text
    sides: dict[Side, str] = {"home": match.sides.home.name, "away": match.sides.away.name}
    teams = [item for row in match.rows for item in row.items if item.kind == "team"]
    for coach, votes in staff.coaches.items():
        for start, end in coach.mentions:
            if marked := _MARKED.match(text, end):
                meant = [side for side, name in sides.items() if (name or "").startswith(marked[1])]
                votes.update(meant if len(meant) == 1 else ())
            for team in teams:
                side = match.sides.side(team.reference)
                if side is not None and _OF.fullmatch(text[team.end : start]):
                    votes[side] += 1
