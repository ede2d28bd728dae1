"""Penalties in all their lives: from the foul over the protest and the review to the verdict.

An incident may be told in one sentence or over several rows and live lines.  Its cues are taken in
order; the verdict is what they come to: given, denied, or given and taken back.
"""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import Grammar, is_verbal, preposition
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.near import near_time, person_ref, role_people, role_person
from matchcli.extraction.references import PersonRef, TeamRef

#: Cues that an incident is made of.
INCIDENT_KINDS = frozenset({"foul", "handball", "penalty", "award", "overturn", "appeal", "deny", "var"})
#: Cues that can open an incident by themselves.
_OPENERS = frozenset({"penalty", "award", "appeal", "handball", "overturn", "deny"})
#: Words of a reversal that does not say what was reversed: "cambia idea", "torna sui suoi passi".
_TURNS = frozenset(
    {
        "idea",
        "decisione",
        "passo",
        "passi",
        "indietro",
        "dietrofront",
        "ripensare",
        "ripensarci",
        "marcia",
        "verdetto",
        "ritrattare",
    }
)
_SPOT_WORDS = frozenset({"rigore", "penalty", "punizione", "dischetto"})
_AREA = frozenset({"area", "sedici", "dischetto"})
#: How many rows after the award the kick may be told.
_KICK_WITHIN = 3


