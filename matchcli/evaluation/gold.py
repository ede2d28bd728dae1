"""Gold cases: a report ``NAME.txt`` and what a careful reader knows after it, ``NAME.json``
(or ``NAME.gold.json``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The event types that gold knows; predicted events of other types are not counted.
TYPES = (
    "goal",
    "disallowed_goal",
    "shot",
    "penalty_awarded",
    "penalty_missed",
    "penalty_overturned",
    "penalty_appeal",
    "yellow_card",
    "second_yellow",
    "red_card",
    "substitution",
    "injury",
)

#: The types that decide a match; attempts, injuries and appeals do not.
KEY_TYPES = frozenset(TYPES) - {"shot", "injury", "penalty_appeal"}


class GoldError(ValueError):
    """A folder without gold, or a gold file that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its name, the report's text, and the gold matches in text order, as in the file."""

    name: str
    text: str
    matches: list[dict[str, Any]]


def read_cases(folder: Path) -> list[Case]:
    """The cases of a folder, by name.  Raises ``GoldError``."""
    cases = []
    for path in sorted(folder.glob("*.json")):
        name = path.name.removesuffix(".json").removesuffix(".gold")
        report = path.with_name(f"{name}.txt")
        if not report.exists():
            continue
        try:
            matches = json.loads(path.read_text(encoding="utf-8"))["matches"]
            cases.append(Case(name, report.read_text(encoding="utf-8"), matches))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}: it is no gold case ({type(error).__name__}: {error})") from None
    if not cases:
        raise GoldError(f"{folder}: it holds no gold cases, pairs of NAME.txt and NAME.json")
    return cases
