"""Which events of a record a user asked to see."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from matchcli.record import Event, Record

#: Groups of event types by the names that ``--only`` takes.
GROUPS: dict[str, tuple[str, ...]] = {
    "goals": ("goal",),
    "cards": ("yellow_card", "second_yellow", "red_card"),
    "subs": ("substitution",),
    "shots": ("shot",),
    "penalties": ("penalty_awarded", "penalty_missed", "penalty_overturned", "penalty_appeal"),
    "injuries": ("injury",),
    "periods": ("kick_off", "half_time", "full_time"),
}


class UnknownEvents(ValueError):
    """A name that is neither a group nor an event type; the message has the nearest ones."""


def chosen_types(names: str) -> frozenset[str]:
    """The event types that a list such as ``goals,cards,injury`` means.

    ``penalties`` also keeps the goals scored from the spot; they are told by their qualifier.
    Raises ``UnknownEvents``.
    """
    from matchcli.record import EventType

    types = get_args(EventType)
    chosen: set[str] = set()
    for name in filter(None, (part.strip().lower() for part in names.split(","))):
        if name in GROUPS:
            chosen.update(GROUPS[name])
            if name == "penalties":
                chosen.add("goal:penalty")
        elif name in types:
            chosen.add(name)
        else:
            known = [*GROUPS, *types]
            near = difflib.get_close_matches(name, known, n=2, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known)}"
            raise UnknownEvents(f"no events are called {name!r}; {hint}")
    if not chosen:
        raise UnknownEvents(f"name at least one of: {', '.join(GROUPS)}, or event types")
    return frozenset(chosen)


def selector(only: frozenset[str] | None, min_confidence: float) -> Callable[[Record], Record]:
    """A function that leaves in a record the events asked for; the record is changed in place."""

    def wanted(event: Event) -> bool:
        if event.confidence < min_confidence:
            return False
        if only is None or event.type in only:
            return True
        return any(f"{event.type}:{qualifier}" in only for qualifier in event.qualifiers)

    def select(record: Record) -> Record:
        if only is not None or min_confidence > 0:
            record.events = _kept(record.events, wanted)
        return record

    return select


def _kept(events: Iterable[Event], wanted: Callable[[Event], bool]) -> list[Event]:
    return [event for event in events if wanted(event)]
