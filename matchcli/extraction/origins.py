"""Where a name is at home: what its letters say of its bearer's country.

Naive Bayes over runs of three letters, learned from the lists of typical names in
``lexicon/origins.toml`` (the method of Cavnar and Trenkle 1994 for languages, with probabilities for
ranks).  One name says little; who meets in an international match is often told by nothing else.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from matchcli.extraction.numbers import fold

#: Added to every count: a run of letters that no list has is not impossible.
_SMOOTHING = 0.3
#: Letters of a name depend on each other; so much of each run's evidence is counted.
_TEMPER = 0.6
#: Share of players whose names are at home anywhere: in a national team, in a club.
_FROM_ANYWHERE = {"nation": 0.12, "club": 0.5}


@cache
def origin_tables() -> dict[str, Any]:
    """The tables of ``lexicon/origins.toml``: ``area`` with names, ``nation`` with the areas of its players' names."""
    return tomllib.loads((files("matchcli.lexicon") / "origins.toml").read_text(encoding="utf-8"))


@cache
def _areas() -> dict[str, tuple[Counter[str], int]]:
    """For every area the runs of letters in its names, and how many there are."""
    counted: dict[str, tuple[Counter[str], int]] = {}
    for area in origin_tables()["area"]:
        runs = Counter(
            run
            for kind in ("surnames", "given")
            for name in area[kind]
            for word in name.split()
            for run in _runs(word)
        )
        counted[area["name"]] = (runs, runs.total())
    return counted


@cache
def _all_runs() -> int:
    return len({run for runs, _ in _areas().values() for run in runs})


@cache
def _nations() -> dict[str, dict[str, float]]:
    return {nation: row["areas"] for row in origin_tables()["nation"] for nation in row["nations"]}


def _runs(word: str) -> list[str]:
    letters = f"^{fold(word)}$"
    return [letters[at : at + 3] for at in range(len(letters) - 2)]


@lru_cache(maxsize=2048)
def area_odds(name: str) -> Mapping[str, float]:
    """How likely a name's letters are in each area, against all areas together (1 is no more likely than elsewhere)."""
    runs = [run for word in name.split() if len(word) > 1 for run in _runs(word)]
    logs = {
        area: _TEMPER
        * sum(math.log((counts[run] + _SMOOTHING) / (total + _SMOOTHING * _all_runs())) for run in runs)
        for area, (counts, total) in _areas().items()
    }
    highest = max(logs.values())
    weights = {area: math.exp(log - highest) for area, log in logs.items()}
    mean = sum(weights.values()) / len(weights)
    return {area: weight / mean for area, weight in weights.items()}


def origin_log_odds(name: str, one: str, other: str, kind: str) -> float:
    """Log-odds that the bearer of a name plays for the country ``one`` and not for ``other``.

    ``kind`` is "nation" for national teams and "club" for clubs of the two countries.  0 where the
    lists know one of the countries not.
    """
    areas = _nations()
    if one not in areas or other not in areas:
        return 0.0
    odds, anywhere = area_odds(name), _FROM_ANYWHERE[kind]

    def likely(country: str) -> float:
        own = sum(share * odds[area] for area, share in areas[country].items())
        return (1 - anywhere) * own + anywhere

    return math.log(likely(one) / likely(other))