class Incident:
    """A possible penalty, from the foul to the verdict, over one or several rows."""

    def __init__(self, row: Row) -> None:
        self.rows: list[Row] = []
        self.cues: list[tuple[Row, Cue]] = []
        self.grammars: dict[int, Grammar] = {}
        self.block = row.block
        self.elsewhere = False  # told of another match or another day

    def take(self, row: Row, cue: Cue, grammar: Grammar) -> None:
        """Add a cue of ``row``."""
        if not self.rows or self.rows[-1] is not row:
            self.rows.append(row)
        self.grammars[row.index] = grammar
        self.cues.append((row, cue))

    # --- what it comes to

    @property
    def kinds(self) -> set[str]:
        """The kinds of its cues that hold; a cue that is negated or only wished for tells nothing."""
        return {c.kind for _, c in self.cues if _holds(c)}

    @property
    def verdict(self) -> str | None:
        """``given``, ``denied``, ``overturned``, ``claimed``, or None where no penalty is in question."""
        state: str | None = None
        kinds = self.kinds
        fouled = bool(kinds & {"foul", "handball"})
        for row, cue in self.cues:
            if not _holds(cue):
                continue
            words = _lemmas(row, cue)
            if cue.kind == "award" or (
                cue.kind == "penalty" and _is_call(row, cue, self.grammars[row.index])
            ):
                if not (state == "denied" and cue.entry.weight < 0.7):
                    state = "given"
            elif (
                cue.kind == "penalty"
                and fouled
                and state is None
                and not kinds & {"appeal", "deny", "overturn"}
            ):
                state = "given"
            elif cue.kind == "overturn":
                turns = bool(words & _TURNS) and not words & _SPOT_WORDS
                if turns and state != "given" and ("penalty" in kinds or state == "denied"):
                    state = "given"
                elif state == "given" or not turns or "penalty" in kinds:
                    state = "overturned"
            elif cue.kind == "deny":
                if state is None:
                    state = "denied"
                elif state == "given" and "var" in kinds and words & _SPOT_WORDS:
                    state = "overturned"
        if state is None and "appeal" in kinds and self._is_claim():
            state = "claimed"
        return state

    def _is_claim(self) -> bool:
        """Whether a protest is for a penalty: the word itself, a handball, or the area near a fall."""
        if self.kinds & {"penalty", "handball"}:
            return any(
                "rigore" in _lemmas(r, c) or "penalty" in _lemmas(r, c) or c.kind != "appeal"
                for r, c in self.cues
            )
        return any(
            _lemmas(r, c) & {"rigore", "penalty", "massima"} for r, c in self.cues if c.kind == "appeal"
        )

    @property
    def awarded(self) -> bool:
        """Whether the penalty stands so far."""
        return self.verdict == "given"

    def settled_before(self, cue: Cue) -> bool:
        """Whether the verdict has fallen, so that ``cue`` begins another incident."""
        kinds = self.kinds
        same_row = self.rows[-1] is cue.row
        if cue.kind not in ("foul", "handball", "award", "appeal", "penalty"):
            return False
        if self.verdict in ("denied", "overturned") and kinds & {
            "appeal",
            "foul",
            "handball",
            "award",
            "penalty",
        }:
            if cue.kind == "award" and (same_row or "var" in kinds) and not self._later(cue):
                return False  # "non se n'era accorto, poi indica il dischetto"
            return not (cue.kind == "penalty" and same_row)
        return (
            "award" in kinds
            and cue.kind in ("foul", "handball", "appeal")
            and not same_row
            and (cue.row.index - self.rows[-1].index > 1 or bool(kinds & {"foul", "handball"}))
        )

    def _later(self, cue: Cue) -> bool:
        """Whether a time parts the verdict from ``cue``: "non lo concede, poco dopo fischia un rigore"."""
        row, last = self.cues[-1]
        return row is cue.row and any(i.kind == "time" for i in row.items[last.stop : cue.position])

    def goes_on(self, row: Row, cues: Sequence[Cue]) -> bool:
        """Whether ``row`` still tells of this incident."""
        last = self.rows[-1]
        pending = "var" in self.kinds
        if row.index - last.index > (2 if pending else 1):
            return False
        kinds = {c.kind for c in cues if c.kind in INCIDENT_KINDS and _holds(c)}
        if row.block != self.block and row.block != last.block and not (pending or self.verdict != "given"):
            # live lines: only a review or a reversal still concerns a penalty that was given
            return bool(kinds & {"overturn", "var"})
        if self.awarded:
            return bool(kinds & {"overturn", "var"}) or (
                row.block == last.block
                and bool(kinds & {"foul", "handball"})
                and not self.kinds & {"foul", "handball"}
            )
        calls = "penalty" in kinds and bool(self.kinds & {"foul", "handball", "appeal", "var"})
        return bool(kinds & {"var", "deny", "overturn", "award"}) or calls

    # --- the event

    def close(self) -> list[EventMention]:
        """The event that the incident tells, if any."""
        kinds = self.kinds
        verdict = self.verdict
        penal = bool(kinds & {"penalty", "award", "handball"}) or any(
            _lemmas(r, c) & {"rigore", "penalty"} for r, c in self.cues
        )
        kind = {"given": "penalty_awarded", "overturned": "penalty_overturned"}.get(verdict or "")
        if verdict == "overturned" and not penal:
            return []
        if verdict in ("denied", "claimed"):
            near_goal = any(i.lemmas & _AREA for r in self.rows for i in r.items if i.is_word)
            if kinds & {"appeal", "handball", "penalty"} or ("foul" in kinds and near_goal):
                kind = "penalty_appeal"
            if verdict == "denied" and not penal and not near_goal:
                return []
        if kind is None:
            return []
        if kind == "penalty_awarded" and not self._is_firm(kinds):
            return []
        victim, offender, team = self._people(kind)
        core = [(r, c) for r, c in self.cues if c.kind != "var" and _holds(c)] or self.cues
        first_row, first = core[0]
        last = core[-1][1]
        told = [p for v in first.roles.values() for p in v]
        start = first_row.items[min([first.position, *told])].start
        event = EventMention(
            type=kind,
            row=first_row,
            start=min(start, first.start),
            end=max(last.end, first.end),
            player=victim,
            other=offender,
            team=team,
            position=first.position,
        )
        if "var" in kinds:
            event.qualifiers.add("var")
        if self.elsewhere:
            event.flags.add("aside")
        event.times = self._times(core)
        return [event]

    def _is_firm(self, kinds: set[str]) -> bool:
        """Whether the awarding is told as a moment of its own, not only named with the goal from the spot."""
        if kinds & {"foul", "handball", "appeal", "var"}:
            return True
        return any(
            (c.kind == "award" and c.entry.weight >= 0.9)
            or (c.kind == "penalty" and _is_call(r, c, self.grammars[r.index]))
            for r, c in self.cues
        )

    def _times(self, core: Sequence[tuple[Row, Cue]]) -> list[TimeMention]:
        for row in self.rows:
            here = [c for r, c in core if r is row]
            if here:
                times = near_time(row, self.grammars[row.index], here[0].position, here[-1].stop - 1)
                if times:
                    return times
        return []

    def _people(self, kind: str) -> tuple[PersonRef | None, PersonRef | None, TeamRef | None]:
        """Who won it, who committed it, and for whom it is."""
        victim: tuple[Row, int] | None = None
        offender: tuple[Row, int] | None = None
        team: TeamRef | None = None
        for wanted in ("foul", "handball", "award", "appeal", "penalty", "deny"):
            for row, cue in self.cues:
                if cue.kind != wanted:
                    continue
                hurt = role_people(row, cue, "victim")
                if len(hurt) > 1 and wanted == "foul" and offender is None and not cue.roles.get("offender"):
                    offender, hurt = (
                        (row, hurt[0]),
                        hurt[1:],
                    )  # "contatto tra Rossi e Bianchi": the defender first
                if hurt and victim is None:
                    victim = (row, hurt[0])
                by = role_person(row, cue, "offender")
                if by is not None and offender is None:
                    offender = (row, by)
                for positions in cue.roles.values():
                    for position in positions:
                        reference = row.items[position].reference
                        if (
                            isinstance(reference, TeamRef)
                            and team is None
                            and cue.kind in ("award", "penalty")
                        ):
                            team = reference
        if "handball" in self.kinds and (victim is None or "foul" not in self.kinds):
            victim = self._shooter(offender)
        elif victim is None:
            victim = self._fallen(offender)
        if victim is not None and offender is not None and _same(victim, offender):
            victim = None if "handball" in self.kinds else self._fallen(offender)
        return (
            person_ref(*victim) if victim else None,
            person_ref(*offender) if offender else None,
            team,
        )

    def _shooter(self, offender: tuple[Row, int] | None) -> tuple[Row, int] | None:
        """Who shot or crossed the ball that was handled: "sul tiro di Rossi", "la conclusione di Rossi"."""
        for row in self.rows:
            hands = [c for r, c in self.cues if r is row and c.kind == "handball"]
            if not hands:
                continue
            for position, item in enumerate(row.items):
                if item.kind != "person" or (row, position) == offender or preposition(row, position) != "di":
                    continue
                before = {
                    lemma
                    for i in row.items[max(0, position - 4) : position]
                    if i.is_word
                    for lemma in i.lemmas
                }
                if before & _BALLS:
                    return row, position
        return None

    def _fallen(self, offender: tuple[Row, int] | None) -> tuple[Row, int] | None:
        """Who had the ball before the foul: the last bare person before it who did not commit it."""
        for row, cue in self.cues:
            if cue.kind not in ("foul", "award", "penalty"):
                continue
            for position in range(cue.position - 1, -1, -1):
                item = row.items[position]
                if item.text in (".", "!", "?"):
                    break
                if (
                    item.kind == "person"
                    and (row, position) != offender
                    and preposition(row, position) is None
                ):
                    if offender is None or not _same((row, position), offender):
                        staff = getattr(item.reference, "traits", {}).get("staff")
                        return None if staff or cue.kind != "foul" else (row, position)
            if cue.kind == "foul":
                return None
        return None


