"""What the event reader is to say of an annotated match: tags of tokens, and labels of pairs of places.

What nobody can say from the annotation has no label: another mention of a player near the words of
his event, a time that fits without belonging to it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.reader.encoding import Encoded, Node
from matchcli.extraction.reader.model import ROLES, TAGS, TYPES
from matchcli.extraction.reader.reading import (
    COREFERENCE_REACH,
    PERSON_REACH,
    TIE_NEIGHBOURS,
    TIE_REACH,
    TIME_REACH,
    Telling,
    facts,
)
from matchcli.record import Side
from matchcli.training.marked import MarkedMatch, MarkedTelling, Meant
from matchcli.training.names import fits
from matchcli.training.reports import GoldEvent
from matchcli.training.time_labels import tells_time

#: The numbers of the roles in `ROLES`, and the field of an event that fills each.
PLAYER, OTHER = ROLES.index("player"), ROLES.index("other")
#: A person after the words of an event stands so many tokens farther off than one before them.
_AFTER = 2
#: Tokens between an event and a time of a neighbouring row, a time of the clock of any row, a score.
_NEXT_ROW = 30
_CLOCK = 45
_SCORE = 25
_SENT_OFF = frozenset({"second_yellow", "red_card"})


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """A place, by token, and its side; ``whose`` tells places apart that need no tie: one person's, one event's."""

    token: int
    side: Side
    whose: Hashable


@dataclass(frozen=True, slots=True)
class MeaningLabel:
    """A description and the named persons near by, all by their nodes, and which of these are meant.

    ``known`` is true where it is certain that none is meant when none is.
    """

    node: int
    candidates: tuple[int, ...]
    meant: frozenset[int]
    known: bool


@dataclass(slots=True)
class EventLabels:
    """The labels of a match.

    ``tags`` are numbers in `TAGS`, token by token.  Tellings are numbered as in ``tellings``, nodes as
    in the encoding: ``roles`` are telling, person node and number in `ROLES`; ``links`` telling, time or
    score node and whether it belongs there; ``order`` telling and whether it stands in the match's
    course; ``one`` two tellings, what they agree on, and whether they tell one event.  ``ties`` are
    two tokens and whether they stand on one side.
    """

    tags: list[int]
    tellings: list[MarkedTelling]
    roles: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[tuple[int, int, bool]] = field(default_factory=list)
    sides: list[PlaceLabel] = field(default_factory=list)
    ties: list[tuple[int, int, bool]] = field(default_factory=list)
    meanings: list[MeaningLabel] = field(default_factory=list)
    one: list[tuple[int, int, list[float], bool]] = field(default_factory=list)
    order: list[tuple[int, bool]] = field(default_factory=list)


def event_labels(match: MarkedMatch) -> EventLabels:
    """The labels of an annotated match."""
    tags, tellings = tag_tokens(match)
    sides = label_sides(match, tellings)
    roles, players = label_roles(match, tellings)
    links = label_links(match, tellings)
    return EventLabels(
        tags=tags,
        tellings=tellings,
        roles=roles,
        links=links,
        sides=sides,
        ties=label_ties(sides),
        meanings=label_meanings(match),
        one=label_one(tellings, players, _told_figures(match.encoded, tellings, links)),
        order=label_order(tellings),
    )


def tag_tokens(match: MarkedMatch) -> tuple[list[int], list[MarkedTelling]]:
    """The tags, and the tellings in text order; of two that begin with one token the first is kept."""
    tags = [0] * len(match.encoded.tokens)
    kept: list[MarkedTelling] = []
    for telling in sorted(match.tellings, key=lambda t: t.tokens[0]):
        kind = telling.events[0].type
        if tags[telling.tokens[0]]:
            continue
        for token in telling.tokens:
            if not tags[token]:
                tags[token] = TAGS.index(f"{'B' if token == telling.tokens[0] else 'I'}-{kind}")
        kept.append(telling)
    return tags, kept


# --- who


def label_roles(
    match: MarkedMatch, tellings: Sequence[MarkedTelling]
) -> tuple[list[tuple[int, int, int]], list[frozenset[str]]]:
    """The roles of the persons near each telling, and the players that the tellings were found to name."""
    persons = [(n, node) for n, node in enumerate(match.encoded.nodes) if node.kind == "person"]
    labels: list[tuple[int, int, int]] = []
    players: list[frozenset[str]] = []
    for number, telling in enumerate(tellings):
        at = telling.tokens[0]
        near = [(n, node) for n, node in persons if -PERSON_REACH[0] <= node.token - at <= PERSON_REACH[1]]
        wanted = {
            PLAYER: list(dict.fromkeys(e.player for e in telling.events if e.player)),
            OTHER: list(dict.fromkeys(e.player2 for e in telling.events if e.player2)),
        }
        chosen: dict[int, int] = {}
        found: set[str] = set()
        for role, names in wanted.items():
            for name in names:
                best = _nearest(match, [n for n, _ in near if _means(match.meant[n], name)], at)
                if best is not None:
                    chosen[best] = role
                    if role == PLAYER:
                        found.add(name)
        taking_part = [name for names in wanted.values() for name in names]
        for n, node in near:
            if n in chosen:
                labels.append((number, n, chosen[n]))
            elif not _may_take_part(match.meant[n], node, taking_part, bool(chosen)):
                labels.append((number, n, ROLES.index(None)))
        players.append(frozenset(found))
    return labels, players


def _means(meant: Meant, name: str) -> bool:
    return meant.who is not None and fits(meant.who, name)


def _nearest(match: MarkedMatch, mentions: Sequence[int], at: int) -> int | None:
    """The mention nearest to a token, one of its row where there is any; before counts as nearer than after."""
    tokens, nodes = match.encoded.tokens, match.encoded.nodes
    here = [n for n in mentions if tokens[nodes[n].token].row == tokens[at].row]

    def distance(number: int) -> int:
        steps = nodes[number].token - at
        return abs(steps) + (_AFTER if steps > 0 else 0)

    return min(here or mentions, key=distance, default=None)


def _may_take_part(meant: Meant, node: Node, taking_part: Sequence[str], found: bool) -> bool:
    """Whether a person may yet be the event's: another mention of who is, or an unknown one where none was found."""
    if any(_means(meant, name) for name in taking_part):
        return True
    return not meant.known and node.person is None and not found


