"""The reader's weights as they are stored: half a byte a number where there are many of them.

A matrix of two dimensions (embedding tables, linear and LSTM weights) is stored block by block as whole
numbers and one step for the block, which costs the readers nothing that can be measured; all other
tensors in half precision.  Network and vocabulary stay what they are: ``pack`` and ``unpack`` take and
give what training saves, ``config``, ``features``, ``letters`` and ``state``; packed weights have
``steps`` besides, the blocks' steps and the width of a row by the name of their matrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matchcli.extraction.reader.files import in_use, read_weights
from matchcli.language.quantized import from_half_bytes, to_half_bytes

if TYPE_CHECKING:
    from torch import Tensor


def pack(saved: dict[str, Any]) -> dict[str, Any]:
    """Trained weights as they are stored, a seventh of their size; packed weights are given back as they are."""
    if "steps" in saved:
        return saved
    state: dict[str, Tensor] = {}
    steps: dict[str, tuple[Tensor, int]] = {}
    for name, tensor in saved["state"].items():
        if tensor.dim() == 2:
            state[name], step = to_half_bytes(tensor)
            steps[name] = (step, tensor.shape[1])
        else:
            state[name] = tensor.detach().half()
    return {**saved, "state": state, "steps": steps}


def unpack(saved: dict[str, Any]) -> dict[str, Any]:
    """Stored weights as the networks take them, in single precision; weights that are not packed, too."""
    steps = saved.get("steps", {})
    state: dict[str, Tensor] = {}
    for name, tensor in saved["state"].items():
        if name in steps:
            step, width = steps[name]
            state[name] = from_half_bytes(tensor, step)[:, :width]
        else:
            state[name] = tensor.float()
    return {**{name: value for name, value in saved.items() if name != "steps"}, "state": state}


def load_weights(name: str) -> dict[str, Any]:
    """The weights of a reader, as the networks take them; imports torch.

    Raises `matchcli.language.models.ModelError` where the file is missing or damaged.
    """
    with in_use(name):
        return unpack(read_weights(name))
