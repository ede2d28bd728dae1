"""The sheet reader's training: what its answers cost, and how many are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from matchcli.extraction.reader.context import word_states
from matchcli.extraction.reader.encoding import Token
from matchcli.extraction.reader.model import SHEET_TAGS, SheetNetwork
from matchcli.training.loop import Figures, fit
from matchcli.training.material import Material
from matchcli.training.sheet_labels import SheetLabels, sheet_labels
from matchcli.training.sizes import SHEET, Hiding, Plan
from matchcli.training.tensors import Inputs, TextTensors, share_names
from matchcli.training.vocabulary import Vocabulary, vocabulary_of

#: What tags cost against the other answers: every token has one.
TAG_SHARE = 1 / 8
#: What openings cost in a text of one match, where there are none to find.
SINGLE_SHARE = 0.5
#: What is named of which the figures tell.
MEASURED = ("home", "away", "coach", "referee", "player", "competition", "venue")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text's tokens and labels."""

    text: str
    tokens: list[Token]
    labels: SheetLabels


def labelled_text(material: Material) -> LabelledText:
    """An annotated report as the sheet reader sees it."""
    encoded = material.whole.encoded()
    return LabelledText(
        encoded.text, encoded.tokens, sheet_labels(material.annotated, material.whole, encoded)
    )


class SheetExample:
    """A text as tensors; ``with_context`` is false where the context is learned too, and told anew each time."""

    def __init__(
        self, text: LabelledText, vocabulary: Vocabulary, hiding: Hiding, *, with_context: bool = True
    ) -> None:
        labels = text.labels
        self.labels = labels
        context = word_states(text.text, text.tokens) if with_context else None
        self.text = TextTensors(text.tokens, context, vocabulary, hiding)
        self.tags = torch.tensor([SHEET_TAGS.index(tag) for tag in labels.tags])
        self.units = torch.tensor(list(labels.opens), dtype=torch.long)
        self.opens = torch.tensor([float(opens) for opens in labels.opens.values()])
        self.scores = torch.tensor(list(labels.figures), dtype=torch.long)
        self.figures = torch.tensor(list(labels.figures.values()), dtype=torch.long)

    def drawn(self, rng: Random) -> tuple[Inputs, bool]:
        """The text as one pass sees it; there are no sides to change."""
        return self.text.inputs(torch.zeros(len(self.text), 2), rng), False

    def undisturbed(self) -> Inputs:
        """The text as it is read in use."""
        return self.text.inputs(torch.zeros(len(self.text), 2))

    def losses(self, network: Any, states: Tensor, flipped: bool = False) -> dict[str, Tensor]:
        """What the answers cost, by kind."""
        costs = {"tag": F.cross_entropy(network.tag(states), self.tags, reduction="sum") * TAG_SHARE}
        # the first unit of a text of one match begins no other, whatever it says
        several = self.labels.matches > 1
        units, opens = (self.units, self.opens) if several else (self.units[1:], self.opens[1:])
        if len(units):
            said = network.opens(states[units])[:, 0]
            cost = F.binary_cross_entropy_with_logits(said, opens, reduction="sum")
            costs["opens"] = cost if several else cost * SINGLE_SHARE
        if len(self.scores):
            said = network.figures(states[self.scores])
            costs["figures"] = F.cross_entropy(said, self.figures, reduction="sum")
        if self.labels.extra_time is not None:
            told = torch.tensor([float(self.labels.extra_time)])
            said = network.extra_time(states.max(0).values)
            costs["extra_time"] = F.binary_cross_entropy_with_logits(said, told)
        return costs


def train_sheet(
    texts: Sequence[LabelledText],
    held: Sequence[LabelledText],
    out: Path,
    *,
    plan: Plan = SHEET,
    init: Path | None = None,
    say: Callable[[str], None] = print,
) -> Figures:
    """Train the sheet reader on texts and write its weights to ``out``; figures on the texts held out."""
    vocabulary = vocabulary_of(text.tokens for text in texts)
    say(f"sheet reader: {len(texts)} texts, {len(held)} held out, {len(vocabulary.features)} features")
    examples, kept_apart = (
        [SheetExample(text, vocabulary, plan.hiding) for text in some if text.tokens]
        for some in (texts, held)
    )
    share_names([example.text for example in examples])
    return fit(
        SheetNetwork,
        examples,
        vocabulary,
        plan,
        out,
        measure=lambda network: measure_sheet(network, kept_apart),
        init=init,
        say=say,
    )


def measure_sheet(network: Any, examples: Sequence[SheetExample]) -> dict[str, float]:
    """F1 of the tokens that name each kind, of units that open another match, and of what scores say."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    told: Counter[str] = Counter()

    def count(name: str, answers: set[Any], gold: set[Any]) -> None:
        right[name] += len(answers & gold)
        said[name] += len(answers)
        told[name] += len(gold)

    for example in examples:
        states = network.encoder([example.undisturbed()])[0]
        tags = [SHEET_TAGS[tag] for tag in network.tag(states).argmax(-1).tolist()]
        for kind in MEASURED:
            count(kind, _tokens_of(kind, tags), _tokens_of(kind, example.labels.tags))
        if len(example.units) > 1:
            opens = (network.opens(states[example.units[1:]])[:, 0] > 0).tolist()
            gold = (example.opens[1:] > 0).tolist()
            count(
                "opens", {n for n, yes in enumerate(opens) if yes}, {n for n, yes in enumerate(gold) if yes}
            )
        if len(example.scores):
            figures = network.figures(states[example.scores]).argmax(-1).tolist()
            gold = example.figures.tolist()
            count("figures", {p for p in enumerate(figures) if p[1]}, {p for p in enumerate(gold) if p[1]})
    return {name: 2 * right[name] / max(1, said[name] + told[name]) for name in told}


def _tokens_of(kind: str, tags: Sequence[str]) -> set[int]:
    return {token for token, tag in enumerate(tags) if tag.endswith(f"-{kind}")}
