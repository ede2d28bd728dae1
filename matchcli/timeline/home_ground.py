"""On whose ground a match is played, by what the gazetteer knows of grounds and cities.

A ground that the text names belongs to a club ("al Bentegodi"), and a dateline names the city of the
match ("LIVERPOOL - ...").  Of the 3,295 matches of dev/, tests/gold and the annotated reports that stand alone
in their text, 1,437 name a ground of one of the two sides, which is the home side in 1,423; 391 have a
dateline in the city or country of one of the two, which is the home side in 380.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit
from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import name_words
from matchcli.timeline.result import clause_up_to, tells

#: Names of one side, as the gazetteer has them.
Names = frozenset[str]


def hosts(
    text: str,
    hits: Iterable[GazetteerHit],
    datelines: Iterable[Span],
    sides: Sequence[Names],
    gazetteer: Gazetteer,
) -> int | None:
    """Which of two ``sides`` plays on its own ground, 0 or 1; None where nothing tells, or as much for each.

    ``hits`` are the gazetteer's finds in what tells the match, ``datelines`` the places at the head of
    the report.  A ground that a clause names for another match ("dopo l'1-0 di San Siro all'andata") is passed over.
    """
    grounds = [
        _owner({*sense.targets, *_countries(sense.targets, gazetteer)}, sides)
        for hit in hits
        if hit.kind in ("stadium", "nation_stadium")
        and not hit.doubtful
        and (sense := hit.sense("stadium", "nation_stadium")) is not None
        and not tells("elsewhere", near=clause_up_to(text, hit.span).lower())
    ]
    cities = [_owner(_of_city(text[slice(*span)], gazetteer), sides) for span in datelines]
    # a ground may be that of the first leg, a dateline is where the report was written
    told = [*grounds, *cities, *cities]
    apart = told.count(0) - told.count(1)
    return None if apart == 0 else 0 if apart > 0 else 1


def _owner(names: set[str], sides: Sequence[Names]) -> int | None:
    fits = [number for number, side in enumerate(sides) if names & side]
    return fits[0] if len(fits) == 1 else None


def _countries(clubs: Iterable[str], gazetteer: Gazetteer) -> set[str]:
    """The countries of clubs: on their grounds national sides play too."""
    known = (gazetteer.clubs.get(club) for club in clubs)
    return {club.country for club in known if club is not None and club.country}


def _of_city(city: str, gazetteer: Gazetteer) -> set[str]:
    """The clubs of a city and its country."""
    words = name_words(city)
    clubs = [club for club in gazetteer.clubs.values() if club.city and name_words(club.city) == words]
    countries = {club.country for club in clubs if club.country}
    for place in gazetteer.places.values():
        if place.country and name_words(place.name) == words:
            countries.add(place.country)
    return {club.name for club in clubs} | countries
