"""Penalties in all their lives: from the foul over the protest and the review to the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import Grammar
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.near import near_time, person_ref, role_person
from matchcli.extraction.references import TeamRef

#: Cues that an incident is made of.
INCIDENT_KINDS = frozenset({"foul", "handball", "penalty", "award", "overturn", "appeal", "deny", "var"})


class Incident:
    """A possible penalty, from the foul to the verdict, over one or several rows."""

    def __init__(self, row: Row) -> None:
        self.rows: list[Row] = []
        self.cues: list[tuple[Row, Cue]] = []
        self.grammars: dict[int, Grammar] = {}
        self.block = row.block

    def take(self, row: Row, cue: Cue, grammar: Grammar) -> None:
        if not self.rows or self.rows[-1] is not row:
            self.rows.append(row)
        self.grammars[row.index] = grammar
        self.cues.append((row, cue))

    def settled_before(self, cue: Cue) -> bool:
        """Whether the verdict has fallen, so that ``cue`` begins another incident."""
        kinds = self.kinds
        if cue.kind not in ("foul", "handball", "award", "appeal", "penalty"):
            return False
        if kinds & {"deny", "overturn"} and kinds & {"appeal", "foul", "handball", "award", "penalty"}:
            return not (cue.kind == "penalty" and self.rows[-1] is cue.row)
        return "award" in kinds and cue.kind in ("foul", "handball", "appeal") and self.rows[-1] is not cue.row

    @property
    def kinds(self) -> set[str]:
        return {c.kind for _, c in self.cues if not c.negated or c.kind == "deny"}

    @property
    def awarded(self) -> bool:
        return "award" in self.kinds and "overturn" not in self.kinds

    def goes_on(self, row: Row, cues: Sequence[Cue]) -> bool:
        """Whether ``row`` still tells of this incident."""
        if row.block != self.block or row.index - self.rows[-1].index > 1:
            return False
        kinds = {c.kind for c in cues}
        if self.awarded and not kinds & {"overturn", "var"}:
            return False
        return bool(kinds & {"var", "deny", "overturn", "award"})

    def close(self) -> list[EventMention]:
        kinds = self.kinds
        kind = None
        penal = bool(kinds & {"penalty", "award", "handball"})
        if "award" in kinds and "overturn" in kinds:
            kind = "penalty_overturned"
        elif "award" in kinds and not ("deny" in kinds and not kinds & {"foul", "handball"}):
            kind = "penalty_awarded"
        elif "overturn" in kinds and penal:
            kind = "penalty_overturned"
        elif "deny" in kinds and kinds & {"appeal", "handball", "penalty", "foul"}:
            kind = "penalty_appeal"
        elif "appeal" in kinds and penal:
            kind = "penalty_appeal"
        if kind is None:
            return []
        if kind == "penalty_awarded" and not kinds & {"foul", "handball", "appeal", "var"}:
            strong = any(c.kind == "award" and c.entry.weight >= 1 for _, c in self.cues)
            if not strong:
                return []
        victim = offender = None
        team = None
        for wanted in (("foul", "handball", "appeal", "award", "penalty", "deny")):
            for row, cue in self.cues:
                if cue.kind != wanted:
                    continue
                victim = victim or person_ref(row, role_person(row, cue, "victim"))
                offender = offender or person_ref(row, role_person(row, cue, "offender"))
                for positions in cue.roles.values():
                    for position in positions:
                        reference = row.items[position].reference
                        if isinstance(reference, TeamRef) and team is None:
                            team = reference
        if "handball" in kinds and victim is not None and "foul" not in kinds:
            victim = None if kind != "penalty_appeal" or True else victim
        core = [(r, c) for r, c in self.cues if c.kind != "var"] or self.cues
        first_row, first = core[0]
        last_row, last = core[-1]
        start = first_row.items[min([first.position, *[p for v in first.roles.values() for p in v]])].start
        end = max(last.end, first.end)
        event = EventMention(
            type=kind,
            row=first_row,
            start=min(start, first.start),
            end=max(end, first.end),
            player=victim,
            other=offender,
            team=team,
            position=first.position,
        )
        if any(c.kind == "var" for _, c in self.cues):
            event.qualifiers.add("var")
        for row in self.rows:
            if not event.times:
                where = [c for r, c in core if r is row]
                if where:
                    event.times = near_time(row, self.grammars[row.index], where[0].position, where[-1].stop - 1)
        return [event]
