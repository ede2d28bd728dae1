"""What the reader makes of a match's rows: events with who, when and on which side, and who is meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from matchcli.extraction.reader.encoding import Encoded, Node
from matchcli.extraction.reader.panel import Ensemble, Panel
from matchcli.extraction.reader.weights import load_weights

#: The networks that read events together: one sees words in their context, the other does not.
EVENT_READERS = ("events.pt", "events_plain.pt")
#: How far from the words of an event its persons and times may stand, in tokens before and after.
PERSON_REACH = (90, 45)
TIME_REACH = (70, 45)
#: How many neighbours each node is held against, and how far they may stand.
TIE_NEIGHBOURS = 7
TIE_REACH = 70
#: Probability from which a word tells an event.
EVENT_ENOUGH = 0.35
#: The same for a goal, which the final score may still ask for or refuse.
GOAL_ENOUGH = 0.12
COREFERENCE_REACH = 250
#: Pairs of tellings weighed at once; long texts have millions.
MOST_PAIRS = 20_000


@dataclass(slots=True)
class ReadEvent:
    """Words that tell an event.

    ``tokens`` are their indices; ``roles`` gives for every person node near by the log-odds of
    ``player`` and of ``other`` against neither; ``links`` the probability that a time or score node belongs to it;
    ``home`` is the log-odds of the home side, ``in_order`` those that it is told where it belongs in
    the course of the match (no title, lead or flashback).
    """

    type: str
    tokens: list[int]
    probability: float
    roles: dict[int, tuple[float, float]] = field(default_factory=dict)
    links: dict[int, float] = field(default_factory=dict)
    outcome: str | None = None
    qualifiers: set[str] = field(default_factory=set)
    home: float = 0.0
    in_order: float = 0.0


@dataclass(slots=True)
class TieWeight:
    """Log-odds that two places, tokens of nodes or of events, stand on one side."""

    one: int
    other: int
    same: float


@dataclass(slots=True)
class Reading:
    """All that the reader says of a match.

    ``home`` has the log-odds of the home side for person and team nodes, ``meanings`` for every
    description the log-odds of each named node, against none of them.
    """

    events: list[ReadEvent] = field(default_factory=list)
    home: dict[int, float] = field(default_factory=dict)
    ties: list[TieWeight] = field(default_factory=list)
    meanings: dict[int, dict[int, float]] = field(default_factory=dict)
    heads: _Read | None = None

    def one_event(self, tellings: Sequence[Telling], pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Log-odds that each pair of tellings, by their numbers, tells one event."""
        return self.heads.one_event(tellings, pairs) if self.heads is not None and pairs else []


@dataclass(slots=True)
class Telling:
    """What is known of an event's telling when tellings are held against each other."""

    type: str
    token: int
    player: object
    clocks: frozenset[int]
    scores: frozenset[tuple[int, int]]


@lru_cache(maxsize=1)
def load_reader() -> Reader:
    """The event reader with the weights in the package; imports torch."""
    return Reader(map(load_weights, EVENT_READERS))


class Reader:
    """The event reader: networks trained apart, which read together; ``saved`` are their weights."""

    def __init__(self, saved: Iterable[dict[str, Any]]) -> None:
        from matchcli.extraction.reader.model import ReaderNetwork

        self.ensemble = Ensemble(ReaderNetwork, saved)

    def read(self, encoded: Encoded) -> Reading:
        """Read a match."""
        import torch

        if not encoded.tokens:
            return Reading()
        with torch.inference_mode():
            return _Read(self.ensemble.read(encoded.text, encoded.tokens), encoded).reading()


