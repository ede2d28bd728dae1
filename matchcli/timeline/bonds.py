"""Two players, one named after the other, whom the words between make mates or opponents.

The phrases stand in ``lexicon/references.toml``: "Rossi, servito da Bianchi", "Rossi stende Bianchi".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from matchcli.extraction.items import Row
from matchcli.extraction.patterns import RowIndex, Step, anchor_words, compile_pattern
from matchcli.extraction.references import PersonRef
from matchcli.extraction.telling import Tie


@dataclass(frozen=True, slots=True)
class Bond:
    """A phrase with two players: whether it puts them on one side, and how surely (half log-odds)."""

    steps: tuple[Step, ...]
    same: bool
    weight: float


@lru_cache(maxsize=1)
def bond_entries() -> tuple[dict[str, Any], ...]:
    """The entries of the lexicon, lists of words filled in."""
    table = tomllib.loads((files("matchcli.lexicon") / "references.toml").read_text(encoding="utf-8"))
    words = {name: "|".join(dict.fromkeys(choices)) for name, choices in table["words"].items()}

    def filled(pattern: str) -> str:
        return re.sub(r"<(\w+)>", lambda m: words[m[1]], pattern)

    return tuple({**entry, "patterns": [filled(p) for p in entry["patterns"]]} for entry in table["bond"])


@lru_cache(maxsize=1)
def bonds() -> tuple[Bond, ...]:
    """The phrases.  Raises ValueError where one cannot be read, KeyError for a list that is not there."""
    return tuple(
        Bond(compile_pattern(pattern), entry["same"], float(entry["weight"]))
        for entry in bond_entries()
        for pattern in entry["patterns"]
    )


def find_bonds(rows: Sequence[Row]) -> list[Tie]:
    """The ties that the words between two neighbouring names tell, at most one for each pair."""
    return [tie for row in rows for tie in _of_row(row)]


def _of_row(row: Row) -> list[Tie]:
    persons = [position for position, item in enumerate(row.items) if item.kind == "person"]
    if len(persons) < 2:
        return []
    following = dict(pairwise(persons))
    index = RowIndex(row)
    best: dict[tuple[int, int], tuple[int, Bond]] = {}
    for bond in bonds():
        if not any(word in index.by_key for word in anchor_words(bond.steps)):
            continue
        for match in index.find(bond.steps):
            slots = dict(match.slots)
            one, other = slots["one"][0], slots["other"][0]
            if following.get(one) != other:
                continue
            # of two phrases the one that leaves fewer words to gaps is the truer
            width = sum(s.most for s in bond.steps if s.kind == "gap")
            if (one, other) not in best or width < best[one, other][0]:
                best[one, other] = (width, bond)
    ties: list[Tie] = []
    for (one, other), (_, bond) in best.items():
        first, second = row.items[one].reference, row.items[other].reference
        if isinstance(first, PersonRef) and isinstance(second, PersonRef):
            ties.append(Tie(first, second, bond.same, bond.weight))
    return ties
