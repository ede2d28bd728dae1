"""A simple temporal network (Dechter, Meiri and Pearl 1991) over whole minutes.

Variables are moments of one match.  A constraint says how far one moment may lie from another;
shortest paths in its graph give every moment its tightest window.  Where constraints contradict
each other, the weakest of those that do is dropped, and reported.

The graph is searched here and not with networkx: importing that alone takes longer (0.1 s) than
placing the events of a hundred matches, and a net of forty moments takes it three times as long.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

#: The moment that all windows count from: minute 0 of the match.
ORIGIN = "start of the match"


@dataclass(frozen=True, slots=True)
class Constraint:
    """``low <= after - before <= high`` in minutes; None leaves that side open.

    ``weight`` is the strength against contradicting constraints, ``label`` says in words why the
    constraint is there.
    """

    before: Hashable
    after: Hashable
    low: int | None
    high: int | None
    weight: float
    label: str


@dataclass(frozen=True, slots=True)
class Window:
    """The earliest and the latest minute; None where nothing bounds that side.

    ``why_low`` and ``why_high`` are the labels of the constraints that made each bound, from
    the start of the match to the variable.
    """

    low: int | None
    high: int | None
    why_low: tuple[str, ...] = ()
    why_high: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """The minimal windows of all variables and the constraints that had to be dropped for them."""

    windows: dict[Hashable, Window]
    dropped: tuple[Constraint, ...] = ()


@dataclass(slots=True)
class Network:
    """Variables and the constraints between them."""

    constraints: list[Constraint] = field(default_factory=list)
    variables: dict[Hashable, None] = field(default_factory=lambda: {ORIGIN: None})

    def add(
        self,
        before: Hashable,
        after: Hashable,
        low: int | None,
        high: int | None,
        weight: float = 1.0,
        label: str = "",
    ) -> None:
        """Say that ``after`` comes ``low``..``high`` minutes after ``before``.

        Raises ValueError where low is beyond high: such a constraint contradicts itself.
        """
        if low is not None and high is not None and low > high:
            raise ValueError(f"empty window {low}..{high} ({label})")
        self.variables[before] = self.variables[after] = None
        self.constraints.append(Constraint(before, after, low, high, weight, label))

    def bound(
        self, variable: Hashable, low: int | None, high: int | None, weight: float = 1.0, label: str = ""
    ) -> None:
        """Say that ``variable`` lies in the minutes ``low``..``high`` of the match."""
        self.add(ORIGIN, variable, low, high, weight, label)

    def solve(self) -> Solution:
        """The tightest windows that the constraints allow; never raises on a contradiction."""
        kept = list(self.constraints)
        dropped: list[Constraint] = []
        while cycle := self._contradiction(kept):
            # Of equally weak ones the later told gives way.
            weakest = min(reversed(cycle), key=lambda constraint: constraint.weight)
            kept = [constraint for constraint in kept if constraint is not weakest]
            dropped.append(weakest)
        # What was dropped first may agree with what is left after the later ones were dropped.
        for constraint in sorted(dropped, key=lambda constraint: -constraint.weight):
            if len(dropped) > 1 and not self._contradiction([*kept, constraint]):
                kept.append(constraint)
                dropped = [other for other in dropped if other is not constraint]
        edges = _edges(kept)
        latest, path_high = self._shortest(edges)
        earliest, path_low = self._shortest([(b, a, length, why) for a, b, length, why in edges])
        windows = {
            variable: Window(
                low=-earliest[variable] if variable in earliest else None,
                high=latest.get(variable),
                why_low=_labels(path_low, variable),
                why_high=_labels(path_high, variable),
            )
            for variable in self.variables
        }
        return Solution(windows, tuple(dropped))

    def _shortest(self, edges: list[_Edge]) -> tuple[dict[Hashable, int], dict[Hashable, _Edge]]:
        """Bellman-Ford from the origin: lengths, and the last edge of each shortest path."""
        lengths: dict[Hashable, int] = {ORIGIN: 0}
        last: dict[Hashable, _Edge] = {}
        changed = True
        while changed:
            changed = False
            for edge in edges:
                here = lengths.get(edge[0])
                if here is None:
                    continue
                there = lengths.get(edge[1])
                if there is None or here + edge[2] < there:
                    lengths[edge[1]] = here + edge[2]
                    last[edge[1]] = edge
                    changed = True
        return lengths, last

    def _contradiction(self, constraints: Iterable[Constraint]) -> list[Constraint]:
        """The constraints of one cycle of negative length, empty where there is none."""
        edges = _edges(constraints)
        lengths: dict[Hashable, int] = dict.fromkeys(self.variables, 0)
        last: dict[Hashable, _Edge] = {}
        moved: Hashable | None = None
        for _ in range(len(self.variables) + 1):
            moved = None
            for edge in edges:
                if lengths[edge[0]] + edge[2] < lengths[edge[1]]:
                    lengths[edge[1]] = lengths[edge[0]] + edge[2]
                    last[edge[1]] = edge
                    moved = edge[1]
            if moved is None:
                return []
        # Walking back as many steps as there are variables ends on the cycle itself.
        for _ in range(len(self.variables)):
            moved = last[moved][0]
        cycle, place = [last[moved][3]], last[moved][0]
        while place != moved:
            cycle.append(last[place][3])
            place = last[place][0]
        order = {id(constraint): number for number, constraint in enumerate(constraints)}
        return sorted(cycle, key=lambda constraint: order[id(constraint)])


_Edge = tuple[Hashable, Hashable, int, Constraint]


def _edges(constraints: Iterable[Constraint]) -> list[_Edge]:
    """The distance graph: an edge (a, b, n) says that b comes at most n minutes after a."""
    edges: list[_Edge] = []
    for constraint in constraints:
        if constraint.high is not None:
            edges.append((constraint.before, constraint.after, constraint.high, constraint))
        if constraint.low is not None:
            edges.append((constraint.after, constraint.before, -constraint.low, constraint))
    return edges


def _labels(last: dict[Hashable, _Edge], variable: Hashable) -> tuple[str, ...]:
    """The labels along the path to the variable, each once, those without words left out."""
    labels: list[str] = []
    steps = 0
    while variable in last and variable != ORIGIN and steps <= len(last):
        edge = last[variable]
        if edge[3].label and edge[3].label not in labels:
            labels.append(edge[3].label)
        variable = edge[0]
        steps += 1
    return tuple(reversed(labels))
