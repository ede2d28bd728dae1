"""Names tell sides where two countries meet: who is called Kovács plays for Hungary, not for Uruguay."""

from __future__ import annotations

from collections.abc import Collection

from matchcli.extraction.gazetteer import Gazetteer
from matchcli.extraction.origins import origin_log_odds
from matchcli.extraction.persons import Person
from matchcli.timeline.match_text import MatchText

#: How far the log-odds of a name's origin are trusted, and beyond which they say nothing more.
ORIGIN_TRUST = 0.8
SUREST_ORIGIN = 3.0
#: A name of fewer letters says nothing.
SHORTEST_NAME = 4


def tell_origins(match: MatchText, staff: Collection[Person]) -> None:
    """Tell the side network what the players' names say where the sides come from two countries."""
    home, away = (
        _country(side.known, match.whole.gazetteer) for side in (match.sides.home, match.sides.away)
    )
    if home is None or away is None or home == away:
        return
    kind = "nation" if home[1] == away[1] == "nation" else "club"
    for person in match.people:
        if person in staff or len(person.name) < SHORTEST_NAME:
            continue
        odds = origin_log_odds(person.name, home[0], away[0], kind)
        odds = max(-SUREST_ORIGIN, min(SUREST_ORIGIN, odds))
        match.network.tell(person, "home" if odds > 0 else "away", ORIGIN_TRUST * abs(odds) / 2)


def _country(known: Collection[str], gazetteer: Gazetteer) -> tuple[str, str] | None:
    """The country of a side and whether it is its national team or a club of it; None where that is not known."""
    if known and all(name in gazetteer.nations for name in known):
        return (next(iter(known)), "nation") if len(known) == 1 else None
    countries = {gazetteer.clubs[name].country for name in known if name in gazetteer.clubs}
    country = countries.pop() if len(countries) == 1 else None
    return (country, "club") if country else None