#: Words of a shot: who crossed the ball that was handled did not win the penalty.
_BALLS = frozenset(
    [
        "tiro",
        "conclusione",
        "botta",
        "sinistro",
        "destro",
        "mancino",
        "testa",
        "girata",
        "rovesciata",
        "rasoterra",
        "tentativo",
        "tiro-cross",
        "incornata",
        "zuccata",
        "bordata",
        "piatto",
        "punizione",
        "staffilata",
    ]
)


def _holds(cue: Cue) -> bool:
    return cue.kind == "deny" or not (cue.negated or cue.unreal)


def _lemmas(row: Row, cue: Cue) -> set[str]:
    return {lemma for i in row.items[cue.position : cue.stop] if i.is_word for lemma in i.lemmas}


def _same(one: tuple[Row, int], other: tuple[Row, int]) -> bool:
    a, b = person_ref(*one), person_ref(*other)
    return a is b or (
        a is not None and b is not None and bool({id(p) for p in a.people} & {id(p) for p in b.people})
    )


def _is_call(row: Row, cue: Cue, grammar: Grammar) -> bool:
    """Whether "rigore" stands alone like the referee's call: "Rigore!", "e rigore", ": rigore"."""
    if "spot" in cue.entry.flags:
        return False
    items = row.items
    before = cue.position - 1
    while (
        before >= 0
        and items[before].kind == "word"
        and items[before].lemmas & {"è", "essere", "ancora", "calcio", "di", "il", "un"}
    ):
        if items[before].lemmas & {"di"} and not (before and items[before - 1].lemmas & {"calcio"}):
            return False
        before -= 1
    opens = (
        before < 0
        or items[before].kind == "time"
        or items[before].text in ".;:,!?-–—|"
        or items[before].text in ("e", "ed")
    )
    if not opens:
        return False
    after = cue.stop
    if after >= len(items):
        return True
    following = items[after]
    if following.kind == "person" or following.is_finite_verb or following.kind == "score":
        return False
    if following.is_word and following.lemmas & {"di"}:
        return False
    return (
        following.is_punctuation
        or following.kind == "time"
        or following.text in ("e", "ed", "per", "a", "al", "alla", "su")
    )


