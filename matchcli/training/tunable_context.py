"""The readers' encoder as training changes it: its own weights stay, small corrections are learned beside them.

Each matrix gets a correction that is the product of two thin ones (Hu et al. 2022, "LoRA: Low-Rank
Adaptation of Large Language Models").  The encoder's weights are whole steps of half a byte: learning
moves them by less than half a step, which would be lost in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from matchcli.extraction.reader.context import BEGIN, END
from matchcli.extraction.reader.context_model import CORRECTIONS, ContextNetwork
from matchcli.language.quantized import dequantize, from_half_bytes, quantize

#: The corrections' smaller width.
RANK = 16
#: The spread of the matrices that are not nought when learning begins.
SPREAD = 0.1
#: The share of pieces that training hides, and of each layer's answers.
PIECES_HIDDEN = 0.08
DROPOUT = 0.1
#: The number of an unknown piece, which stands for a hidden one.
UNKNOWN = 0
#: Pieces that go through the network at once, filled up to the longest window's length.
AT_ONCE = 2500


class Corrected(nn.Module):
    """A linear layer that stays as it is, in bfloat16, and its correction."""

    def __init__(self, weight: Tensor, bias: Tensor, correction: tuple[Tensor, Tensor] | None) -> None:
        super().__init__()
        self.weight, self.bias = weight.bfloat16(), bias.bfloat16()
        rows, columns = weight.shape
        if correction is None:
            correction = torch.randn(RANK, columns) * SPREAD, torch.zeros(rows, RANK)
        self.narrow, self.wide = map(nn.Parameter, correction)

    def forward(self, states: Tensor) -> Tensor:
        """The states through the layer."""
        return F.linear(states, self.weight, self.bias) + F.linear(F.linear(states, self.narrow), self.wide)


class TunableContext(nn.Module):
    """The encoder with corrections that can be learned; ``saved`` is a file ``context.pt`` as it was read."""

    def __init__(self, saved: dict[str, Any]) -> None:
        super().__init__()
        self.saved = {name: value for name, value in saved.items() if name != CORRECTIONS}
        self.base = ContextNetwork(self.saved)
        learned = saved.get(CORRECTIONS, {})
        self.layers = nn.ModuleDict()
        for name, weight in self.base.weights.items():
            matrix = name.removesuffix(".weight")
            if weight.dim() == 2 and matrix != name:
                known = tuple(dequantize(*part) for part in learned[matrix]) if matrix in learned else None
                bias = self.base.weights[matrix + ".bias"]
                self.layers[matrix.replace(".", "_")] = Corrected(weight, bias, known)  # type: ignore[arg-type]

    def forward(self, texts: Sequence[Sequence[Tensor]]) -> list[Tensor]:
        """The states of the pieces of each text, of which the windows are given as numbers of pieces."""
        windows = [window for text in texts for window in text]
        states: list[Tensor | None] = [None] * len(windows)
        for group in _groups([len(window) for window in windows]):
            longest = max(len(windows[n]) for n in group)
            numbers = torch.full((len(group), longest + 2), END)
            heard = torch.zeros(len(group), 1, 1, longest + 2, dtype=torch.bool)
            for row, n in enumerate(group):
                size = len(windows[n])
                numbers[row, : size + 1] = torch.cat([torch.tensor([BEGIN]), windows[n]])
                heard[row, ..., : size + 2] = True
            found = self._states(numbers, heard)
            for row, n in enumerate(group):
                states[n] = found[row, 1 : len(windows[n]) + 1]
        ordered = iter(states)
        return [torch.cat([next(ordered) for _ in text]) for text in texts]  # type: ignore[misc]

    def _states(self, pieces: Tensor, heard: Tensor) -> Tensor:
        if self.training:
            hidden = (torch.rand(pieces.shape) < PIECES_HIDDEN) & (pieces > END)
            pieces = torch.where(hidden, UNKNOWN, pieces)
        numbers, steps = self.base.pieces
        vectors = from_half_bytes(numbers[pieces.flatten()], steps[pieces.flatten()])
        vectors = vectors.view(*pieces.shape, -1)
        states = self._normed(vectors + self.base.weights["places"][: pieces.shape[1]], "norm")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in range(self.base.config["layers"]):
                states = self._layer(states, heard, layer)
        return states.float()

    def _layer(self, states: Tensor, heard: Tensor, layer: int) -> Tensor:
        texts, size, width = states.shape
        asked = self.layers[f"{layer}_attention"](states).view(texts, size, 3, self.base.config["heads"], -1)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        told = F.scaled_dot_product_attention(query, key, value, attn_mask=heard)
        told = self.layers[f"{layer}_heard"](told.transpose(1, 2).reshape(texts, size, width))
        states = self._normed(states + self._dropped(told), f"{layer}.heard_norm")
        inner = F.gelu(self.layers[f"{layer}_inner"](states))
        outer = self.layers[f"{layer}_outer"](inner)
        return self._normed(states + self._dropped(outer), f"{layer}.outer_norm")

    def _dropped(self, states: Tensor) -> Tensor:
        return F.dropout(states, DROPOUT, self.training)

    def _normed(self, states: Tensor, name: str) -> Tensor:
        weight, bias = self.base.weights[name + ".weight"], self.base.weights[name + ".bias"]
        return F.layer_norm(states.float(), (len(weight),), weight, bias, self.base.config["epsilon"])

    def to_save(self) -> dict[str, Any]:
        """The encoder as ``context.pt`` has it, with the corrections in a byte a number."""
        corrections = {
            name.replace("_", ".", 1): (quantize(layer.narrow), quantize(layer.wide))  # type: ignore[arg-type]
            for name, layer in self.layers.items()
        }
        return {**self.saved, CORRECTIONS: corrections}


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of windows that go through the network together, those of like length."""
    group: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        if group and (len(group) + 1) * lengths[group[0]] > AT_ONCE:
            yield group
            group = []
        group.append(number)
    if group:
        yield group
