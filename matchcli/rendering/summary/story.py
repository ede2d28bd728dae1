"""What a record tells: how the score went and what turned the match, without any wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matchcli.record import Event, Record

Role = Literal[
    "only", "open", "equalise", "lead", "overtake", "double", "third", "fourth", "extend", "reduce"
]


@dataclass(frozen=True, slots=True)
class Story:
    """The goals in their order with what each was worth.

    ``roles`` is empty unless the goals of the record are all the goals of its final score, in
    an order that can be relied on.  ``complete`` is true where at least their number agrees
    with the final score, ``too_many`` where a side has more of them than that score gives it.
    """

    goals: tuple[Event, ...]
    roles: tuple[Role, ...]
    complete: bool
    too_many: bool
    comeback: bool


def story_of(record: Record) -> Story:
    """Read the course of the score off a record."""
    goals = tuple(event for event in record.events if event.type == "goal")
    score = record.match.score
    found = {side: sum(goal.team == side for goal in goals) for side in ("home", "away")}
    final = {"home": score.home, "away": score.away}
    complete = all(goal.team is not None for goal in goals) and found == final
    too_many = any(told is not None and found[side] > told for side, told in final.items())
    roles = _roles(goals) if complete else ()
    return Story(goals, roles, complete, too_many, _is_comeback(record, roles, goals))


def _roles(goals: tuple[Event, ...]) -> tuple[Role, ...]:
    """Tell what each goal was worth; nothing where their order is not sure."""
    tally = {"home": 0, "away": 0}
    been_ahead: set[str] = set()
    roles: list[Role] = []
    for goal in goals:
        side = goal.team or ""
        other = "away" if side == "home" else "home"
        roles.append(_role(tally[side], tally[other], side in been_ahead))
        tally[side] += 1
        if tally[side] > tally[other]:
            been_ahead.add(side)
        known = goal.score is not None and (goal.score.home, goal.score.away) == (
            tally["home"],
            tally["away"],
        )
        # The order of the events is only as good as what holds them in it: a running score that
        # agrees, or a time.
        if not known and (goal.score is not None or goal.minute_range is None):
            return ()
    return ("only",) if len(roles) == 1 else tuple(roles)


def _role(own: int, other: int, been_ahead: bool) -> Role:
    """Tell what a goal is worth to a side that had ``own`` goals against ``other``."""
    if own == other:
        if own == 0:
            return "open"
        return "lead" if been_ahead else "overtake"
    if own < other:
        return "equalise" if own + 1 == other else "reduce"
    if (own, other) == (1, 0):
        return "double"
    return "third" if own == 2 else "fourth" if own == 3 else "extend"


def _is_comeback(record: Record, roles: tuple[Role, ...], goals: tuple[Event, ...]) -> bool:
    """Tell whether the winner had been behind, as far as the record makes sure."""
    score = record.match.score
    if score.home is None or score.away is None or score.home == score.away:
        return False
    winner = "home" if score.home > score.away else "away"
    half = score.half_time
    if half is not None and (half.home - half.away) * (score.home - score.away) < 0:
        return True
    return bool(roles) and _was_behind(goals, winner)


def _was_behind(goals: tuple[Event, ...], side: str) -> bool:
    difference = 0
    for goal in goals:
        difference += 1 if goal.team == side else -1
        if difference < 0:
            return True
    return False


def turning_points(record: Record) -> list[Event]:
    """Give the events that turned the match, in their order: cards, penalties, cancelled goals.

    A penalty that was given and then taken is told by its goal or its miss alone.
    """
    events = record.events
    kept = []
    for place, event in enumerate(events):
        if event.type == "penalty_awarded":
            # What is told of the same minute may stand in any order.
            before = [
                other for other in events[max(place - NEAR, 0) : place] if _share_a_minute(other, event)
            ]
            if _is_taken(event, before + events[place + 1 : place + 1 + NEAR]):
                continue
        if event.type in _TURNING:
            kept.append(event)
    return kept


#: A penalty is taken within so many events of its award.
NEAR = 5

_TURNING = frozenset(
    {
        "penalty_awarded",
        "penalty_missed",
        "penalty_overturned",
        "disallowed_goal",
        "red_card",
        "second_yellow",
    }
)


def _is_taken(award: Event, following: list[Event]) -> bool:
    return any(
        (event.type == "goal" and "penalty" in event.qualifiers)
        or event.type in ("penalty_missed", "penalty_overturned")
        for event in following
        if event.team == award.team or event.team is None or award.team is None
    )


def _share_a_minute(one: Event, other: Event) -> bool:
    first, second = one.minute_range, other.minute_range
    return bool(first and second and max(first[0], second[0]) <= min(first[1], second[1]))


def woodwork(record: Record) -> list[Event]:
    """Give the shots that hit post or crossbar."""
    return [
        event
        for event in record.events
        if event.type == "shot"
        and (event.outcome == "woodwork" or {"post", "crossbar"} & set(event.qualifiers))
    ]
