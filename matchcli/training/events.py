"""The event reader's training: what its answers cost, and how many are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from matchcli.extraction.reader.context import word_states
from matchcli.extraction.reader.model import OUTCOMES, QUALIFIERS, TAGS, TYPES, ReaderNetwork
from matchcli.extraction.reader.reading import trait_match
from matchcli.record import Side
from matchcli.training.event_labels import OTHER, PLAYER, EventLabels, event_labels, type_numbers
from matchcli.training.loop import Figures, fit
from matchcli.training.marked import MarkedMatch
from matchcli.training.side_graph import SideGraph
from matchcli.training.sizes import EVENTS, LINE_UPS_HIDDEN, MOST_REVEALED, Hiding, Plan
from matchcli.training.tensors import Distances, Inputs, PairTensors, TextTensors, share_names
from matchcli.training.vocabulary import Vocabulary, vocabulary_of

#: What the kinds of answers cost against each other: there are many tags and ties in a text, few roles.
TAG_SHARE = 1 / 8
OUTCOME_SHARE = 1 / 3
QUALIFIER_SHARE = 1 / 4
ORDER_SHARE = 1 / 3
SIDE_SHARE = 1 / 3
ROLE_SHARE = 1 / 2
PAIR_SHARES = {"link": 1 / 3, "tie": 1 / 6, "one": 1 / 3}
BELIEF_SHARE = 1 / 2
#: A description that no mark explains may yet mean somebody.
UNKNOWN_MEANING_SHARE = 0.5
#: A match of fewer tokens teaches nothing.
FEWEST_TOKENS = 3


class EventExample:
    """An annotated match as tensors.

    ``known_sides`` are those that the reader is told, token, side and whether a person's; ``told_sides``
    the annotated ones of persons, by token and name, of which training reveals some.  ``with_context`` is
    false where the context is learned too, and told anew each time.
    """

    def __init__(
        self, match: MarkedMatch, vocabulary: Vocabulary, hiding: Hiding, *, with_context: bool = True
    ) -> None:
        encoded, labels = match.encoded, event_labels(match)
        self.labels = labels
        context = word_states(encoded.text, encoded.tokens) if with_context else None
        self.text = TextTensors(encoded.tokens, context, vocabulary, hiding)
        self.known_sides = [
            (node.token, node.side, node.kind == "person") for node in encoded.nodes if node.side is not None
        ]
        self.told_sides = [
            (node.token, meant.who, meant.side)
            for node, meant in zip(encoded.nodes, match.meant, strict=True)
            if node.kind == "person" and meant.who is not None and meant.side is not None
        ]
        self._prepare_tellings(labels)
        starts = [telling.tokens[0] for telling in labels.tellings]
        persons = [node.token for node in encoded.nodes if node.kind == "person"]
        distances = Distances(encoded.tokens, persons, starts)
        self._prepare_pairs(match, labels, starts, distances)
        self.graph = SideGraph(match, labels, distances)

    def _prepare_tellings(self, labels: EventLabels) -> None:
        first = [telling.events[0] for telling in labels.tellings]
        self.tags = torch.tensor(labels.tags)
        self.starts = torch.tensor([telling.tokens[0] for telling in labels.tellings], dtype=torch.long)
        self.shots = torch.tensor([event.type == "shot" for event in first], dtype=torch.bool)
        self.outcomes = torch.tensor([OUTCOMES.index(event.outcome) for event in first], dtype=torch.long)
        self.qualifiers = torch.tensor(
            [[float(name in event.qualifiers) for name in QUALIFIERS] for event in first]
        ).reshape(-1, len(QUALIFIERS))
        self.ordered = torch.tensor([number for number, _ in labels.order], dtype=torch.long)
        self.in_order = torch.tensor([float(inside) for _, inside in labels.order])
        self.sided = torch.tensor([place.token for place in labels.sides], dtype=torch.long)
        self.home = torch.tensor([float(place.side == "home") for place in labels.sides])

    def _prepare_pairs(
        self, match: MarkedMatch, labels: EventLabels, starts: Sequence[int], distances: Distances
    ) -> None:
        nodes = match.encoded.nodes
        kinds = type_numbers(labels.tellings)
        types = [[float(number == kind) for number in range(len(TYPES))] for kind in kinds]
        goal = TYPES.index("goal")
        self.roles = PairTensors(
            [(starts[t], nodes[n].token) for t, n, _ in labels.roles],
            [types[t] for t, _, _ in labels.roles],
            [role for _, _, role in labels.roles],
            distances,
        )
        self.pairs = {
            "link": PairTensors(
                [(starts[t], nodes[n].token) for t, n, _ in labels.links],
                [[float(kinds[t] == goal)] for t, _, _ in labels.links],
                [float(belongs) for _, _, belongs in labels.links],
                distances,
            ),
            "tie": PairTensors(
                [(one, other) for one, other, _ in labels.ties],
                [[float(one in starts), float(other in starts)] for one, other, _ in labels.ties],
                [float(same) for _, _, same in labels.ties],
                distances,
            ),
            "one": PairTensors(
                [(starts[a], starts[b]) for a, b, _, _ in labels.one],
                [[*agreed, *types[a]] for a, _, agreed, _ in labels.one],
                [float(same) for _, _, _, same in labels.one],
                distances,
            ),
        }
        self.meanings = [
            (
                PairTensors(
                    [(nodes[label.node].token, nodes[n].token) for n in label.candidates],
                    [trait_match(nodes[label.node], nodes[n]) for n in label.candidates],
                    [n in label.meant for n in label.candidates],
                    distances,
                ),
                label.known,
            )
            for label in labels.meanings
        ]

    def drawn(self, rng: Random) -> tuple[Inputs, bool]:
        """The match as one pass sees it: some features hidden, home and away perhaps in each other's place,
        line-ups without sides, some persons with theirs."""
        sides = torch.zeros(len(self.text), 2)
        inputs = self.text.inputs(sides, rng)
        flipped = rng.random() < 0.5
        without_line_ups = rng.random() < LINE_UPS_HIDDEN
        for token, side, is_person in self.known_sides:
            if not (is_person and without_line_ups):
                sides[token, _column(side, flipped)] = 1
        share = rng.choice([0.0, 0.0, rng.random() * MOST_REVEALED])
        revealed: dict[str, bool] = {}
        for token, who, side in self.told_sides if share else ():
            if who not in revealed:
                revealed[who] = rng.random() < share
            if revealed[who]:
                sides[token] = 0
                sides[token, _column(side, flipped)] = 1
        return inputs, flipped

    def undisturbed(self) -> Inputs:
        """The match as it is read in use."""
        sides = torch.zeros(len(self.text), 2)
        for token, side, _ in self.known_sides:
            sides[token, _column(side, False)] = 1
        return self.text.inputs(sides)

    def losses(self, network: Any, states: Tensor, flipped: bool) -> dict[str, Tensor]:
        """What the answers cost, by kind."""
        costs = {"tag": F.cross_entropy(network.tag(states), self.tags, reduction="sum") * TAG_SHARE}
        costs |= self._manner_costs(network, states)
        if len(self.roles.answers):
            weighed = self.roles.weighed_by(network.role, states)
            costs["role"] = F.cross_entropy(weighed, self.roles.answers, reduction="sum") * ROLE_SHARE
        for name, pairs in self.pairs.items():
            if len(pairs.answers):
                weighed = pairs.weighed_by(getattr(network, name), states)[:, 0]
                costs[name] = _binary_cost(weighed, pairs.answers) * PAIR_SHARES[name]
        if len(self.sided):
            home = 1 - self.home if flipped else self.home
            costs["side"] = _binary_cost(network.side(states[self.sided])[:, 0], home) * SIDE_SHARE
        costs["belief"] = self.graph.cost(network, states, flipped) * BELIEF_SHARE
        if self.meanings:
            costs["same"] = torch.stack([_meaning_cost(network, states, *m) for m in self.meanings]).sum()
        return costs

    def _manner_costs(self, network: Any, states: Tensor) -> dict[str, Tensor]:
        costs: dict[str, Tensor] = {}
        if not len(self.starts):
            return costs
        told = states[self.starts]
        if self.shots.any():
            outcomes = network.outcome(told[self.shots])
            cost = F.cross_entropy(outcomes, self.outcomes[self.shots], reduction="sum")
            costs["outcome"] = cost * OUTCOME_SHARE
        if len(self.ordered):
            costs["order"] = (
                _binary_cost(network.order(told[self.ordered])[:, 0], self.in_order) * ORDER_SHARE
            )
        costs["qualifier"] = _binary_cost(network.qualifier(told), self.qualifiers) * QUALIFIER_SHARE
        return costs


def _column(side: Side, flipped: bool) -> int:
    """The column of the known sides in which a side stands: the home side's is the first."""
    return int((side == "home") == flipped)


