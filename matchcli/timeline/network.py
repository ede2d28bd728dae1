"""A simple temporal network (Dechter, Meiri and Pearl 1991) over whole minutes.

Variables are moments of one match.  A constraint says how far one moment may lie from another;
shortest paths in its graph give every moment its tightest window.  Where constraints contradict
each other, the weakest of those that do is dropped, and reported.

The constraints are taken in from the strongest to the weakest, each of them only if it agrees with
those that are already there.  What has been taken in is never searched as a whole again: a new
constraint moves only the moments that it pushes (Cotton and Maler 2006), so that live text of a
thousand lines costs little more than a hundred of ten.

The graph is searched here and not with networkx: importing that alone takes longer (0.1 s) than
placing the events of a hundred matches, and a net of forty moments takes it three times as long.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

#: The moment that all windows count from: minute 0 of the match.
ORIGIN = "start of the match"


@dataclass(frozen=True, slots=True)
class Constraint:
    """``low <= after - before <= high`` in minutes; None leaves that side open.

    ``weight`` is the strength against contradicting constraints, ``label`` says why the constraint
    is there, in words or in whatever the caller makes words of; an empty one says nothing.  ``back``
    is the label for whoever comes from ``after`` to ``before``, where that is to be told otherwise.
    """

    before: Hashable
    after: Hashable
    low: int | None
    high: int | None
    weight: float
    label: Any
    back: Any = None

    def label_for(self, moment: Hashable) -> Any:
        """The label of the step that leads to ``moment``, one of the two ends."""
        return self.label if moment == self.after or self.back is None else self.back


@dataclass(frozen=True, slots=True)
class Window:
    """The earliest and the latest minute; None where nothing bounds that side.

    ``why_low`` and ``why_high`` are the labels of the constraints that made each bound, from
    the start of the match to the variable.
    """

    low: int | None
    high: int | None
    why_low: tuple[Any, ...] = ()
    why_high: tuple[Any, ...] = ()


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
        label: Any = "",
        back: Any = None,
    ) -> None:
        """Say that ``after`` comes ``low``..``high`` minutes after ``before``.

        Raises ValueError where low is beyond high: such a constraint contradicts itself.
        """
        if low is not None and high is not None and low > high:
            raise ValueError(f"empty window {low}..{high} ({label})")
        self.variables[before] = self.variables[after] = None
        self.constraints.append(Constraint(before, after, low, high, weight, label, back))

    def bound(
        self, variable: Hashable, low: int | None, high: int | None, weight: float = 1.0, label: Any = ""
    ) -> None:
        """Say that ``variable`` lies in the minutes ``low``..``high`` of the match."""
        self.add(ORIGIN, variable, low, high, weight, label)

    def solve(self) -> Solution:
        """The tightest windows that the constraints allow; never raises on a contradiction.

        Of constraints that contradict each other the weakest gives way, of equally weak ones the
        later told.
        """
        graph = _Graph(self.variables)
        # Sorting keeps the order of telling among equals.
        by_strength = sorted(self.constraints, key=lambda constraint: -constraint.weight)
        lost = {id(constraint) for constraint in by_strength if not graph.take_in(constraint)}
        latest, path_high = graph.shortest()
        earliest, path_low = graph.shortest(backwards=True)
        windows = {
            variable: Window(
                low=-earliest[variable] if variable in earliest else None,
                high=latest.get(variable),
                why_low=_labels(path_low, variable),
                why_high=_labels(path_high, variable),
            )
            for variable in self.variables
        }
        return Solution(windows, tuple(c for c in self.constraints if id(c) in lost))


#: Where a shortest path comes from: the moment before, and the constraint between.
_Step = tuple[Hashable, Constraint]
#: The distance graph of one direction: by moment, how far each other one may be at most, and by what.
_Lengths = dict[Hashable, dict[Hashable, tuple[int, Constraint]]]


class _Graph:
    """The constraints that agree: an edge (a, b, n) says that b comes at most n minutes after a.

    ``places`` always satisfies all of them: it is what makes the next contradiction cheap to see,
    and lets the shortest paths be found without edges of negative length.
    """

    def __init__(self, variables: Iterable[Hashable]) -> None:
        self.places: dict[Hashable, int] = dict.fromkeys(variables, 0)
        self.after: _Lengths = {variable: {} for variable in self.places}
        self.before: _Lengths = {variable: {} for variable in self.places}

    def take_in(self, constraint: Constraint) -> bool:
        """Add a constraint if it agrees with those that are there; tell whether it did."""
        edges = _edges(constraint)
        moved: dict[Hashable, int] = {}
        replaced: list[tuple[Hashable, Hashable, tuple[int, Constraint] | None]] = []
        for one, other, length in edges:
            known = self.after[one].get(other)
            if known is not None and known[0] <= length:
                continue
            if not self._push(one, other, length, moved):
                self.places |= moved
                for start, end, previous in reversed(replaced):
                    self._set(start, end, previous)
                return False
            replaced.append((one, other, known))
            self._set(one, other, (length, constraint))
        return True

    def _set(self, one: Hashable, other: Hashable, edge: tuple[int, Constraint] | None) -> None:
        if edge is None:
            del self.after[one][other], self.before[other][one]
        else:
            self.after[one][other] = self.before[other][one] = edge

    def _push(self, one: Hashable, other: Hashable, length: int, moved: dict[Hashable, int]) -> bool:
        """Move all that a new edge pushes to earlier places; False where it comes back to its start.

        ``moved`` gets the places before that.
        """
        places = self.places
        shifts = {other: places[one] + length - places[other]}
        if shifts[other] >= 0:
            return True
        if one == other:
            return False
        # The number keeps moments, which have no order, from being compared.
        queue: list[tuple[int, int, Hashable]] = [(shifts[other], 0, other)]
        number = 0
        settled: set[Hashable] = set()
        while queue:
            shift, _, moment = heappop(queue)
            if moment in settled:
                continue
            settled.add(moment)
            moved.setdefault(moment, places[moment])
            places[moment] += shift
            # The start of the match touches all moments: look first whether this is the way back.
            back = self.after[moment].get(one)
            if back is not None and places[moment] + back[0] < places[one]:
                return False
            for following, (distance, _) in self.after[moment].items():
                pushed = places[moment] + distance - places[following]
                if pushed < shifts.get(following, 0) and following not in settled:
                    shifts[following] = pushed
                    number += 1
                    heappush(queue, (pushed, number, following))
        return True

    def shortest(self, *, backwards: bool = False) -> tuple[dict[Hashable, int], dict[Hashable, _Step]]:
        """Lengths of the shortest paths from the origin, or to it, and the last step of each.

        Of equally short paths the one of fewest steps is taken: what a text says of the moment
        itself comes before what follows from others.
        """
        graph = self.before if backwards else self.after
        sign = -1 if backwards else 1
        lengths: dict[Hashable, int] = {}
        last: dict[Hashable, _Step] = {}
        queue: list[tuple[int, int, int, Hashable, _Step | None]] = [(0, 0, 0, ORIGIN, None)]
        number = 0
        while queue:
            gone, steps, _, moment, step = heappop(queue)
            if moment in lengths:
                continue
            # Lengths are counted from the places (Johnson 1977), from which none is negative.
            lengths[moment] = gone + sign * (self.places[moment] - self.places[ORIGIN])
            if step is not None:
                last[moment] = step
            for following, (distance, constraint) in graph[moment].items():
                if following not in lengths:
                    number += 1
                    gap = distance + sign * (self.places[moment] - self.places[following])
                    heappush(queue, (gone + gap, steps + 1, number, following, (moment, constraint)))
        return lengths, last


def _edges(constraint: Constraint) -> list[tuple[Hashable, Hashable, int]]:
    """The one or two edges of the distance graph that a constraint is."""
    edges: list[tuple[Hashable, Hashable, int]] = []
    if constraint.high is not None:
        edges.append((constraint.before, constraint.after, constraint.high))
    if constraint.low is not None:
        edges.append((constraint.after, constraint.before, -constraint.low))
    return edges


def _labels(last: dict[Hashable, _Step], variable: Hashable) -> tuple[Any, ...]:
    """The labels along the path to the variable, each once, those without words left out."""
    labels: list[Any] = []
    while variable in last:
        before, constraint = last[variable]
        label = constraint.label_for(variable)
        if label and label not in labels:
            labels.append(label)
        variable = before
    return tuple(reversed(labels))
