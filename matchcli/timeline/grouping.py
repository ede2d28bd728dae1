"""One event, however often it is told: tellings and the box score's entries become the match's events."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from matchcli.extraction.mentions import BoxEntry, BoxScore, Span
from matchcli.extraction.persons import Person
from matchcli.extraction.reader.reading import Reading, Telling
from matchcli.reading.report import Report
from matchcli.record import Side
from matchcli.timeline.casting import Told, event_key
from matchcli.timeline.lineups import find_person
from matchcli.timeline.merge import NEAR, Evidence, MatchEvent, absorb, merge, merge_goals
from matchcli.timeline.sides import SideNetwork, opposite

#: Log-odds against one event between two tellings that keep their groups apart.
AGAINST = -1.5
#: Tellings of one event stand at most so many tellings apart: no match has more events, and pairs are many.
FARTHEST = 150
#: Scorers of one list stand at most so many characters apart.
LISTED_APART = 20
_CARDS = frozenset({"yellow_card", "second_yellow", "red_card"})
_REDS = frozenset({"red_card", "second_yellow"})
#: Log-odds of a pair that cannot tell one event.
_NEVER = -9.0


def gather_events(
    told: Sequence[Told],
    reading: Reading,
    box: BoxScore | None,
    people: list[Person],
    network: SideNetwork,
    counts: Collection[int],
    report: Report,
) -> tuple[list[MatchEvent], list[MatchEvent]]:
    """The events of the match, and the goals told that a complete list of scorers leaves no room for.

    ``counts`` has how many goals there may have been; empty where the text does not tell.
    """
    told = [t for t in told if t.type == "goal" or not _is_title(t, report)]
    lists = scorer_lists(box)
    told = [t for t in told if t.type != "goal" or not any(_is_within(t.span, span) for span in lists)]
    for telling in told:
        if not telling.times and is_booked(telling, box):
            telling.in_order = False
    events = [_event(group, report) for group in group_tellings(told, reading)]
    listed = [_of_box(entry, people, network) for entry in (box.entries if box is not None else [])]
    goals = merge([e for e in events + listed if e.type == "goal"])
    box_goals = [e for e in listed if e.type == "goal"]
    complete = bool(box_goals) and (not counts or len(box_goals) in counts)
    goals, dropped = merge_goals(goals, complete_box=complete)
    goals = [g for g in goals if g.sources != {"title"} or g.player is not None]
    rest = _settle_penalties(merge([e for e in events + listed if e.type != "goal"]))
    return goals + rest, dropped


def scorer_lists(box: BoxScore | None) -> list[Span]:
    """Where scorers are listed one after the other: words between them ("aut.") tell no goals of their own."""
    spans: list[Span] = []
    several: set[Span] = set()
    for entry in sorted(box.entries if box is not None else [], key=lambda entry: entry.span):
        if entry.type != "goal":
            continue
        if spans and entry.span[0] - spans[-1][1] <= LISTED_APART:
            start, end = spans.pop()
            several.discard((start, end))
            spans.append((start, max(end, entry.span[1])))
            several.add(spans[-1])
        else:
            spans.append(entry.span)
    return [span for span in spans if span in several]


def is_booked(told: Told, box: BoxScore | None) -> bool:
    """Whether a booking is told by a list of all that were booked, which stands at no place in the match."""
    return told.type in _CARDS and any(
        entry.type == told.type and entry.time is None and _is_within(entry.span, told.span)
        for entry in (box.entries if box is not None else ())
    )


def _is_within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _settle_penalties(events: list[MatchEvent]) -> list[MatchEvent]:
    """One event for one penalty: an appeal that ends in a penalty is the penalty, one taken back is no
    penalty given."""
    for last, before in (("penalty_overturned", "penalty_awarded"), ("penalty_awarded", "penalty_appeal")):
        ends = [e for e in events if e.type == last]
        events = [e for e in events if e.type != before or not any(_is_beginning(e, end) for end in ends)]
    return events


def _is_beginning(event: MatchEvent, end: MatchEvent) -> bool:
    """Whether ``event`` is told beside ``end`` and may be its beginning."""
    if event.player is not None and end.player is not None and event.player is not end.player:
        return False
    return any(abs(a.span[0] - b.span[0]) < NEAR for a in event.evidence for b in end.evidence)


def _is_title(told: Told, report: Report) -> bool:
    return report.blocks[told.row.block].kind in ("title", "heading")


def group_tellings(told: Sequence[Told], reading: Reading) -> list[list[Told]]:
    """Tellings of one event together, in text order.

    The likeliest pairs join first; two groups join only where no telling of the one speaks strongly
    against one of the other.
    """
    tellings = [_telling(t) for t in told]
    pairs = [
        (a, b)
        for a in range(len(told))
        for b in range(a + 1, min(len(told), a + 1 + FARTHEST))
        if told[a].token != told[b].token and _may_be_one(told[a], told[b])
    ]
    weights = dict(zip(pairs, reading.one_event(tellings, pairs), strict=True))
    groups = {number: [number] for number in range(len(told))}
    group_of = list(range(len(told)))
    for (a, b), weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        one, other = sorted((group_of[a], group_of[b]))
        if weight <= 0 or one == other:
            continue
        worst = min(weights.get((min(x, y), max(x, y)), _NEVER) for x in groups[one] for y in groups[other])
        if worst > AGAINST:
            groups[one] += groups.pop(other)
            for member in groups[one]:
                group_of[member] = one
    return [[told[n] for n in sorted(members)] for members in groups.values()]


def _telling(told: Told) -> Telling:
    return Telling(
        type=told.type,
        token=told.token,
        player=told.player,
        clocks=frozenset(m.low for m in told.times if m.kind == "clock" and m.low is not None),
        scores=frozenset([told.score]) if told.score else frozenset(),
    )


def _may_be_one(one: Told, other: Told) -> bool:
    if one.type != other.type and not {one.type, other.type} <= _REDS:
        return False
    return one.player is None or other.player is None or one.player is other.player


def _event(group: Sequence[Told], report: Report) -> MatchEvent:
    event = _of_telling(group[0], report)
    for told in group[1:]:
        absorb(event, _of_telling(told, report))
    return event


def _of_telling(told: Told, report: Report) -> MatchEvent:
    title = _is_title(told, report)
    evidence = Evidence(
        span=told.span,
        times=told.times,
        order=told.in_order and not title,
        source="title" if title else "prose",
        weight=told.probability,
        score=told.score,
        meant=list(told.meant),
    )
    return MatchEvent(
        type=told.type,
        player=told.player,
        other=told.other,
        assist=told.assist,
        team=told.team,
        outcome=told.outcome,
        qualifiers=set(told.qualifiers),
        evidence=[evidence],
        flags=set(told.flags),
        keys=[event_key(told.token)],
        confidence=min(0.95, 0.45 + 0.4 * told.probability) * (1.0 if told.player is not None else 0.7),
    )


def _of_box(entry: BoxEntry, people: list[Person], network: SideNetwork) -> MatchEvent:
    side: Side | None = None if entry.team is None else ("home" if entry.team == 0 else "away")
    own = "own_goal" in entry.qualifiers
    wanted = opposite(side) if side and own else side
    player = _listed_person(entry.player, wanted, people, network)
    other = _listed_person(entry.other, wanted, people, network)
    if side is None and player is not None:
        side = network.side(player)
        if side is not None and own:
            side = opposite(side)
    times = [entry.time] if entry.time else []
    return MatchEvent(
        type=entry.type,
        player=player,
        other=other,
        team=side,
        qualifiers=set(entry.qualifiers),
        evidence=[Evidence(entry.span, times, order=False, source="box", weight=0.9)],
        confidence=0.95,
    )


def _listed_person(
    name: str | None, side: Side | None, people: list[Person], network: SideNetwork
) -> Person | None:
    """The person of a box score's name; somebody new where nobody bears it."""
    if not name:
        return None
    person = find_person(people, name, side, network)
    if person is None:
        person = Person(name=name, forms={name})
        people.append(person)
    return person
