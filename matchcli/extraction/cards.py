"""Bookings and dismissals."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import Grammar, preposition
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.near import near_time, no_stop_between, person_ref, span_of


def find_cards(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> list[EventMention]:
    made: list[EventMention] = []
    cards = [c for c in cues if c.kind in ("yellow", "second_yellow", "red") and not c.negated and not c.unreal]
    seconds = [c for c in cards if c.kind == "second_yellow"]
    for cue in cards:
        if cue.kind in ("yellow", "red") and any(
            abs(s.position - cue.position) <= 8 and no_stop_between(row, s.position, cue.position) for s in seconds
        ):
            second = min(seconds, key=lambda s: abs(s.position - cue.position))
            if not second.roles.get("player") and cue.roles.get("player"):
                second.roles["player"] = cue.roles["player"]
            cue.negated = True
    reds = [c for c in cards if c.kind == "red" and not c.negated]
    for number, cue in enumerate(reds):
        if number and cue.position - reds[number - 1].stop <= 8 and no_stop_between(row, reds[number - 1].position, cue.position):
            if not reds[number - 1].roles.get("player"):
                reds[number - 1].roles.update(cue.roles)
            cue.negated = True
    kind_of = {"yellow": "yellow_card", "second_yellow": "second_yellow", "red": "red_card"}
    for cue in cards:
        if cue.negated:
            continue
        people = [p for p in cue.roles.get("player", []) if row.items[p].kind == "person"]
        if not people:
            offender = next(
                (
                    p
                    for c in reversed([c for c in cues if c.kind in ("foul", "handball") and c.position <= cue.position])
                    for p in c.roles.get("offender", [])
                    if row.items[p].kind == "person"
                ),
                None,
            )
            if offender is None:
                left = [
                    p for p in range(0, cue.position) if row.items[p].kind == "person" and preposition(row, p) is None
                ]
                offender = left[-1] if left else None
            people = [offender] if offender is not None else []
        for person in people or [None]:
            first = min([cue.position, *([person] if person is not None else [])])
            last = max([cue.stop - 1, *([person] if person is not None else [])])
            if person is not None and len(people) > 1:
                times = near_time(row, grammar, person, person)
                start, end = span_of(row, cue.position, max(people))
            else:
                times = near_time(row, grammar, first, last)
                start, end = span_of(row, first, last)
            made.append(
                EventMention(
                    type=kind_of[cue.kind],
                    row=row,
                    start=start,
                    end=end,
                    player=person_ref(row, person),
                    times=times,
                    position=cue.position,
                    weight=cue.entry.weight,
                )
            )
    return made
