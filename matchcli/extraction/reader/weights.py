"""The reader's weights as they are stored: one byte a number where there are many of them.

A matrix of two dimensions (embedding tables, linear and LSTM weights) is stored row by row as whole
numbers from -127 to 127 and one step for the row; all other tensors in half precision.  Network and
vocabulary stay what they are: ``pack`` and ``unpack`` take and give what training saves,
``config``, ``features``, ``letters`` and ``state``; packed weights have ``steps`` besides, the rows'
steps by the name of their matrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

#: The largest whole number of a row.
LARGEST = 127


def pack(saved: dict[str, Any]) -> dict[str, Any]:
    """Trained weights as they are stored, a quarter of their size; packed weights are given back as they are."""
    if "steps" in saved:
        return saved
    state: dict[str, Tensor] = {}
    steps: dict[str, Tensor] = {}
    for name, tensor in saved["state"].items():
        if tensor.dim() == 2:
            state[name], steps[name] = _whole_numbers(tensor.detach().float())
        else:
            state[name] = tensor.detach().half()
    return {**saved, "state": state, "steps": steps}


def unpack(saved: dict[str, Any]) -> dict[str, Any]:
    """Stored weights as the networks take them, in single precision; weights that are not packed, too.

    A number of a matrix is within half a step of what it was, a step being the largest of its row
    divided by `LARGEST`.
    """
    steps = saved.get("steps", {})
    state = {
        name: tensor.float() * steps[name].float()[:, None] if name in steps else tensor.float()
        for name, tensor in saved["state"].items()
    }
    return {**{name: value for name, value in saved.items() if name != "steps"}, "state": state}


def _whole_numbers(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """The rows of a matrix in steps, and the steps; a row of almost nothing, whose step half precision
    does not know, becomes zeros."""
    import torch

    steps = (matrix.abs().amax(1) / LARGEST).half()
    wide = steps.float()[:, None]
    numbers = torch.where(wide > 0, matrix / wide, torch.zeros_like(matrix))
    return numbers.round().clamp(-LARGEST, LARGEST).to(torch.int8), steps
