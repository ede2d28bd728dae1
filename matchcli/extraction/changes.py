"""Substitutions and injuries."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import Grammar
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.near import near_time, person_ref, role_person, span_of


def find_substitutions(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> list[EventMention]:
    made: list[EventMention] = []
    for cue in cues:
        if cue.kind != "sub" or cue.unreal or cue.negated:
            continue
        comes = [p for p in cue.roles.get("on", []) if row.items[p].kind == "person"]
        goes = [p for p in cue.roles.get("off", []) if row.items[p].kind == "person"]
        if not comes and not goes:
            continue
        for number in range(max(len(comes), len(goes))):
            on = comes[number] if number < len(comes) else None
            off = goes[number] if number < len(goes) else None
            first = min(cue.position, *comes, *goes, cue.position)
            last = max(cue.stop - 1, *comes, *goes, cue.stop - 1)
            start, end = span_of(row, first, last)
            made.append(
                EventMention(
                    type="substitution",
                    row=row,
                    start=start,
                    end=end,
                    player=person_ref(row, on),
                    other=person_ref(row, off),
                    times=near_time(row, grammar, first, last),
                    position=cue.position,
                    weight=cue.entry.weight,
                )
            )
    return made


def find_injuries(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> list[EventMention]:
    made: list[EventMention] = []
    for cue in cues:
        if cue.kind != "injury" or cue.negated or cue.unreal:
            continue
        person = role_person(row, cue, "player")
        if person is None:
            left = [p for p in range(0, cue.position) if row.items[p].kind == "person"]
            person = left[-1] if left else None
        if made and made[-1].row is row:
            continue
        first = min([cue.position, *([person] if person is not None else [])])
        last = max([cue.stop - 1, *([person] if person is not None else [])])
        start, end = span_of(row, first, last)
        made.append(
            EventMention(
                type="injury",
                row=row,
                start=start,
                end=end,
                player=person_ref(row, person),
                times=near_time(row, grammar, first, last),
                position=cue.position,
                weight=cue.entry.weight,
            )
        )
    return made
