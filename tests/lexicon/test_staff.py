"""Every phrase that tells a coach or a referee stands in a sentence of its entry, and tells his name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from matchcli.extraction.items import Row
from matchcli.extraction.patterns import RowIndex, Step, compile_pattern
from matchcli.timeline.staff import staff_entries

OFFICERS = {"coach": "Fontanesi", "referee": "Sormani"}
PLAYERS = ("Olivari", "Bertagna", "Ravasini")
ENTRIES = staff_entries()


def _texts(entry: dict[str, Any]) -> list[str]:
    return [example["text"] for example in entry["examples"]] + entry.get("sentences", [])


def _names(entry: dict[str, Any]) -> set[str]:
    """Those of whom the entry's sentences tell the office."""
    return {OFFICERS[entry["tells"]]}.union(*(example["names"] for example in entry["examples"]))


@pytest.fixture(scope="module")
def rows_of(read_rows) -> dict[str, list[Row]]:
    return read_rows({text: (*OFFICERS.values(), *PLAYERS) for entry in ENTRIES for text in _texts(entry)})


def _told(office: str, steps: tuple[Step, ...], rows: list[Row]) -> Iterator[str]:
    """The names of whom a phrase tells that they hold the office; an empty one where it names nobody."""
    for row in rows:
        for match in RowIndex(row).find(steps):
            filled = [p for role, positions in match.slots if role == office for p in positions]
            yield from (row.items[p].text for p in filled) if filled else ("",)


@pytest.mark.parametrize("number", range(len(ENTRIES)))
def test_every_phrase_tells_its_coach_or_referee_in_a_sentence(number: int, rows_of) -> None:
    entry = ENTRIES[number]
    office, names = entry["tells"], _names(entry)
    rows = [row for text in _texts(entry) for row in rows_of[text]]
    missed = []
    for phrase in entry["phrases"]:
        steps = compile_pattern(phrase)
        unsaid = all(step.role != office for step in steps)
        told = list(_told(office, steps, rows))
        if not (told if unsaid else [t for t in told if any(name in t for name in names)]):
            missed.append(phrase)
    assert not missed, "\n".join(missed)
