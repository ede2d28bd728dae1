"""Everybody's side as the side network will settle it, for training: from ties and hints to one belief each.

Weights of single words and pairs are of use only once they are put together.  Here belief propagation
runs as in `matchcli.timeline.sides`, on tensors, so that the readers learn from its outcome: persons,
words for teams and events by the annotation, the two sides' own names known.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from matchcli.extraction.reader.encoding import Node
from matchcli.extraction.reader.reading import TIE_NEIGHBOURS, TIE_REACH
from matchcli.record import Side
from matchcli.timeline.casting import ROLE_TRUST, SIDE_TRUST, TIE_TRUST
from matchcli.timeline.sides import DAMPING, SUREST
from matchcli.training.event_labels import OTHER, PLAYER, EventLabels
from matchcli.training.marked import MarkedMatch, Meant
from matchcli.training.tensors import Distances, PairTensors

#: Rounds of messages; in use there are more, which changes little.
ROUNDS = 8
#: An event's side is what the timeline needs; a person counts half.
EVENT_SHARE = 2.0
#: In these the other one is of the player's side: he served him, or leaves for him.
_MATES = frozenset({"goal", "substitution"})
#: Beyond this nothing is surer: atanh has no value at 1.
_NEARLY_SURE = 0.9995


class SideGraph:
    """The side network of an annotated match, ready for many passes."""

    def __init__(self, match: MarkedMatch, labels: EventLabels, distances: Distances) -> None:
        starts = [telling.tokens[0] for telling in labels.tellings]
        keys: dict[int, Hashable] = {}
        known: dict[int, Side] = {}
        answers: dict[Hashable, tuple[Side, float]] = {}
        for node, meant in zip(match.encoded.nodes, match.meant, strict=True):
            if node.kind == "team" and node.side is not None:
                known[node.token] = node.side
            elif (key := _key(node, meant)) is not None:
                keys[node.token] = key
                if meant.side is not None and (node.kind == "team" or meant.who):
                    answers[key] = (meant.side, 1.0)
        for telling in labels.tellings:
            keys[telling.tokens[0]] = key = ("event", telling.tokens[0])
            known.pop(telling.tokens[0], None)
            teams = {event.team for event in telling.events}
            side = teams.pop()
            if side is not None and not teams:
                answers[key] = (side, EVENT_SHARE)
        numbers = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
        self.size = len(numbers)
        self.places = torch.tensor(list(keys), dtype=torch.long)
        self.whose = torch.tensor([numbers[key] for key in keys.values()], dtype=torch.long)
        self._prepare_ties(keys, known, numbers, starts, distances)
        self._prepare_casts(match, labels, keys, numbers)
        told = [(numbers[key], *answer) for key, answer in answers.items() if key in numbers]
        self.asked = torch.tensor([number for number, _, _ in told], dtype=torch.long)
        self.home = torch.tensor([float(side == "home") for _, side, _ in told])
        self.share = torch.tensor([share for _, _, share in told])

    def _prepare_ties(
        self,
        keys: dict[int, Hashable],
        known: dict[int, Side],
        numbers: dict[Hashable, int],
        starts: Sequence[int],
        distances: Distances,
    ) -> None:
        places = sorted({*keys, *known})
        pairs = [
            (one, other)
            for at, one in enumerate(places)
            for other in places[at + 1 : at + 1 + TIE_NEIGHBOURS]
            if other - one <= TIE_REACH
            and not (one in known and other in known)
            and keys.get(one, one) != keys.get(other, other)
        ]
        extra = [[float(one in starts), float(other in starts)] for one, other in pairs]
        self.pairs = PairTensors(pairs, extra, [0.0] * len(pairs), distances)
        self.edges: dict[tuple[int, int], int] = {}
        ties: list[tuple[int, int]] = []
        hints: list[tuple[int, int, float]] = []
        for number, pair in enumerate(pairs):
            ends = [numbers[keys[token]] for token in pair if token in keys]
            if len(ends) == 2:
                ties.append((number, self._edge(*ends)))
            else:
                side = next(known[token] for token in pair if token in known)
                hints.append((number, ends[0], 1.0 if side == "home" else -1.0))
        self.ties = torch.tensor(ties, dtype=torch.long).reshape(-1, 2)
        self.hints = torch.tensor([hint[:2] for hint in hints], dtype=torch.long).reshape(-1, 2)
        self.hinted = torch.tensor([sign for _, _, sign in hints])

    def _prepare_casts(
        self,
        match: MarkedMatch,
        labels: EventLabels,
        keys: dict[int, Hashable],
        numbers: dict[Hashable, int],
    ) -> None:
        """Ties of events with who takes part in them."""
        casts: list[tuple[int, float]] = []
        for telling, node, role in labels.roles:
            place = match.encoded.nodes[node].token
            if role not in (PLAYER, OTHER) or place not in keys:
                continue
            marked = labels.tellings[telling]
            event = marked.events[0]
            same = event.type in _MATES if role == OTHER else "own_goal" not in event.qualifiers
            at = numbers[keys[marked.tokens[0]]]
            if at != numbers[keys[place]]:
                casts.append((self._edge(at, numbers[keys[place]]), 1.0 if same else -1.0))
        self.casts = torch.tensor([edge for edge, _ in casts], dtype=torch.long)
        self.cast_together = torch.tensor([sign for _, sign in casts])

    def _edge(self, one: int, other: int) -> int:
        return self.edges.setdefault((min(one, other), max(one, other)), len(self.edges))

    def beliefs(self, network: Any, states: Tensor, flipped: bool = False, rounds: int = ROUNDS) -> Tensor:
        """Half the log-odds of the home side for everybody; ``flipped`` where home and away have changed places."""
        hints = SIDE_TRUST * network.side(states[self.places])[:, 0] / 2
        known = torch.zeros(self.size).index_add(0, self.whose, hints)
        weights = torch.zeros(len(self.edges))
        if len(self.pairs.answers):
            ties = TIE_TRUST * self.pairs.weighed_by(network.tie, states)[:, 0] / 2
            weights = weights.index_add(0, self.ties[:, 1], ties[self.ties[:, 0]])
            told = ties[self.hints[:, 0]] * (-self.hinted if flipped else self.hinted)
            known = known.index_add(0, self.hints[:, 1], told)
        weights = weights.index_add(0, self.casts, ROLE_TRUST * self.cast_together)
        if not self.edges:
            return known
        ends = torch.tensor(list(self.edges))
        source, target = torch.cat([ends[:, 0], ends[:, 1]]), torch.cat([ends[:, 1], ends[:, 0]])
        strength = torch.tanh(torch.cat([weights, weights]).clamp(-SUREST, SUREST))
        messages = torch.zeros(len(source))
        half = len(ends)
        for _ in range(rounds):
            total = known.index_add(0, target, messages)
            apart = total[source] - torch.cat([messages[half:], messages[:half]])
            said = strength * torch.tanh(apart.clamp(-SUREST, SUREST))
            fresh = torch.atanh(said.clamp(-_NEARLY_SURE, _NEARLY_SURE))
            messages = DAMPING * messages + (1 - DAMPING) * fresh
        return known.index_add(0, target, messages)

    def cost(self, network: Any, states: Tensor, flipped: bool) -> Tensor:
        """What the beliefs cost where the annotation tells the side."""
        if not len(self.asked):
            return torch.zeros(())
        odds = 2 * self.beliefs(network, states, flipped)[self.asked]
        home = 1 - self.home if flipped else self.home
        return (F.binary_cross_entropy_with_logits(odds, home, reduction="none") * self.share).sum()


def _key(node: Node, meant: Meant) -> Hashable | None:
    """What a node is in the network: a person by his name, a word for a team; None for what is neither."""
    if node.kind == "person":
        if meant.who:
            return ("person", meant.who)
        return ("person", node.person) if node.person is not None else None
    return ("word", node.reference.key) if node.kind == "team" else None  # type: ignore[attr-defined]
