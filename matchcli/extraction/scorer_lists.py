"""Scorers told in a row: "doppietta di Rossi (30' e 52')", "con Bianchi (5') e Verdi (20' rig.)".

One verb or noun then tells several goals, each with its scorer and its minute.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from matchcli.extraction.items import Row

_JOINERS = frozenset({"e", "ed", "poi", "quindi", "ancora", "infine", "anche", "con", "di", "nuovamente"})
_PENALTY = frozenset({"rig", "rig.", "rigore", "r"})


@dataclass(slots=True)
class Scorer:
    """One goal of a list: positions of the scorer and of the minute in the row."""

    player: int
    time: int
    penalty: bool = False


@dataclass(slots=True)
class _Turn:
    player: int
    times: list[int] = field(default_factory=list)
    penalty: bool = False


def scorers_from(row: Row, position: int) -> list[Scorer]:
    """The list of scorers that begins with the person at ``position``; empty where it names one goal only."""
    turns = [_Turn(position)]
    at = position + 1
    items = row.items
    while at < len(items):
        item = items[at]
        if item.kind == "time" and item.reference.kind in ("clock", "half", "from_end"):
            turns[-1].times.append(at)
        elif item.kind == "person":
            if not turns[-1].times:
                break
            turns.append(_Turn(at))
        elif item.is_word and (item.text in "(),[]'’" or item.lemmas & _JOINERS or item.upos == "DET"):
            pass
        elif item.is_word and (item.lemmas & _PENALTY or (item.text == "." and turns[-1].penalty)):
            turns[-1].penalty = True
        elif item.is_word and item.upos in ("ADP", "ADJ") and turns[-1].times:
            pass
        else:
            break
        at += 1
    if not turns[-1].times:
        turns.pop()
    goals = [Scorer(t.player, time, t.penalty) for t in turns for time in t.times]
    return goals if len(goals) > 1 else _subjects_and_minutes(row, position)


def _subjects_and_minutes(row: Row, position: int) -> list[Scorer]:
    """As many minutes after the verb as subjects before it: "Rossi e Bianchi segnano al 60' e al 78'"."""
    items = row.items
    people = [position]
    at = position + 1
    while at < len(items) and (
        items[at].kind == "person"
        or items[at].text in (",", "e", "ed")
        or (items[at].is_word and items[at].lemmas & {"ancora", "poi", "anche"})
    ):
        if items[at].kind == "person":
            people.append(at)
        at += 1
    if len(people) < 2:
        return []
    times: list[int] = []
    for later in range(at, len(items)):
        item = items[later]
        if item.kind == "time":
            times.append(later)
        elif item.kind == "person" or (item.is_word and item.text in (".", ";", ":")):
            break
    if len(times) != len(people):
        return []
    return [Scorer(p, t) for p, t in zip(people, times, strict=True)]
