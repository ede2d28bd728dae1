"""The loop that trains a reader: passes over all texts in an order of chance, figures, and weights to keep."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from matchcli.extraction.reader.context import STATES
from matchcli.extraction.reader.weights import pack, unpack
from matchcli.training.sizes import Plan
from matchcli.training.tensors import Inputs
from matchcli.training.vocabulary import Vocabulary

#: Losses of a text are divided by this: a text has many labels, and the gradient's length is bounded.
SCALE = 10


class Example(Protocol):
    """A text with its labels."""

    def drawn(self, rng: random.Random) -> tuple[Inputs, bool]:
        """The text as one pass sees it, and whether home and away have changed places in it."""

    def losses(self, network: Any, states: Tensor, flipped: bool) -> dict[str, Tensor]:
        """What the network's answers cost, by kind of label."""


Figures = Mapping[str, float]


def configuration(plan: Plan, vocabulary: Vocabulary) -> dict[str, Any]:
    """The sizes as the networks take them."""
    return {
        "features": len(vocabulary.features),
        "bag": plan.bag,
        "vector": vocabulary.vectors.shape[1],
        "word": plan.word,
        "states": STATES,
        "context": plan.context,
        "context_hidden": plan.context_hidden,
        "letters": len(vocabulary.letters) + 1,
        "letter": plan.letter,
        "shape": plan.shape,
        "hidden": plan.hidden,
        "pair": plan.pair,
        "pool": plan.pool,
        "dropout": plan.dropout,
    }


def fit(
    kind: Callable[[dict[str, Any]], Any],
    examples: Sequence[Example],
    vocabulary: Vocabulary,
    plan: Plan,
    out: Path,
    *,
    measure: Callable[[Any], Figures],
    init: Path | None = None,
    say: Callable[[str], None] = print,
) -> Figures:
    """Train a network of a ``kind`` and write its weights, packed, to ``out``; the last figures.

    ``init`` are weights to start from, of a training on other texts or with other sizes too: what fits is taken.
    """
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    config = configuration(plan, vocabulary)
    network = kind(config)
    nn.init.normal_(network.encoder.bag.weight, std=0.1)
    if init is not None:
        left = warm_start(network, torch.load(init, weights_only=True), vocabulary)
        say(f"starting from {init}" + (f", without {', '.join(left)}" if left else ""))
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.weight_decay)
    steps = plan.epochs * math.ceil(len(examples) / plan.batch)
    step = 0
    figures: Figures = {}
    for epoch in range(plan.epochs):
        began = time.monotonic()
        costs: Counter[str] = Counter()
        order = list(range(len(examples)))
        rng.shuffle(order)
        network.train()
        for first in range(0, len(order), plan.batch):
            chosen = [examples[n] for n in order[first : first + plan.batch]]
            loss = batch_loss(network, chosen, rng, costs)
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(plan, step, steps)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), plan.longest_gradient)
            optimizer.step()
            step += 1
        line = f"pass {epoch + 1} of {plan.epochs}, {time.monotonic() - began:.0f} s: "
        say(line + " ".join(f"{name} {cost / len(order):.2f}" for name, cost in costs.items()))
        if (epoch + 1) % plan.measured_every == 0 or epoch + 1 == plan.epochs:
            figures = keep(network, config, vocabulary, out, measure)
            say("  held out: " + " ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    return figures


def batch_loss(
    network: Any, examples: Sequence[Example], rng: random.Random, costs: Counter[str] | None = None
) -> Tensor:
    """The loss of one step; ``costs`` gets the sums by kind of label."""
    texts = [example.drawn(rng) for example in examples]
    states = network.encoder([inputs for inputs, _ in texts])
    loss = torch.zeros(())
    for example, own, (_, flipped) in zip(examples, states, texts, strict=True):
        for name, cost in example.losses(network, own, flipped).items():
            loss = loss + cost
            if costs is not None:
                costs[name] += float(cost.detach())  # type: ignore[assignment]
    return loss / len(examples) / SCALE


def learning_rate(plan: Plan, step: int, steps: int) -> float:
    """The rate of a step: quickly up, then down along a cosine."""
    warm = min(1.0, step / plan.warming + 0.05)
    down = 0.5 * (1 + math.cos(math.pi * step / steps))
    return plan.rate * warm * (down * (1 - plan.last_rate) + plan.last_rate)


def keep(
    network: Any,
    config: dict[str, Any],
    vocabulary: Vocabulary,
    out: Path,
    measure: Callable[[Any], Figures],
) -> Figures:
    """Write the weights and measure them as they are stored: figures are those of the file."""
    state = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    saved = {
        "config": config,
        "features": list(vocabulary.features),
        "letters": list(vocabulary.letters),
        "state": state,
    }
    packed = pack(saved)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(packed, out)
    network.load_state_dict(unpack(packed)["state"])
    network.eval()
    with torch.no_grad():
        figures = measure(network)
    network.load_state_dict(state)
    network.train()
    return figures


def warm_start(network: nn.Module, saved: dict[str, Any], vocabulary: Vocabulary) -> list[str]:
    """Give a network the weights of an earlier training, features and letters by their names; what did not fit."""
    state = network.state_dict()
    left: list[str] = []
    with torch.no_grad():
        for name, weights in unpack(saved)["state"].items():
            target = state.get(name)
            by_name = {
                "encoder.bag.weight": (saved["features"], vocabulary.features, 0),
                "encoder.letters.weight": (saved["letters"], vocabulary.letters, 1),
            }.get(name)
            if target is None or target.shape[1:] != weights.shape[1:]:
                left.append(name)
            elif by_name is not None:
                names, numbers, first = by_name
                for row, unit in enumerate(names, first):
                    if unit in numbers:
                        target[numbers[unit]] = weights[row]
            elif target.shape == weights.shape:
                target.copy_(weights)
            else:
                left.append(name)
    return left
