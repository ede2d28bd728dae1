"""Substitutions and injuries.

A change has two halves, who comes on and who goes off.  Cues give one half or both ("dentro Rossi",
"Rossi rileva Bianchi"); small words between two lists of names give both ("Rossi e Verdi per Bianchi e
Neri").  Halves that stand side by side are then put together in order.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from matchcli.extraction.actions import ATTEMPT_KINDS, EventMention
from matchcli.extraction.arguments import Grammar, preposition
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

#: How many items may stand between the two halves of one change.
HALVES_APART = 16


@dataclass(slots=True)
class Change:
    """Who comes on and who goes off (positions in the row), and the items that tell it."""

    first: int
    last: int
    comes: list[int] = field(default_factory=list)
    goes: list[int] = field(default_factory=list)
    weight: float = 1.0
    flashback: bool = False
    needs_other: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.comes and self.goes)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """Words of ``events/substitutions.toml`` beside its cues: relations, openers, words of line-ups."""
    path = files("matchcli.lexicon") / "events" / "substitutions.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    return {name: frozenset(words) for name, words in table.items()}


def find_substitutions(
    row: Row, grammar: Grammar, cues: Sequence[Cue], before: Row | None = None
) -> list[EventMention]:
    """The changes that a row tells; ``before`` is the row before it, whose words may open a list of changes."""
    subs = [c for c in cues if c.kind == "sub" and not c.unreal and not c.negated]
    if _is_lineup(row):
        return []
    told = [t for t in (_from_cue(row, cue, cues) for cue in subs) if t is not None]
    fresh = [
        Change(first=p, last=p, comes=[p], weight=0.7, flashback=True)
        for p, item in enumerate(row.items)
        if item.kind == "person" and _words()["fresh"] & set(item.text.lower().replace("-", "").split())
    ]
    found = _relations(row, cues, told, before) + told + _brackets(row, cues) + fresh
    headed = any(i.lemmas & _words()["headings"] for i in row.items if i.is_word)
    changes = [
        c for c in _join_halves(row, _without_repeats(found)) if c.complete or headed or not c.needs_other
    ]
    made = [_mentions(row, grammar, cues, change) for change in changes]
    for number in range(len(changes) - 1, 0, -1):  # "Rossi per Bianchi e Verdi per Neri al 60'"
        one, other = changes[number - 1], changes[number]
        after = skip_aside(row, other.last + 1)
        if (
            other.first - one.last <= 2
            and after > other.last + 1
            and skip_aside(row, one.last + 1) == one.last + 1
        ):
            for event in made[number - 1]:
                event.times = list(made[number][0].times)
    return [event for events in made for event in events]


def _is_lineup(row: Row) -> bool:
    """Whether the row tells who plays from the start rather than who comes on."""
    text = " " + " ".join(i.text.lower() for i in row.items) + " "
    if any(
        i.kind == "time" and i.reference.kind == "clock" and (i.reference.low or 0) > 1 for i in row.items
    ):
        return False
    return any(f" {words} " in text for words in _words()["lineup"])


def _from_cue(row: Row, cue: Cue, cues: Sequence[Cue]) -> Change | None:
    """The change of a cue, its lists of names read to their ends."""
    comes, goes = role_people(row, cue, "on"), role_people(row, cue, "off")
    replaced = role_people(row, cue, "with")  # "sostituisce Rossi con Bianchi": who does so is the coach
    if replaced:
        comes = replaced
    comes, goes = (_whole_list(row, p, cue) for p in (comes, goes))
    comes = [p for p in comes if p not in goes]
    if cue.entry.flags & {"anaphora"} and not goes:
        back = [p for p in range(cue.position) if row.items[p].kind == "person" and p not in comes]
        goes = [back[-1]] if back and preposition(row, back[-1]) in (None, "a", "per") else []
    if "subject_before" in cue.entry.flags and not comes:
        back = [
            p for p in range(cue.position) if row.items[p].kind == "person" and preposition(row, p) is None
        ]
        comes = back[-1:]
    if "off_only" in cue.entry.flags and goes and not comes:
        comes = _replacement(row, goes[-1])
    if not comes and not goes:
        return None
    return Change(
        first=min(cue.position, *comes, *goes, cue.position),
        last=max(cue.stop - 1, *comes, *goes, cue.stop - 1),
        comes=comes,
        goes=goes,
        weight=cue.entry.weight,
        flashback="fresh" in cue.entry.flags,
        needs_other="needs_other" in cue.entry.flags,
    )


def _replacement(row: Row, position: int) -> list[int]:
    """Who comes on, told with "per" or "con" after who goes off: "leva Rossi, stremato, per Bianchi"."""
    items = row.items
    for at in range(position + 1, min(position + 16, len(items) - 1)):
        item = items[at]
        if item.kind == "person" and preposition(row, at) not in ("per", "con"):
            return []
        if item.is_word and item.text in (".", ";", "!", "?"):
            return []
        if item.is_word and item.lemmas & {"per", "con"}:
            person = _person_from(row, at + 1)
            if person is not None and not any(i.is_finite_verb for i in items[position:person]):
                return list_after(row, person)
    return []


def _whole_list(row: Row, people: list[int], cue: Cue) -> list[int]:
    if not people:
        return []
    before, after = list_before(row, people[0]), list_after(row, people[-1])
    inside = [p for p in people[1:-1] if p not in before and p not in after]
    return sorted({*(before if people[0] < cue.head else people[:1]), *inside, *after, *people})


def _relations(row: Row, cues: Sequence[Cue], told: Sequence[Change], before: Row | None) -> list[Change]:
    """Changes told by a small word between names: "Rossi per Bianchi, Verdi e Neri al posto di Gialli e Blu"."""
    items = row.items
    marks: list[tuple[int, int, bool]] = []  # first item, item after, whether the words alone are enough
    for position, item in enumerate(items):
        if not item.is_word or not item.lemmas & {
            "per",
            "x",
            "×",
            "posto",
            "luogo",
            "vece",
            "invece",
            "anziché",
        }:
            continue
        if item.lemmas & {"per", "x", "×"}:
            marks.append((position, position + 1, False))
        elif position + 1 < len(items):
            start = position - 1 if position and items[position - 1].is_word else position
            stop = position + 1
            if stop < len(items) and items[stop].lemmas & {"di", "del", "dello", "della", "dell", "d"}:
                marks.append((start, stop + 1, True))
    found: list[Change] = []
    rest: list[int] = []  # names that the last relation left over: they come on with the next one
    for number, (start, stop, strong) in enumerate(marks):
        person = _person_from(row, stop)
        if person is None:
            rest = []
            continue
        left = _person_until(row, start - 1)
        if left is None:
            continue
        comes = list_before(row, left)
        if rest and comes and rest[-1] == comes[-1]:
            comes = rest
        elif found and set(comes) & set(found[-1].goes):
            comes = [p for p in comes if p not in found[-1].goes] or comes[-1:]
        goes = list_after(row, person)
        rest = []
        if (
            number + 1 < len(marks)
            and len(goes) > len(comes)
            and goes[-1] == _person_until(row, marks[number + 1][0] - 1)
        ):
            goes, rest = goes[: len(comes)], goes[len(comes) :]
        if set(comes) & set(goes):
            continue
        if not strong and not _is_change(row, cues, told, comes[0], goes[-1], found, before):
            continue
        found.append(
            Change(first=comes[0], last=goes[-1], comes=comes, goes=goes, weight=1.0 if strong else 0.9)
        )
    return found


def _person_from(row: Row, position: int) -> int | None:
    """The person at ``position`` or after articles, adjectives and a time: "per un esausto Rossi"."""
    items = row.items
    for at in range(position, min(position + 6, len(items))):
        if items[at].kind == "person":
            return at
        if items[at].kind == "time":
            continue
        if not items[at].is_word or items[at].upos not in ("DET", "ADJ", "ADV", "NOUN", "PROPN", "VERB"):
            return None
        if items[at].is_finite_verb:
            return None
    return None


def _person_until(row: Row, position: int) -> int | None:
    """The person at ``position``, or before a time or a bracket that ends there."""
    items = row.items
    at = position
    while at >= 0:
        if items[at].kind == "person":
            return at
        if items[at].kind == "time" or items[at].text in (")", ","):
            if items[at].text == ")":
                opening = next((p for p in range(at, max(at - 6, -1), -1) if items[p].text == "("), None)
                if opening is None:
                    return None
                at = opening
            at -= 1
            continue
        if items[at].lemmas & _words()["between"]:
            at -= 1
            continue
        return None
    return None


def _is_change(
    row: Row,
    cues: Sequence[Cue],
    told: Sequence[Change],
    first: int,
    last: int,
    found: Sequence[Change],
    before: Row | None,
) -> bool:
    """Whether "Rossi per Bianchi" is a change here and not a pass."""
    items = row.items
    words = _words()
    if any(t.first <= last + 2 and first <= t.last + 2 for t in told):
        return True
    if found and first - found[-1].last <= 4:
        return True
    if preposition(row, first) not in (None, "con"):
        return False
    opener = first - 1
    while opener >= 0 and (items[opener].upos in ("DET", "ADV", "ADP") or items[opener].text in ("(", "[")):
        if items[opener].lemmas & words["openers"]:
            return True
        opener -= 1
    ahead = {lemma for i in items[:first] if i.is_word for lemma in i.lemmas}
    if ahead & words["headings"]:
        return True
    if any(
        c.kind in ATTEMPT_KINDS and (c.position >= first and no_full_stop(row, first, c.position))
        for c in cues
    ):
        return False
    if (
        before is not None
        and {lemma for i in before.items if i.is_word for lemma in i.lemmas} & words["headings"]
    ):
        return True
    if opener >= 0 and items[opener].is_word and items[opener].lemmas & words["openers"]:
        return True
    opens = (
        opener < 0
        or items[opener].kind == "time"
        or items[opener].text in ".;:,-–—!"
        or items[opener].text in ("e", "ed")
    )
    after = skip_aside(row, last + 1)
    ends = (
        after >= len(items)
        or items[after].is_punctuation
        or items[after].text in ("e", "ed", "al", "di", ")", "nel")
    )
    timed = (opener >= 0 and items[opener].kind == "time") or (last + 1 < len(items) and after > last + 1)
    alone = (opener < 0 or items[opener].text in ".;!") and (
        after >= len(items) or items[after].text in ".;!"
    )
    return (
        opens
        and ends
        and (timed or alone or (not any(i.is_finite_verb for i in items[first:last]) and opener >= 0))
    )


def no_full_stop(row: Row, first: int, last: int) -> bool:
    """Whether items ``first``..``last`` stand in one sentence."""
    return not any(i.is_word and i.text in (".", ";", "!") for i in row.items[first:last])


def _brackets(row: Row, cues: Sequence[Cue]) -> list[Change]:
    """ "Rossi (dal 60' Bianchi)", "deve rinunciare a Rossi, toccato duro (Bianchi al 60')"."""
    items = row.items
    found: list[Change] = []
    for position, item in enumerate(items):
        if item.text not in ("(", "[") or not position:
            continue
        close = next(
            (p for p in range(position + 1, min(position + 8, len(items))) if items[p].text in (")", "]")),
            None,
        )
        if close is None:
            continue
        inside = range(position + 1, close)
        people = [p for p in inside if items[p].kind == "person"]
        timed = any(items[p].kind == "time" for p in inside)
        others = [p for p in inside if items[p].is_word and not items[p].lemmas & _words()["brackets"]]
        if len(people) != 1 or not timed or others:
            continue
        if items[position - 1].kind == "person" and not any(
            c.kind in ATTEMPT_KINDS for c in cues if c.position < position
        ):
            goes = [position - 1]
        else:
            hurt = [c for c in cues if c.kind in ("injury", "sub") and c.position < position]
            goes = hurt[-1].roles.get("player", []) or hurt[-1].roles.get("off", []) if hurt else []
            goes = [p for p in goes if items[p].kind == "person"][:1]
            if not goes:
                continue
        found.append(Change(first=goes[0], last=close - 1, comes=people, goes=goes))
    return found


def _without_repeats(found: Sequence[Change]) -> list[Change]:
    """Of several tellings of one change the fullest; a person comes on or goes off once in a row."""
    kept: list[Change] = []
    for change in sorted(found, key=lambda c: (-c.complete, -len(c.comes) - len(c.goes), -c.weight)):
        comes = [p for p in change.comes if not any(p in k.comes or p in k.goes for k in kept)]
        goes = [p for p in change.goes if not any(p in k.goes or p in k.comes for k in kept)]
        if (change.comes and not comes) or (change.goes and not goes) or not (comes or goes):
            continue
        change.comes, change.goes = comes, goes
        kept.append(change)
    return sorted(kept, key=lambda c: c.first)


def _join_halves(row: Row, changes: list[Change]) -> list[Change]:
    """Put who comes on and who goes off side by side together, in order: "fuori A e B, dentro C e D"."""
    joined: list[Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not last.complete
            and not change.complete
            and bool(last.comes) != bool(change.comes)
            and change.first - last.last <= HALVES_APART
        ):
            last.comes, last.goes = last.comes or change.comes, last.goes or change.goes
            last.last = max(last.last, change.last)
            last.weight = max(last.weight, change.weight)
            last.flashback = last.flashback and change.flashback
            continue
        joined.append(change)
    return joined


def _mentions(row: Row, grammar: Grammar, cues: Sequence[Cue], change: Change) -> list[EventMention]:
    made: list[EventMention] = []
    kinds = ("sub", "injury")
    several = max(len(change.comes), len(change.goes)) > 1
    for number in range(max(len(change.comes), len(change.goes))):
        on = change.comes[number] if number < len(change.comes) else None
        off = change.goes[number] if number < len(change.goes) else None
        own = _own_time(row, on, off) if several else None
        start, end = span_of(row, change.first, change.last)
        event = EventMention(
            type="substitution",
            row=row,
            start=start,
            end=end,
            player=person_ref(row, on),
            other=person_ref(row, off),
            times=own or near_time(row, grammar, change.first, change.last, kinds=kinds, cues=cues),
            position=change.first,
            weight=change.weight,
        )
        if change.flashback:
            event.times = own or []
            event.flags.add("flashback")
        made.append(event)
    return made


def _own_time(row: Row, on: int | None, off: int | None) -> list:
    """The time right after one of the two, in a list where each has its own."""
    for position in (off, on):
        if position is None:
            continue
        for at in (position + 1, position + 2):
            if at < len(row.items) and row.items[at].kind == "time":
                return [row.items[at].reference]
            if at < len(row.items) and row.items[at].text not in ("(", "["):
                break
    return []


def find_injuries(row: Row, grammar: Grammar, cues: Sequence[Cue]) -> list[EventMention]:
    """The injuries that a row tells, one for each player hurt."""
    made: list[EventMention] = []
    hurt: set[int] = set()
    injuries = [c for c in cues if c.kind == "injury" and not c.negated and not c.unreal]
    for cue in injuries:
        people = role_people(row, cue, "player")
        if not people:
            left = [
                p
                for p in range(cue.position)
                if row.items[p].kind == "person" and preposition(row, p) is None
            ]
            people = left[-1:]
        if "weak" in cue.entry.flags and not people:
            continue
        if (people and people[0] in hurt) or (not people and made):
            continue
        if made and not role_people(row, cue, "player"):
            continue
        hurt.update(people[:1])
        hurt_people: list[int | None] = [*people] or [None]
        for person in hurt_people:
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
                    times=near_time(row, grammar, first, last, kinds=("sub", "injury"), cues=cues),
                    position=cue.position,
                    weight=cue.entry.weight,
                )
            )
    return made
