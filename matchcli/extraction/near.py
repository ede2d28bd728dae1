"""Small looks around in a row: the time beside some items, the person in an item, a span."""

from __future__ import annotations

from matchcli.extraction.arguments import Grammar
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.references import PersonRef


def near_time(row: Row, grammar: Grammar, first: int, last: int) -> list[TimeMention]:
    """The time expression that goes with items first..last: inside, right after, or the last before."""
    items = row.items
    for position in range(first, min(last + 1, len(items))):
        if items[position].kind == "time":
            return [items[position].reference]
    for position in range(last + 1, min(last + 5, len(items))):
        item = items[position]
        if item.kind == "time":
            following = items[position + 1] if position + 1 < len(items) else None
            if following is None or following.is_punctuation or following.text in ("e", "ed"):
                return [item.reference]
            break
        if item.is_word and (item.text in ".;:" or item.upos in ("VERB",)):
            break
    for position in range(first - 1, -1, -1):
        if items[position].kind == "time":
            return [items[position].reference]
    return []


def person_ref(row: Row, position: int | None) -> PersonRef | None:
    if position is None:
        return None
    reference = row.items[position].reference
    return reference if isinstance(reference, PersonRef) else None


def span_of(row: Row, first: int, last: int) -> Span:
    items = row.items
    first = max(0, min(first, len(items) - 1))
    last = max(first, min(last, len(items) - 1))
    return items[first].start, items[last].end


def role_person(row: Row, cue: Cue, role: str) -> int | None:
    """Position of the first person that fills a role of the cue."""
    return next((p for p in cue.roles.get(role, []) if row.items[p].kind == "person"), None)


def no_stop_between(row: Row, one: int, other: int) -> bool:
    """Whether no full stop or semicolon stands between two positions."""
    low, high = sorted((one, other))
    return not any(i.is_word and i.text in (".", ";") for i in row.items[low:high])