def _binary_cost(weighed: Tensor, answers: Tensor) -> Tensor:
    return F.binary_cross_entropy_with_logits(weighed, answers, reduction="sum")


def _meaning_cost(network: Any, states: Tensor, pairs: PairTensors, known: bool) -> Tensor:
    """A description means any of the right mentions, or nobody, whose log-odds are 0."""
    weighed = torch.cat([pairs.weighed_by(network.same, states)[:, 0], torch.zeros(1)])
    everything = torch.logsumexp(weighed, 0)
    if pairs.answers.any():
        return everything - torch.logsumexp(weighed[:-1][pairs.answers], 0)
    return (everything - weighed[-1]) * (1.0 if known else UNKNOWN_MEANING_SHARE)


def train_events(
    matches: Sequence[MarkedMatch],
    held: Sequence[MarkedMatch],
    out: Path,
    *,
    plan: Plan = EVENTS,
    init: Path | None = None,
    say: Callable[[str], None] = print,
) -> Figures:
    """Train the event reader on matches and write its weights to ``out``; figures on the matches held out."""
    vocabulary = vocabulary_of(match.encoded.tokens for match in matches)
    say(f"event reader: {len(matches)} matches, {len(held)} held out, {len(vocabulary.features)} features")
    examples, kept_apart = (
        [EventExample(m, vocabulary, plan.hiding) for m in some if len(m.encoded.tokens) >= FEWEST_TOKENS]
        for some in (matches, held)
    )
    share_names([example.text for example in examples])
    return fit(
        ReaderNetwork,
        examples,
        vocabulary,
        plan,
        out,
        measure=lambda network: measure_events(network, kept_apart),
        init=init,
        say=say,
    )


