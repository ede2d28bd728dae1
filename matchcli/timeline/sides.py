"""Which side everybody is on: same-side and opposite-side ties, settled together.

A scorer and who served him are on one side, a shooter and the goalkeeper who saves on two; who
comes on replaces one of his own.  Beliefs run from -1 (away) to 1 (home) and are handed along the
ties until they settle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from heapq import heappop, heappush
from itertools import count

import numpy as np

from matchcli.record import Side

ROUNDS = 40
DAMPING = 0.3
#: Half log-odds beyond which nothing is surer.
SUREST = 4.0
#: A chain of ties that is weaker says nothing of its two ends.
WEAKEST_CHAIN = 0.05


def opposite(side: Side) -> Side:
    """The other side."""
    return "away" if side == "home" else "home"


class SideNetwork:
    """Ties between persons and words for teams."""

    def __init__(self) -> None:
        self._known: dict[Hashable, float] = defaultdict(float)
        self._ties: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
        self._belief: dict[Hashable, float] = {}

    def tell(self, node: Hashable, side: Side | None, weight: float = 1.0) -> None:
        """Evidence that ``node`` is on ``side``."""
        if side is not None:
            self._known[node] += weight if side == "home" else -weight
            self._ties[node]

    def tie(self, one: Hashable, other: Hashable, same: bool, weight: float = 1.0) -> None:
        """Evidence that two are on the same side, or on opposite sides."""
        if one is None or other is None or one == other:
            return
        signed = weight if same else -weight
        self._ties[one][other] += signed
        self._ties[other][one] += signed

    def settle(self) -> None:
        """Weigh all evidence: each node tells its neighbours what it believes apart from what they told it.

        This is belief propagation (Pearl 1982) on two-valued nodes, in half log-odds: exact where the
        ties make a tree, a good guess where they run in circles; nobody hears his own words as news.
        """
        numbers = {node: number for number, node in enumerate(self._ties)}
        known = np.array([self._known.get(node, 0.0) for node in numbers])
        pairs = {
            (numbers[node], numbers[other]): weight
            for node, ties in self._ties.items()
            for other, weight in ties.items()
        }
        places = {pair: place for place, pair in enumerate(pairs)}
        speaker, hearer = np.array(list(pairs), dtype=int).reshape(-1, 2).T
        answer = np.array([places[other, one] for one, other in pairs], dtype=int)
        strength = np.tanh(np.clip(list(pairs.values()), -SUREST, SUREST))
        told = np.zeros(len(pairs))
        for _ in range(ROUNDS):
            total = known + np.bincount(hearer, told, len(known))
            apart = np.clip(total[speaker] - told[answer], -SUREST, SUREST)
            told = DAMPING * told + (1 - DAMPING) * np.arctanh(strength * np.tanh(apart))
        settled = np.tanh(known + np.bincount(hearer, told, len(known)))
        self._belief = dict(zip(numbers, settled.tolist(), strict=True))

    def side(self, node: Hashable, threshold: float = 0.04) -> Side | None:
        """The side of ``node`` after ``settle``; None when nothing tells."""
        value = self._belief.get(node, 0.0)
        if abs(value) < threshold:
            return None
        return "home" if value > 0 else "away"

    def relations(self, one: Hashable) -> dict[Hashable, float]:
        """For everybody whom ties join to ``one``: above 0 where they put both on one side, below where on two.

        A chain is as strong as the product of its ties, none of which counts more than 1, and ends where
        it is of no weight.  Everybody is reached through the nearest of those who are tied to him.
        """
        reached: dict[Hashable, float] = {one: 1.0}
        turn = count()  # of two as near the first found goes first
        waiting: list[tuple[float, int, Hashable]] = [(-1.0, next(turn), one)]
        while waiting:
            _, _, node = heappop(waiting)
            for neighbour, weight in self._ties.get(node, {}).items():
                value = reached[node] * max(-1.0, min(1.0, weight))
                if neighbour not in reached and abs(value) > WEAKEST_CHAIN:
                    reached[neighbour] = value
                    heappush(waiting, (-abs(value), next(turn), neighbour))
        return reached

    def company(self, node: Hashable) -> set[Hashable]:
        """All whom ties, of whatever length, join to ``node``, itself among them."""
        found, frontier = {node}, [node]
        while frontier:
            for neighbour in self._ties.get(frontier.pop(), {}):
                if neighbour not in found:
                    found.add(neighbour)
                    frontier.append(neighbour)
        return found

    def anchor(self, company: set[Hashable]) -> float:
        """How much evidence of sides, other than ties, a company would contradict if all changed sides."""
        return 2 * sum(self._known.get(node, 0.0) * self._belief.get(node, 0.0) for node in company)

    def change_sides(self, company: set[Hashable]) -> None:
        """Put everybody of a company on the other side, and what told their sides with them."""
        for node in company:
            if node in self._known:
                self._known[node] = -self._known[node]
            if node in self._belief:
                self._belief[node] = -self._belief[node]

    def belief(self, node: Hashable) -> float:
        """How surely ``node`` is at home (1) or away (-1)."""
        return self._belief.get(node, 0.0)
