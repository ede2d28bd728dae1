"""In training everybody's side is settled as it is settled in use."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch

from matchcli.timeline.casting import ROLE_TRUST, SIDE_TRUST, TIE_TRUST
from matchcli.timeline.sides import ROUNDS, SideNetwork
from matchcli.training.event_labels import event_labels
from matchcli.training.marked import marked_matches
from matchcli.training.side_graph import SideGraph
from matchcli.training.tensors import Distances

from .texts import SINGLE, material


@pytest.fixture(scope="module")
def graph() -> SideGraph:
    known = material(SINGLE)
    match = marked_matches(known.annotated, known.whole)[0]
    labels = event_labels(match)
    persons = [node.token for node in match.encoded.nodes if node.kind == "person"]
    starts = [telling.tokens[0] for telling in labels.tellings]
    return SideGraph(match, labels, Distances(match.encoded.tokens, persons, starts))


def _network(seed: int) -> SimpleNamespace:
    """Hints and ties of chance, always the same for a seed."""
    draw = torch.Generator().manual_seed(seed)
    hints, ties = torch.randn(500, 1, generator=draw) * 6, torch.randn(500, 1, generator=draw) * 6
    return SimpleNamespace(
        side=lambda states: hints[: len(states)],
        tie=lambda states, one, other, distance, extra: ties[: len(one)],
    )


@pytest.mark.parametrize("seed", range(5))
def test_beliefs_are_those_of_the_side_network(graph: SideGraph, seed: int) -> None:
    network, states = _network(seed), torch.zeros(500, 1)
    beliefs = graph.beliefs(network, states, rounds=ROUNDS)
    told = SideNetwork()
    for whose, hint in zip(graph.whose.tolist(), network.side(graph.places)[:, 0].tolist(), strict=True):
        told.tell(whose, "home", SIDE_TRUST * hint / 2)
    ties = (TIE_TRUST * network.tie(None, graph.pairs.one, None, None, None)[:, 0] / 2).tolist()
    ends = {number: pair for pair, number in graph.edges.items()}
    for pair, edge in graph.ties.tolist():
        told.tie(*ends[edge], same=True, weight=ties[pair])
    for (pair, whose), sign in zip(graph.hints.tolist(), graph.hinted.tolist(), strict=True):
        told.tell(whose, "home", sign * ties[pair])
    for edge, sign in zip(graph.casts.tolist(), graph.cast_together.tolist(), strict=True):
        told.tie(*ends[edge], same=True, weight=sign * ROLE_TRUST)
    told.settle()
    wanted = [told.belief(whose) for whose in range(graph.size)]
    assert torch.tanh(beliefs).tolist() == pytest.approx(wanted, abs=1e-3)


def test_sides_that_change_places_cost_the_same(graph: SideGraph) -> None:
    network, states = _network(1), torch.zeros(500, 1)
    turned = SimpleNamespace(side=lambda s: -network.side(s), tie=network.tie)
    straight = graph.cost(network, states, flipped=False)
    assert float(straight) > 0
    assert torch.isclose(straight, graph.cost(turned, states, flipped=True), atol=1e-4)