# --- figures


def measure_events(network: Any, examples: Sequence[EventExample]) -> dict[str, float]:
    """Shares of right answers, with the annotated tellings given for all but ``events``.

    ``events`` is the F1 of tellings by type, any token in common; ``same_event`` that of pairs of
    tellings; the others are shares: ``player_none`` of the tellings without a player for which none
    is found, ``meaning_none`` of the descriptions that mean nobody named.
    """
    found: Counter[str] = Counter()
    for example in examples:
        states = network.encoder([example.undisturbed()])[0]
        _count_tellings(found, network, example, states)
        _count_roles(found, network, example, states)
        _count_pairs(found, network, example, states)
        _count_meanings(found, network, example, states)
        _count_places(found, network, example, states)
    figures = {
        "events": _f1(found, "telling"),
        "precision": found["telling right"] / max(1, found["telling said"]),
        "recall": found["telling right"] / max(1, found["telling told"]),
        "same_event": _f1(found, "same_event"),
    }
    asked = [name.removesuffix(" asked") for name in found if name.endswith(" asked")]
    return figures | {name: found[f"{name} right"] / found[f"{name} asked"] for name in asked}


def _f1(found: Counter[str], name: str) -> float:
    return 2 * found[f"{name} right"] / max(1, found[f"{name} said"] + found[f"{name} told"])


def _ask(found: Counter[str], name: str, right: bool) -> None:
    found[f"{name} asked"] += 1
    found[f"{name} right"] += right


