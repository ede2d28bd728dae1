"""Small looks around in a row: the time beside some items, lists of persons, a span."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.arguments import Grammar
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.references import PersonRef

#: Kinds of cues that never own a time expression.
_TIMELESS = frozenset(
    {
        "manner",
        "position",
        "coach",
        "referee",
        "aside",
        "not_event",
        "duel",
        "penalty",
        "var",
        "foul",
        "handball",
    }
)
#: Words that may stand between two names of a list.
_LIST_WORDS = frozenset(
    [
        "e",
        "ed",
        "poi",
        "anche",
        "pure",
        "quindi",
        "infine",
        "nonché",
        "a",
        "ad",
        "al",
        "allo",
        "alla",
        "all",
        "ai",
        "agli",
        "alle",
        "di",
        "del",
        "dello",
        "della",
        "dell",
        "dei",
        "degli",
        "delle",
        "per",
        "il",
        "lo",
        "la",
        "l",
        "i",
        "gli",
        "le",
        "un",
        "uno",
        "una",
        "insieme",
        "con",
        "sia",
        "che",
    ]
)


def near_time(
    row: Row, grammar: Grammar, first: int, last: int, *, kinds: Sequence[str] = (), cues: Sequence[Cue] = ()
) -> list[TimeMention]:
    """The time expression that goes with items ``first``..``last``: inside, right after, or the last before.

    With ``cues`` a time that another kind of cue owns ("fuori Rossi, ammonito al 20', dentro Bianchi") is
    passed over; ``kinds`` are the kinds that may own it here.
    """
    items = row.items
    foreign = _owned_times(row, [c for c in cues if c.kind not in kinds]) if cues else set()
    if cues:
        foreign -= _owned_times(row, [c for c in cues if c.kind in kinds])
    for position in range(first, min(last + 1, len(items))):
        if items[position].kind == "time" and position not in foreign:
            return [items[position].reference]
    for position in range(last + 1, min(last + 6, len(items))):
        item = items[position]
        if item.kind == "time":
            following = items[position + 1] if position + 1 < len(items) else None
            bracketed = items[position - 1].text in ("(", "[")
            ends = (
                following is None
                or following.is_punctuation
                or following.text in ("e", "ed", "(", ")", "per")
            )
            if (bracketed or ends) and position not in foreign:
                return [item.reference]
            break
        if item.kind == "person" or (item.is_word and (item.text in ".;:" or item.upos in ("VERB",))):
            break
    for position in range(first - 1, -1, -1):
        if items[position].kind == "time" and position not in foreign:
            return [items[position].reference]
    return []


def _owned_times(row: Row, cues: Sequence[Cue]) -> set[int]:
    """Positions of times that stand right after one of ``cues``, or after the person that follows it."""
    owned: set[int] = set()
    for cue in cues:
        if cue.kind in _TIMELESS:
            continue
        for position in range(cue.position, min(cue.stop + 3, len(row.items))):
            item = row.items[position]
            if position >= cue.stop and item.is_word and item.text in (",", ".", ";", ":", "!", "?"):
                break
            if item.kind == "time":
                owned.add(position)
                break
    return owned


def person_ref(row: Row, position: int | None) -> PersonRef | None:
    """The person reference of an item; None where the item is no person."""
    if position is None:
        return None
    reference = row.items[position].reference
    return reference if isinstance(reference, PersonRef) else None


def span_of(row: Row, first: int, last: int) -> Span:
    """Character span of the items ``first``..``last``."""
    items = row.items
    first = max(0, min(first, len(items) - 1))
    last = max(first, min(last, len(items) - 1))
    return items[first].start, items[last].end


def role_person(row: Row, cue: Cue, role: str) -> int | None:
    """Position of the first person that fills a role of the cue."""
    return next((p for p in cue.roles.get(role, []) if row.items[p].kind == "person"), None)


def role_people(row: Row, cue: Cue, role: str) -> list[int]:
    """Positions of the persons that fill a role of the cue."""
    return [p for p in cue.roles.get(role, []) if row.items[p].kind == "person"]


def no_stop_between(row: Row, one: int, other: int) -> bool:
    """Whether no full stop or semicolon stands between two positions."""
    low, high = sorted((one, other))
    return not any(i.is_word and i.text in (".", ";") for i in row.items[low:high])


def skip_aside(row: Row, position: int) -> int:
    """The position after a bracketed remark or a time that begins at ``position``; else ``position``."""
    items = row.items
    if position < len(items) and items[position].kind == "time":
        return position + 1
    if position < len(items) and items[position].text in ("(", "["):
        for at in range(position + 1, min(position + 9, len(items))):
            if items[at].text in (")", "]"):
                return at + 1
    return position


def list_after(row: Row, position: int) -> list[int]:
    """The persons of the list that begins with the person at ``position``.

    "Rossi, Bianchi e il giovane Verdi": commas join where the list ends in "e", in a relation
    ("per", "al posto di") or in punctuation; a name that a verb follows is a subject, no list member.
    """
    items = row.items
    found = [position]
    pending: list[int] = []
    at = position
    while True:
        step = skip_aside(row, at + 1)
        joined_by = ""
        next_at = step
        while next_at < len(items) and next_at < step + 5:
            item = items[next_at]
            if item.kind == "person":
                break
            if not item.is_word:
                return found
            low = item.text.lower().rstrip("'’")
            if low in (",", "e", "ed", "/", "-", "–"):
                joined_by = "e" if low in ("e", "ed") or joined_by == "e" else ","
            elif low == "insieme":
                joined_by = "e"
            elif low in ("per", "x") and not joined_by:
                return [*found, *pending]
            elif not joined_by or not (low in _LIST_WORDS or item.upos in ("DET", "ADJ", "NUM")):
                return [*found, *pending] if pending and (item.is_punctuation or low == "al") else found
            next_at += 1
        if next_at >= len(items) or items[next_at].kind != "person" or not joined_by:
            ends = step >= len(items) or items[step].text in ".;:!?)"
            return [*found, *pending] if ends else found
        after = skip_aside(row, next_at + 1)
        verb = after < len(items) and items[after].is_finite_verb
        if verb:
            return found
        if joined_by == "e":
            found += [*pending, next_at]
            pending = []
        else:
            pending.append(next_at)
        at = next_at


def list_before(row: Row, position: int) -> list[int]:
    """The persons of the list that ends with the person at ``position``, in text order."""
    items = row.items
    found = [position]
    at = position
    while at > 0:
        back = at - 1
        while (
            back >= 0
            and items[back].is_word
            and items[back].upos in ("DET", "ADJ")
            and items[back].text not in ","
        ):
            back -= 1
        if back < 1 or not items[back].is_word:
            break
        joint = items[back].text.lower()
        if joint not in ("e", "ed", ",", "/") or (joint == "," and len(found) == 1):
            break
        before = back - 1
        if items[before].kind == "time" and before > 0:
            before -= 1
        if items[before].text == ")" and before > 2:
            opening = next((p for p in range(before, max(before - 6, -1), -1) if items[p].text == "("), None)
            before = opening - 1 if opening else before
        if before < 0 or items[before].kind != "person":
            break
        found.insert(0, before)
        at = before
    return found