# --- when


def label_links(match: MarkedMatch, tellings: Sequence[MarkedTelling]) -> list[tuple[int, int, bool]]:
    """Which times and scores belong to each telling."""
    nodes, tokens = match.encoded.nodes, match.encoded.tokens
    running = running_scores(match.events)
    labels: list[tuple[int, int, bool]] = []
    previous: GoldEvent | None = None
    before: tuple[int, ...] | None = None
    for number, telling in enumerate(tellings):
        at = telling.tokens[0]
        for n, node in enumerate(nodes):
            if node.kind not in ("time", "score") or not -TIME_REACH[0] <= node.token - at <= TIME_REACH[1]:
                continue
            rows = tokens[at].row - tokens[node.token].row
            belongs = (
                _time_belongs(node, telling.events, previous, abs(node.token - at), rows)
                if node.kind == "time"
                else _score_belongs(node, telling.events, running, abs(node.token - at), rows)
            )
            if belongs is not None:
                labels.append((number, n, belongs))
        if telling.ids != before:
            previous, before = telling.events[-1], telling.ids
    return labels


def _time_belongs(
    node: Node, events: Sequence[GoldEvent], previous: GoldEvent | None, distance: int, rows: int
) -> bool | None:
    """A time that may be an event's belongs to it in its row, and from near by elsewhere."""
    time = node.reference
    assert isinstance(time, TimeMention)
    if time.kind == "period":
        return None
    told = [tells_time(time, event, previous) for event in events]
    if not any(told):
        return False if all(answer is False for answer in told) else None
    if rows == 0 or (abs(rows) == 1 and distance < _NEXT_ROW) or (time.kind == "clock" and distance < _CLOCK):
        return True
    return None


def _score_belongs(
    node: Node,
    events: Sequence[GoldEvent],
    running: dict[int, tuple[int, int]],
    distance: int,
    rows: int,
) -> bool | None:
    """A score belongs to the goal that made it; one far off may tell something else."""
    if events[0].type != "goal":
        return False
    first, second = _goals(node.reference)
    scores = [running[event.id] for event in events if event.id in running]
    if not {(first, second), (second, first)}.intersection(scores):
        return False
    return None if distance > _SCORE and rows else True


def _goals(reference: Any) -> tuple[int, int]:
    """The figures of a score node as they stand in the text."""
    first, second = reference
    return first, second


def running_scores(events: Sequence[GoldEvent]) -> dict[int, tuple[int, int]]:
    """The score that each goal made, home side's goals first, by the event's id."""
    home = away = 0
    running: dict[int, tuple[int, int]] = {}
    for event in events:
        if event.type == "goal" and event.team:
            home, away = home + (event.team == "home"), away + (event.team == "away")
            running[event.id] = (home, away)
    return running


# --- on which side


def label_sides(match: MarkedMatch, tellings: Sequence[MarkedTelling]) -> list[PlaceLabel]:
    """The sides of persons, of words for teams and of the words that tell events, in text order."""
    places = [
        PlaceLabel(node.token, meant.side, ("person", meant.who) if meant.who else ("node", number))
        for number, (node, meant) in enumerate(zip(match.encoded.nodes, match.meant, strict=True))
        if node.kind in ("person", "team") and meant.side is not None
    ]
    for telling in tellings:
        sides = {event.team for event in telling.events}
        side = sides.pop()
        if not sides and side is not None:
            places.append(PlaceLabel(telling.tokens[0], side, ("event", telling.ids[0])))
    return sorted(places, key=lambda place: place.token)


