"""The temporal network: tightest windows, and contradictions that cost the weakest constraint."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchcli.timeline.network import ORIGIN, Constraint, Network, Solution

HORIZON = 6


def test_window_follows_a_chain_of_constraints() -> None:
    network = Network()
    network.bound("equaliser", 47, 60, 1, "after the interval")
    network.add("equaliser", "winner", 12, 12, 2, "twelve minutes later")
    window = network.solve().windows["winner"]
    assert (window.low, window.high) == (59, 72)
    assert window.why_low == ("after the interval", "twelve minutes later")


def test_what_comes_later_bounds_what_came_before() -> None:
    network = Network()
    network.bound("first", 1, 45)
    network.bound("second", 20, 20, 5, "stated")
    network.add("first", "second", 0, None, 0.5, "order of telling")
    window = network.solve().windows["first"]
    assert (window.low, window.high) == (1, 20)
    assert window.why_high == ("stated", "order of telling")


def test_contradiction_drops_the_weakest_constraint_and_reports_it() -> None:
    network = Network()
    network.bound("first", 70, 70, 5, "stated")
    network.bound("second", 60, 60, 5, "stated too")
    network.add("first", "second", 0, None, 0.5, "order of telling")
    solution = network.solve()
    assert [constraint.label for constraint in solution.dropped] == ["order of telling"]
    assert (solution.windows["second"].low, solution.windows["second"].high) == (60, 60)


def test_constraint_dropped_in_vain_comes_back() -> None:
    network = Network()
    network.bound("a", 10, 10, 1, "ten")
    network.bound("a", 20, 20, 2, "twenty")
    network.bound("a", 0, 15, 3, "at most fifteen")
    solution = network.solve()
    assert [constraint.label for constraint in solution.dropped] == ["twenty"]
    assert (solution.windows["a"].low, solution.windows["a"].high) == (10, 10)


def test_empty_window_is_refused() -> None:
    with pytest.raises(ValueError, match="empty window"):
        Network().bound("a", 5, 4)


def test_side_without_a_bound_is_none() -> None:
    network = Network()
    network.bound("a", 5, None)
    assert (network.solve().windows["a"].low, network.solve().windows["a"].high) == (5, None)


def test_live_text_of_thousands_of_lines_drops_the_order_only_where_its_minutes_fall() -> None:
    minutes = [min(90, max(1, number * 90 // 3000 + number * 7 % 5)) for number in range(3000)]
    network = Network()
    for number, minute in enumerate(minutes):
        network.bound(number, 1, 90, 100)
        if number % 3:
            network.bound(number, minute, minute, 10, f"line {number}")
        if number:
            network.add(number - 1, number, 0, None, 1, f"after {number - 1}")
    solution = network.solve()
    dropped = {constraint.after for constraint in solution.dropped}
    assert all(constraint.label.startswith("after") for constraint in solution.dropped)
    for number in range(3, 2997, 3):
        # A line without a minute stands between its neighbours where these do not go back.
        before, after = minutes[number - 1], minutes[number + 1]
        window = solution.windows[number]
        if before <= after:
            assert (window.low, window.high) == (before, after)
            assert not dropped & {number, number + 1}
        else:
            assert len(dropped & {number, number + 1}) == 1
        assert ((number + 2) in dropped) == (minutes[number + 2] < minutes[number + 1])
    assert all(solution.windows[n].low == minutes[n] for n in range(3000) if n % 3)


def test_of_equal_bounds_the_words_about_the_moment_itself_are_told() -> None:
    network = Network()
    network.bound("first", 30, 30, 5, "first stated")
    network.add("first", "second", 0, None, 1, "order of telling")
    network.bound("second", 30, 30, 5, "second stated")
    assert network.solve().windows["second"].why_low == ("second stated",)


def test_a_constraint_is_told_from_the_end_at_which_one_asks() -> None:
    network = Network()
    network.bound("winner", 70, 70, 5, "stated")
    network.add(
        "equaliser", "winner", 12, 12, 2, "twelve minutes after the equaliser", "twelve before the winner"
    )
    windows = network.solve().windows
    assert windows["equaliser"].why_low == ("stated", "twelve before the winner")
    assert windows["winner"].why_low == ("stated",)


def test_forty_moments_take_less_than_a_hundredth_of_a_second() -> None:
    network = Network()
    for number in range(40):
        network.bound(number, 1, 120, 9)
        network.bound(number, number * 2, number * 2 + 30, 3)
        if number:
            network.add(number - 1, number, 0, None, 0.5)
            network.add(number // 2, number, 0, 90, 0.7)
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        network.solve()
        runs.append(time.perf_counter() - start)
    assert min(runs) < 0.01


windows = st.tuples(st.integers(-HORIZON, HORIZON), st.integers(0, HORIZON)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
names = st.sampled_from([ORIGIN, "a", "b", "c"])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A net of three moments, each within the horizon, with a few constraints between them."""
    network = Network()
    for name in ("a", "b", "c"):
        network.bound(name, 0, HORIZON, 100, "horizon")
    for _ in range(draw(st.integers(0, 6))):
        one, other = draw(names), draw(names)
        if one != other:
            low, high = draw(windows)
            network.add(one, other, low, high, draw(st.integers(1, 5)), "drawn")
    return network


def kept(network: Network, solution: Solution) -> list[Constraint]:
    lost = {id(constraint) for constraint in solution.dropped}
    return [constraint for constraint in network.constraints if id(constraint) not in lost]


def assignments(constraints: list[Constraint]) -> list[dict[object, int]]:
    """Every way to place the three moments that satisfies the constraints, by trying all."""
    found = []
    for minutes in product(range(HORIZON + 1), repeat=3):
        place: dict[object, int] = {ORIGIN: 0, **dict(zip("abc", minutes, strict=True))}
        if all(
            (c.low is None or place[c.after] - place[c.before] >= c.low)
            and (c.high is None or place[c.after] - place[c.before] <= c.high)
            for c in constraints
        ):
            found.append(place)
    return found


@settings(max_examples=200, deadline=None)
@given(networks())
def test_windows_are_exactly_those_of_trying_every_placement(network: Network) -> None:
    solution = network.solve()
    places = assignments(kept(network, solution))
    assert places
    for name in ("a", "b", "c"):
        window = solution.windows[name]
        assert (window.low, window.high) == (min(p[name] for p in places), max(p[name] for p in places))


@settings(max_examples=100, deadline=None)
@given(networks())
def test_nothing_is_dropped_that_could_have_stayed(network: Network) -> None:
    solution = network.solve()
    for constraint in solution.dropped:
        assert not assignments([*kept(network, solution), constraint])


@settings(max_examples=200, deadline=None)
@given(networks())
def test_a_constraint_is_dropped_only_where_stronger_ones_leave_it_no_room(network: Network) -> None:
    lost = {id(constraint) for constraint in network.solve().dropped}
    stronger: list[Constraint] = []
    for constraint in sorted(network.constraints, key=lambda constraint: -constraint.weight):
        fits = bool(assignments([*stronger, constraint]))
        assert fits == (id(constraint) not in lost)
        if fits:
            stronger.append(constraint)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_earliest_minutes_of_all_satisfy_every_constraint_that_was_kept(network: Network) -> None:
    solution = network.solve()
    place = {name: solution.windows[name].low for name in ("a", "b", "c")} | {ORIGIN: 0}
    for constraint in kept(network, solution):
        gap = place[constraint.after] - place[constraint.before]
        assert constraint.low <= gap <= constraint.high