def _only_claimed(cue: Cue, cues: Sequence[Cue]) -> bool:
    """Whether "un rigore per un contatto" is what somebody claims, not what the referee gives."""
    if cue.kind != "award" or is_verbal(cue.row, cue.head):
        return False
    return any(
        c.kind == "appeal" and is_verbal(cue.row, c.head) and 0 <= cue.position - c.position <= 6
        for c in cues
    )


class Incidents:
    """The incidents of a text, taken row by row."""

    def __init__(self) -> None:
        self._open: Incident | None = None

    @property
    def awarded(self) -> bool:
        """Whether the incident being told is a penalty that stands so far."""
        return self._open is not None and self._open.awarded

    def take(self, row: Row, cues: Sequence[Cue], grammar: Grammar) -> list[EventMention]:
        """The events of incidents that end with this row's cues, or before them."""
        done: list[EventMention] = []
        if self._open is not None and not self._open.goes_on(row, cues):
            done += self.close()
        relevant = [
            c
            for c in cues
            if c.kind in INCIDENT_KINDS and "spot" not in c.entry.flags and not _only_claimed(c, cues)
        ]
        opens = any(c.kind in _OPENERS for c in relevant) or (
            any(c.kind == "foul" for c in relevant) and any(i.lemmas & _AREA for i in row.items if i.is_word)
        )
        if not opens and self._open is None:
            return done
        asides = [c for c in cues if c.kind == "aside" and "broad" in c.entry.flags]
        for cue in relevant:
            if self._open is not None and self._open.settled_before(cue):
                done += self.close()
            self._open = self._open or Incident(row)
            self._open.take(row, cue, grammar)
            self._open.elsewhere |= any(a.position <= cue.position for a in asides)
        return done

    def close(self) -> list[EventMention]:
        """The event of the incident that is still open, if any."""
        done = self._open.close() if self._open is not None else []
        self._open = None
        return done


def mark_spot_kicks(events: Sequence[EventMention]) -> None:
    """The first attempt told right after a penalty is its kick: missed, or a goal from the spot.

    ``events`` are in text order and are changed in place.
    """
    given: EventMention | None = None
    for event in events:
        if event.type == "penalty_awarded":
            given = event
        elif event.type in ("penalty_overturned", "penalty_missed"):
            given = None
        elif given is not None and event.type in ("goal", "shot", "disallowed_goal"):
            if event.end <= given.end and event.row is given.row:
                continue
            near = 0 <= event.row.index - given.row.index <= _KICK_WITHIN
            if near and not _minutes_apart(given, event):
                if event.type == "goal" and "own_goal" not in event.qualifiers:
                    event.qualifiers.add("penalty")
                elif event.type == "shot" and event.outcome in ("saved", "woodwork", "off_target"):
                    event.type, event.outcome = "penalty_missed", None
            given = None


def _minutes_apart(one: EventMention, other: EventMention) -> bool:
    """Whether stated minutes say that the second event is not the first one's kick."""
    clocks = [[t.low for t in e.times if t.kind == "clock" and t.low is not None] for e in (one, other)]
    return bool(clocks[0] and clocks[1] and not 0 <= clocks[1][0] - clocks[0][0] <= 6)