class _Read:
    """One pass of the heads over the states of a match."""

    def __init__(self, panel: Panel, encoded: Encoded) -> None:
        self.panel = panel
        self.encoded = encoded
        self.person_tokens = sorted(n.token for n in encoded.nodes if n.kind == "person")
        self.trigger_tokens: list[int] = []

    def reading(self) -> Reading:
        reading = Reading(events=self._events())
        self.trigger_tokens = sorted(event.tokens[0] for event in reading.events)
        self._tell_manner(reading.events)
        self._roles(reading.events)
        self._links(reading.events)
        self._sides(reading)
        self._meanings(reading)
        reading.heads = self
        return reading

    def one_event(self, tellings: Sequence[Telling], pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Log-odds that each pair of tellings tells one event."""
        import torch

        from matchcli.extraction.reader.model import TYPES

        found: list[float] = []
        for first in range(0, len(pairs), MOST_PAIRS):
            few = pairs[first : first + MOST_PAIRS]
            extra = []
            for one, other in few:
                a, b = tellings[one], tellings[other]
                extra.append([*facts(a, b), *(float(a.type == t) for t in TYPES)])
            with torch.inference_mode():
                tokens = [(tellings[a].token, tellings[b].token) for a, b in few]
                found += self.panel.pairs("one", *self._pairs(tokens, extra))[:, 0].tolist()
        return found

    def _events(self) -> list[ReadEvent]:
        from matchcli.extraction.reader.model import TAGS, TYPES

        probabilities = self.panel.probabilities("tag")
        best = (probabilities[:, 1:].argmax(-1) + 1).tolist()
        told = (1 - probabilities[:, 0]).tolist()
        events: list[ReadEvent] = []
        for token, tag in enumerate(best):
            kind, inside = TYPES[(tag - 1) // 2], TAGS[tag].startswith("I-")
            if told[token] < (GOAL_ENOUGH if kind == "goal" else EVENT_ENOUGH):
                continue
            last = events[-1] if events else None
            if inside and last is not None and last.tokens[-1] == token - 1:
                if last.type == kind:
                    last.tokens.append(token)
                continue
            events.append(ReadEvent(kind, [token], told[token]))
        return events

    def _tell_manner(self, events: Sequence[ReadEvent]) -> None:
        import torch

        from matchcli.extraction.reader.model import OUTCOMES, QUALIFIERS

        if not events:
            return
        at = torch.tensor([event.tokens[0] for event in events])
        outcomes = self.panel.words("outcome", at).argmax(-1).tolist()
        qualifiers = (self.panel.words("qualifier", at) > 0).tolist()
        sides = self.panel.words("side", at)[:, 0].tolist()
        orders = self.panel.words("order", at)[:, 0].tolist()
        for event, outcome, told, home, order in zip(
            events, outcomes, qualifiers, sides, orders, strict=True
        ):
            event.outcome = OUTCOMES[outcome] if event.type == "shot" else None
            event.qualifiers = {name for name, is_told in zip(QUALIFIERS, told, strict=True) if is_told}
            event.home = home
            event.in_order = order

    def _pairs(self, pairs: Sequence[tuple[int, int]], extra: Sequence[Sequence[float]]) -> tuple[Any, ...]:
        import torch

        from matchcli.extraction.reader.model import distance_bucket

        buckets, nearness = [], []
        for (one, other), more in zip(pairs, extra, strict=True):
            buckets.append(distance_bucket(other - one))
            nearness.append([*self._nearness(one, other), *more])
        one_at = torch.tensor([p[0] for p in pairs])
        other_at = torch.tensor([p[1] for p in pairs])
        return (
            one_at,
            other_at,
            torch.tensor(buckets),
            torch.tensor(nearness, dtype=torch.float),
        )

    def _nearness(self, one: int, other: int) -> list[float]:
        """Rows apart, persons and events between."""
        rows = self.encoded.tokens[other].row - self.encoded.tokens[one].row
        return nearness(one, other, rows, self.person_tokens, self.trigger_tokens)

    def _roles(self, events: Sequence[ReadEvent]) -> None:
        from matchcli.extraction.reader.model import TYPES

        pairs, extra, places = [], [], []
        for event in events:
            at = event.tokens[0]
            kind = [float(event.type == t) for t in TYPES]
            for number, node in enumerate(self.encoded.nodes):
                if node.kind == "person" and -PERSON_REACH[0] <= node.token - at <= PERSON_REACH[1]:
                    pairs.append((at, node.token))
                    extra.append(kind)
                    places.append((event, number))
        if pairs:
            scores = self.panel.pairs("role", *self._pairs(pairs, extra)).log_softmax(-1).tolist()
            for (event, number), (none, player, other) in zip(places, scores, strict=True):
                event.roles[number] = (player - none, other - none)

    def _links(self, events: Sequence[ReadEvent]) -> None:
        pairs, extra, places = [], [], []
        for event in events:
            at = event.tokens[0]
            for number, node in enumerate(self.encoded.nodes):
                if node.kind in ("time", "score") and -TIME_REACH[0] <= node.token - at <= TIME_REACH[1]:
                    pairs.append((at, node.token))
                    extra.append([float(event.type == "goal")])
                    places.append((event, number))
        if pairs:
            scores = self.panel.pairs("link", *self._pairs(pairs, extra))[:, 0].sigmoid().tolist()
            for (event, number), score in zip(places, scores, strict=True):
                event.links[number] = score

    def _sides(self, reading: Reading) -> None:
        import torch

        nodes = self.encoded.nodes
        sided = [n for n, node in enumerate(nodes) if node.kind in ("person", "team")]
        if sided:
            at = torch.tensor([nodes[n].token for n in sided])
            for number, value in zip(sided, self.panel.words("side", at)[:, 0].tolist(), strict=True):
                reading.home[number] = value
        triggers = set(self.trigger_tokens)
        places = sorted({nodes[n].token for n in sided} | triggers)
        pairs, extra = [], []
        for i, one in enumerate(places):
            for other in places[i + 1 : i + 1 + TIE_NEIGHBOURS]:
                if other - one <= TIE_REACH:
                    pairs.append((one, other))
                    extra.append([float(one in triggers), float(other in triggers)])
        if pairs:
            scores = self.panel.pairs("tie", *self._pairs(pairs, extra))[:, 0].tolist()
            reading.ties = [TieWeight(a, b, s) for (a, b), s in zip(pairs, scores, strict=True)]

    def _meanings(self, reading: Reading) -> None:
        nodes = self.encoded.nodes
        named = [n for n, node in enumerate(nodes) if node.kind == "person" and node.person is not None]
        for number, node in enumerate(nodes):
            if node.kind != "person" or node.person is not None:
                continue
            others = [n for n in named if abs(nodes[n].token - node.token) <= COREFERENCE_REACH]
            if others:
                pairs = [(node.token, nodes[n].token) for n in others]
                extra = [trait_match(node, nodes[n]) for n in others]
                scores = self.panel.pairs("same", *self._pairs(pairs, extra))[:, 0].tolist()
                reading.meanings[number] = dict(zip(others, scores, strict=True))


def facts(one: Telling, other: Telling) -> list[float]:
    """What two tellings agree on, contradict each other in, and what only one of them tells."""

    def agree(a: frozenset[Any], b: frozenset[Any]) -> list[float]:
        return [float(bool(a & b)), float(bool(a and b and not a & b)), float(bool(a) != bool(b))]

    def who(telling: Telling) -> frozenset[Any]:
        return frozenset() if telling.player is None else frozenset([telling.player])

    near = any(abs(a - b) <= 1 or abs(abs(a - b) - 45) <= 1 for a in one.clocks for b in other.clocks)
    clocks = [
        float(near),
        float(bool(one.clocks and other.clocks and not near)),
        float(bool(one.clocks) != bool(other.clocks)),
    ]
    return [*agree(who(one), who(other)), *clocks, *agree(one.scores, other.scores)]


def nearness(one: int, other: int, rows: int, persons: Sequence[int], tellings: Sequence[int]) -> list[float]:
    """What the network is told of a pair of tokens beside their states: rows apart, persons and tellings between.

    ``rows`` counts from ``one`` to ``other``; ``persons`` and ``tellings`` are the sorted tokens of all.
    """
    low, high = min(one, other), max(one, other)
    persons_between, tellings_between = (
        bisect_left(places, high) - bisect_left(places, low + 1) for places in (persons, tellings)
    )
    return [
        float(rows == 0),
        max(-3, min(3, rows)) / 3,
        min(persons_between, 6) / 6,
        min(tellings_between, 4) / 4,
        float(persons_between == 0),
    ]


def trait_match(one: Node, other: Node) -> list[float]:
    """For nation, number and role: do what is told of the description and of the named person agree, clash?"""
    told = one.reference.traits  # type: ignore[attr-defined]
    known = other.person.traits if other.person is not None else {}  # type: ignore[attr-defined]
    match: list[float] = []
    for kind in ("nation", "number", "group"):
        a, b = set(told.get(kind, ())), set(known.get(kind, ()))
        match += [float(bool(a and b and a & b)), float(bool(a and b and not a & b))]
    return match