def label_ties(sides: Sequence[PlaceLabel]) -> list[tuple[int, int, bool]]:
    """Which places near each other stand on one side, which on two."""
    return [
        (one.token, other.token, one.side == other.side)
        for number, one in enumerate(sides)
        for other in sides[number + 1 : number + 1 + TIE_NEIGHBOURS]
        if other.token - one.token <= TIE_REACH and one.whose != other.whose and one.token != other.token
    ]


# --- whom descriptions mean


def label_meanings(match: MarkedMatch) -> list[MeaningLabel]:
    """Every description of a person, with the persons named near by."""
    persons = [(n, node) for n, node in enumerate(match.encoded.nodes) if node.kind == "person"]
    labels: list[MeaningLabel] = []
    for number, node in persons:
        if node.person is not None:
            continue
        candidates = tuple(
            n
            for n, other in persons
            if other.person is not None and abs(other.token - node.token) <= COREFERENCE_REACH
        )
        if candidates:
            meant = match.meant[number]
            right = frozenset(n for n in candidates if meant.who and match.meant[n].who == meant.who)
            labels.append(MeaningLabel(number, candidates, right, meant.known))
    return labels


# --- the tellings among each other


def label_order(tellings: Sequence[MarkedTelling]) -> list[tuple[int, bool]]:
    """Which tellings follow the course of the match: the most that stand in its order, or in the reverse one."""
    timed: list[tuple[int, float, float]] = []
    for number, telling in enumerate(tellings):
        event = telling.events[0]
        if event.minute is not None and len(telling.events) == 1:
            low, high = event.minute
            timed.append((number, low, high + (0.5 if event.stoppage else 0)))
    onwards, back = _longest_in_order(timed), _longest_in_order(timed[::-1])
    inside = set(onwards if len(onwards) >= len(back) else back)
    return [(number, number in inside) for number, _, _ in timed]


def _longest_in_order(timed: Sequence[tuple[int, float, float]]) -> list[int]:
    """The numbers of the longest chain in which every window may follow the one before it."""
    chains: list[list[int]] = []
    for place, (number, _, high) in enumerate(timed):
        fitting = [chains[n] for n in range(place) if timed[n][1] <= high]
        chains.append([*max(fitting, key=len, default=[]), number])
    return max(chains, key=len, default=[])


#: The minutes of the clock and the scores that belong to a telling.
ToldFigures = tuple[frozenset[int], frozenset[tuple[int, int]]]


def _told_figures(
    encoded: Encoded, tellings: Sequence[MarkedTelling], links: Sequence[tuple[int, int, bool]]
) -> list[ToldFigures]:
    clocks: list[set[int]] = [set() for _ in tellings]
    scores: list[set[tuple[int, int]]] = [set() for _ in tellings]
    for number, n, belongs in links:
        reference = encoded.nodes[n].reference
        if belongs and isinstance(reference, TimeMention):
            if reference.kind == "clock" and reference.low is not None:
                clocks[number].add(reference.low)
        elif belongs:
            scores[number].add(_goals(reference))
    return [(frozenset(c), frozenset(s)) for c, s in zip(clocks, scores, strict=True)]


def label_one(
    tellings: Sequence[MarkedTelling], players: Sequence[frozenset[str]], figures: Sequence[ToldFigures]
) -> list[tuple[int, int, list[float], bool]]:
    """Which tellings of one type tell one event, and what they agree on.

    Where words tell several events, whether they share one has no simple answer: such pairs are left out.
    """
    labels: list[tuple[int, int, list[float], bool]] = []
    for a, one in enumerate(tellings):
        for b in range(a + 1, len(tellings)):
            other = tellings[b]
            kinds = {one.events[0].type, other.events[0].type}
            shared = bool(set(one.ids) & set(other.ids))
            if (len(kinds) > 1 and kinds != _SENT_OFF) or (shared and max(len(one.ids), len(other.ids)) > 1):
                continue
            agreed = pair_facts(players[a], figures[a], players[b], figures[b])
            labels.append((a, b, agreed, shared))
    return labels


def pair_facts(
    players: frozenset[str], figures: ToldFigures, others: frozenset[str], other_figures: ToldFigures
) -> list[float]:
    """`facts` of two tellings, each of which may be known to tell of several players."""
    one, other = (Telling("", 0, None, *told) for told in (figures, other_figures))
    agreed = [
        float(bool(players & others)),
        float(bool(players and others and not players & others)),
        float(bool(players) != bool(others)),
    ]
    return [*agreed, *facts(one, other)[len(agreed) :]]


def type_numbers(tellings: Sequence[MarkedTelling]) -> list[int]:
    """The number in `TYPES` of each telling's type, that of its first event."""
    return [TYPES.index(telling.events[0].type) for telling in tellings]
