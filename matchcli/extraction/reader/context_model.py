"""The network of the pretrained encoder: the lower layers of a BERT (Devlin et al. 2019).

Torch's own modules would first fill ten million weights by chance, and take a second for it.
"""

from __future__ import annotations

from typing import Any

from torch import Tensor
from torch.nn import functional as F

from matchcli.language.quantized import dequantize, from_half_bytes

#: Where the file has what training learned beside the encoder's own weights, by the name of the matrix.
CORRECTIONS = "corrections"


class ContextNetwork:
    """Pieces of words to their states in context; ``saved`` is what `matchcli.training.context` stored."""

    def __init__(self, saved: dict[str, Any]) -> None:
        steps = saved["steps"]
        self.config = saved["config"]
        self.weights: dict[str, Tensor] = {
            name: from_half_bytes(tensor, steps[name]) if name in steps else tensor.float()
            for name, tensor in saved["state"].items()
        }
        for name, thin in saved.get(CORRECTIONS, {}).items():
            narrow, wide = (dequantize(*part) for part in thin)
            self.weights[name + ".weight"].addmm_(wide, narrow)
        #: Numbers and steps of the pieces' vectors, of which a text needs few.
        self.pieces: tuple[Tensor, Tensor] = saved["pieces"]

    def states(self, pieces: Tensor) -> Tensor:
        """The states of the pieces of one window, by their numbers; the first and the last are its bounds."""
        numbers, steps = self.pieces
        vectors = from_half_bytes(numbers[pieces], steps[pieces])
        states = self._normed(vectors + self.weights["places"][: len(pieces)], "norm")
        for layer in range(self.config["layers"]):
            states = self._layer(states, f"{layer}.")
        return states

    def _layer(self, states: Tensor, name: str) -> Tensor:
        asked = self._linear(states, name + "attention")
        query, key, value = asked.view(len(states), 3, self.config["heads"], -1).permute(1, 2, 0, 3)
        heard = F.scaled_dot_product_attention(query, key, value).transpose(0, 1).flatten(1)
        states = self._normed(states + self._linear(heard, name + "heard"), name + "heard_norm")
        inner = F.gelu(self._linear(states, name + "inner"))
        return self._normed(states + self._linear(inner, name + "outer"), name + "outer_norm")

    def _linear(self, states: Tensor, name: str) -> Tensor:
        return F.linear(states, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def _normed(self, states: Tensor, name: str) -> Tensor:
        weight, bias = self.weights[name + ".weight"], self.weights[name + ".bias"]
        return F.layer_norm(states, (len(weight),), weight, bias, self.config["epsilon"])
