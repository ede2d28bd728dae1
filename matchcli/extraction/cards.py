"""Bookings and dismissals.

One card is often told in several words ("un'altra entrata: secondo giallo, espulso"): cues that stand
together and name nobody else are one card, and the strongest word says which.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import Grammar, is_verbal, preposition
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.near import (
    list_after,
    list_before,
    near_time,
    person_ref,
    role_people,
    skip_aside,
    span_of,
)

_KINDS = ("yellow", "second_yellow", "red")
_TYPE_OF = {"yellow": "yellow_card", "second_yellow": "second_yellow", "red": "red_card"}
#: Cues of one card stand at most this many items apart.
_TOGETHER = 12


@dataclass(slots=True)
class Card:
    """The cues of one card and what they come to."""

    cues: list[Cue]
    kind: str = "yellow"
    var: bool = False
    prior: bool = False
    people: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        return min(c.position for c in self.cues)

    @property
    def last(self) -> int:
        return max(c.stop - 1 for c in self.cues)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    path = files("matchcli.lexicon") / "events" / "cards.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    return {name: frozenset(words) for name, words in table.items()}


def find_cards(
    row: Row, grammar: Grammar, cues: Sequence[Cue], before: Sequence[Cue] = ()
) -> list[EventMention]:
    """The cards that a row tells; ``before`` are the cues of the row before, whose fouls it may punish."""
    told = [c for c in cues if c.kind in _KINDS and not c.negated and not c.unreal and _is_card(row, c)]
    cards = _together(row, cues, told)
    made: list[EventMention] = []
    for card in cards:
        _settle(row, card, cues)
        card.people = _people(row, grammar, card, cues, before)
        made += _mentions(row, grammar, card, cues)
    return made


def _is_card(row: Row, cue: Cue) -> bool:
    """Whether a colour is a card here and not the adjective of a shirt or of a ball."""
    if "colour" not in cue.entry.flags:
        return True
    if cue.position == 0:
        return True
    before = row.items[cue.position - 1]
    if not before.is_word:
        return before.kind != "team"
    return before.upos not in ("NOUN", "PROPN") or bool(before.lemmas & _words()["cards"])


def _together(row: Row, cues: Sequence[Cue], told: Sequence[Cue]) -> list[Card]:
    cards: list[Card] = []
    for cue in sorted(told, key=lambda c: c.position):
        prior = cue.kind == "yellow" and _is_prior(row, cue)
        last = cards[-1] if cards else None
        if last is not None and not last.prior and not prior and _goes_with(row, last, cue):
            last.cues.append(cue)
        else:
            cards.append(Card([cue], prior=prior))
    return cards


def _goes_with(row: Row, card: Card, cue: Cue) -> bool:
    """Whether a cue tells the same card: close by, and about nobody else."""
    between = row.items[card.last + 1 : cue.position]
    if len(between) > _TOGETHER:
        return False
    stops = sum(1 for i in between if i.is_word and i.text in (".", ";", "!", "?"))
    if stops and len(between) > 3:
        return False
    mine = {p for c in card.cues for q in role_people(row, c, "player") for p in {q, *list_after(row, q)}}
    new = {p for p in role_people(row, cue, "player") if p > card.last} - mine
    if mine and new and not any(_same(row, a, b) for a in mine for b in new):
        return False
    strangers = {p for p in range(card.last + 1, cue.position) if row.items[p].kind == "person"} - mine
    return "turned" in cue.entry.flags or not (mine and strangers and not new)


def _same(row: Row, one: int, other: int) -> bool:
    a, b = person_ref(row, one), person_ref(row, other)
    return a is b or (
        a is not None and b is not None and bool({id(p) for p in a.people} & {id(p) for p in b.people})
    )


def _is_prior(row: Row, cue: Cue) -> bool:
    """A booking of earlier that the words only recall: "già ammonito", "l'ammonito Rossi"."""
    items = row.items
    words = _words()["prior"]
    if any(i.lemmas & words for i in items[max(0, cue.position - 2) : cue.position] if i.is_word):
        return True
    head = items[cue.head]
    if not (head.is_participle or head.upos in ("ADJ", "NOUN")) or not head.lemmas & {
        "ammonire",
        "ammonito",
        "ammonita",
    }:
        return False
    before = items[cue.head - 1] if cue.head else None
    after = items[cue.head + 1] if cue.head + 1 < len(items) else None
    return (
        before is not None
        and before.is_word
        and (
            before.upos == "DET"
            or before.lemmas & {"l", "il", "un", "lo", "la", "dell", "all", "dall"} != set()
        )
        and after is not None
        and after.kind == "person"
    )


def _settle(row: Row, card: Card, cues: Sequence[Cue]) -> None:
    """Which card it is, and whether the review made it so."""
    kinds = [c.kind for c in card.cues]
    turned = next((c for c in card.cues if "turned" in c.entry.flags), None)
    review = any(c.kind == "var" for c in cues)
    if turned is not None:
        card.kind = turned.kind
        card.var = True
    elif "second_yellow" in kinds:
        card.kind = "second_yellow"
    elif "yellow" in kinds and "red" in kinds:
        order = kinds.index("yellow") < kinds.index("red")
        between = {lemma for i in row.items[card.first : card.last + 1] if i.is_word for lemma in i.lemmas}
        if order and review:
            card.kind, card.var = "red", True
        elif order and between & _words()["then"]:
            card.kind = "second_yellow"
        else:
            card.kind = "red"
    else:
        card.kind = kinds[0]
        if card.kind == "red" and any(c.kind == "var" and abs(c.position - card.first) < 25 for c in cues):
            card.var = True
    if card.prior:
        card.kind = "yellow"


def _people(row: Row, grammar: Grammar, card: Card, cues: Sequence[Cue], before: Sequence[Cue]) -> list[int]:
    """Who gets the card: who the words name, who committed the foul, who was the subject before."""
    named: list[int] = []
    for cue in sorted(card.cues, key=lambda c: c.kind == "yellow"):
        named = [p for p in role_people(row, cue, "player") if not _is_staff(row, p)]
        if named:
            break
    if named:
        first, last = named[0], named[-1]
        listed = set(named)
        if last > card.first:
            listed |= set(list_after(row, last))
        elif first < card.first:
            listed |= set(_pair_before(row, first, card))
        return sorted(listed)
    if card.prior:
        around = [p for p in range(card.first - 3, card.last + 4) if 0 <= p < len(row.items)]
        beside = [p for p in around if row.items[p].kind == "person" and not _is_staff(row, p)]
        if beside:
            return [min(beside, key=lambda p: min(abs(p - card.first), abs(p - card.last)))]
    fouls = [c for c in cues if c.kind in ("foul", "handball", "appeal")]
    for cue in sorted(fouls, key=lambda c: abs(c.position - card.first)):
        if abs(cue.position - card.first) <= 30:
            offenders = [p for p in role_people(row, cue, "offender") if not _is_staff(row, p)]
            if offenders:
                return offenders[:1]
    head = card.cues[0]
    referee = is_verbal(row, head.head) and head.entry.verb_roles.get("subj") == "referee"
    subject = grammar.subject(head.head) if referee else None
    for position in range(card.first - 1, -1, -1):
        item = row.items[position]
        if item.is_word and item.text in (".", "!", "?", ";") and position < card.first - 3:
            break
        if item.kind == "person" and position != subject and preposition(row, position) is None:
            if not _is_staff(row, position):
                return [position]
    return []


def _pair_before(row: Row, position: int, card: Card) -> list[int]:
    """ "Rossi e Bianchi, un giallo a testa": all of a list where the words count several."""
    plural = any(
        i.is_word and (i.lemmas & {"testa", "entrambi", "ambedue"} or i.feats.get("Number") == "Plur")
        for i in row.items[card.first : card.last + 1]
    )
    return list_before(row, position) if plural else [position]


def _is_staff(row: Row, position: int) -> bool:
    reference = person_ref(row, position)
    if reference is None:
        return True
    return bool(reference.traits.get("staff")) or bool(
        reference.traits.get("group", set()) & {"referee", "coach"}
    )


def _mentions(row: Row, grammar: Grammar, card: Card, cues: Sequence[Cue]) -> list[EventMention]:
    made: list[EventMention] = []
    several = len(card.people) > 1
    people: list[int | None] = [*card.people] or [None]
    for person in people:
        told = [p for p in [person] if p is not None and abs(p - card.first) <= 25]
        first, last = min([card.first, *told]), max([card.last, *told])
        if several and person is not None:
            first, last = min(card.first, *card.people), max(card.last, *card.people)
            after = skip_aside(row, person + 1)
            times = (
                [row.items[p].reference for p in range(person + 1, after) if row.items[p].kind == "time"][:1]
                or _next_time(row, person)
                or near_time(row, grammar, card.first, card.last, kinds=_KINDS, cues=cues)
            )
        else:
            times = near_time(row, grammar, first, last, kinds=(*_KINDS, "foul"), cues=cues)
        start, end = span_of(row, first, last)
        event = EventMention(
            type=_TYPE_OF[card.kind],
            row=row,
            start=start,
            end=end,
            player=person_ref(row, person),
            times=times,
            position=card.first,
            weight=max(c.entry.weight for c in card.cues),
        )
        if card.var:
            event.qualifiers.add("var")
        if card.prior:
            event.times = _inside_time(row, card)
            event.flags.add("flashback")
        made.append(event)
    return made


def _next_time(row: Row, person: int) -> list:
    """The time that follows a name in a list: "Rossi al 40'", "Bianchi un minuto più tardi"."""
    if person + 1 < len(row.items) and row.items[person + 1].kind == "time":
        return [row.items[person + 1].reference]
    return []


def _inside_time(row: Row, card: Card) -> list:
    """The time right after the words of a card that is only recalled: "già ammonito al 20'"."""
    for position in range(card.first, min(card.last + 3, len(row.items))):
        if row.items[position].kind == "time":
            return [row.items[position].reference]
    return []