def spans_of(tags: Sequence[int]) -> list[tuple[list[int], str]]:
    """The tellings that tags make, tokens and type; a word inside of another type than before belongs to none."""
    spans: list[tuple[list[int], str]] = []
    for token, tag in enumerate(tags):
        if not tag:
            continue
        place, kind = TAGS[tag].split("-")
        if place == "I" and spans and spans[-1][0][-1] == token - 1:
            if spans[-1][1] == kind:
                spans[-1][0].append(token)
        else:
            spans.append(([token], kind))
    return spans


def _count_tellings(found: Counter[str], network: Any, example: EventExample, states: Tensor) -> None:
    said = spans_of(network.tag(states).argmax(-1).tolist())
    found["telling told"] += len(example.labels.tellings)
    found["telling said"] += len(said)
    for telling in example.labels.tellings:
        kind = telling.events[0].type
        hit = next((s for s in said if s[1] == kind and set(s[0]) & set(telling.tokens)), None)
        if hit is not None:
            said.remove(hit)
            found["telling right"] += 1
    if len(example.starts):
        outcomes = network.outcome(states[example.starts]).argmax(-1)
        for said_outcome, outcome in zip(
            outcomes[example.shots].tolist(), example.outcomes[example.shots].tolist(), strict=True
        ):
            _ask(found, "outcome", said_outcome == outcome)


def _count_roles(found: Counter[str], network: Any, example: EventExample, states: Tensor) -> None:
    labels = example.labels.roles
    if not labels:
        return
    weighed = example.roles.weighed_by(network.role, states).log_softmax(-1)
    of_telling: dict[int, list[int]] = {}
    for number, (telling, _, _) in enumerate(labels):
        of_telling.setdefault(telling, []).append(number)
    for role, name in ((PLAYER, "player"), (OTHER, "other")):
        against_none = (weighed[:, role] - weighed[:, 0]).tolist()
        for numbers in of_telling.values():
            best = max(numbers, key=lambda n: against_none[n])
            right = [n for n in numbers if labels[n][2] == role]
            if right:
                _ask(found, name, against_none[best] > 0 and best in right)
            else:
                _ask(found, f"{name}_none", against_none[best] <= 0)


def _count_pairs(found: Counter[str], network: Any, example: EventExample, states: Tensor) -> None:
    for name, pairs in example.pairs.items():
        if not len(pairs.answers):
            continue
        said = pairs.weighed_by(getattr(network, name), states)[:, 0] > 0
        told = pairs.answers > 0.5
        found[f"{name} asked"] += len(told)
        found[f"{name} right"] += int((said == told).sum())
        if name == "one":
            found["same_event right"] += int((said & told).sum())
            found["same_event said"] += int(said.sum())
            found["same_event told"] += int(told.sum())


def _count_meanings(found: Counter[str], network: Any, example: EventExample, states: Tensor) -> None:
    for pairs, _ in example.meanings:
        weighed = torch.cat([pairs.weighed_by(network.same, states)[:, 0], torch.zeros(1)])
        best = int(weighed.argmax())
        nobody = best == len(pairs.answers)
        if pairs.answers.any():
            _ask(found, "meaning", not nobody and bool(pairs.answers[best]))
        else:
            _ask(found, "meaning_none", nobody)


def _count_places(found: Counter[str], network: Any, example: EventExample, states: Tensor) -> None:
    known = {token for token, _, _ in example.known_sides}
    if len(example.graph.asked):
        beliefs = example.graph.beliefs(network, states)[example.graph.asked]
        for right in ((beliefs > 0) == (example.graph.home > 0)).tolist():
            _ask(found, "belief", right)
    if len(example.sided):
        said = (network.side(states[example.sided])[:, 0] > 0).tolist()
        for place, home in zip(example.labels.sides, said, strict=True):
            if place.token not in known:
                _ask(found, "side", home == (place.side == "home"))
    if len(example.ordered):
        said = (network.order(states[example.starts[example.ordered]])[:, 0] > 0).tolist()
        for (_, inside), in_order in zip(example.labels.order, said, strict=True):
            _ask(found, "in_order" if inside else "out_of_order", in_order == inside)
