"""Clubs, stadiums and cities by name: what decides between two readings of an entity.

The names come from the lexicon; ``python -m matchcli.language.known`` writes them anew to
``known.json``, which is read much faster than the lexicon's tables.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("known.json")


@dataclass(frozen=True, slots=True)
class Known:
    """Names of clubs, stadiums and cities, as a report writes them in running text."""

    clubs: frozenset[str]
    stadiums: frozenset[str]
    cities: frozenset[str]


@cache
def known() -> Known:
    """The names of ``known.json``."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return Known(*(frozenset(content[kind]) for kind in ("clubs", "stadiums", "cities")))


def collect(lexicon: Path) -> dict[str, list[str]]:
    """The names of all clubs, their stadiums and cities, and of the lexicon's cities."""
    clubs: set[str] = set()
    stadiums: set[str] = set()
    cities: set[str] = set()
    for table in sorted((lexicon / "clubs").glob("*.toml")):
        for club in tomllib.loads(table.read_text(encoding="utf-8")).get("club", []):
            clubs |= {club["name"], *club.get("aliases", [])}
            named = club.get("stadium", [])
            stadiums |= {named} if isinstance(named, str) else set(named)
            if club.get("city"):
                cities.add(club["city"])
    for place in tomllib.loads((lexicon / "places.toml").read_text(encoding="utf-8"))["place"]:
        if place.get("kind") == "city":
            cities.add(place["name"])
    stadiums = {name.removeprefix("Stadio ") for name in stadiums if name[:1].isupper()}
    return {"clubs": sorted(clubs), "stadiums": sorted(stadiums), "cities": sorted(cities)}


if __name__ == "__main__":
    names = collect(Path(__file__).resolve().parent.parent / "lexicon")
    FILE.write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
