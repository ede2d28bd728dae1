"""Weights in a byte a number, or half a byte, where files must be small.

Numbers are whole multiples of a step: one step for a row of a matrix where they take a byte, one for
each `BLOCK` numbers of a row where they take half of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

#: The largest whole number in a byte.
LARGEST = 127
#: Numbers that share a step where they take half a byte each, and the byte that stands for nought.
BLOCK = 32
MIDDLE = 8
#: The steps that are tried for a block, against the one at which its largest weight just fits.
STEP_SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
#: The smallest step that half precision knows.
SMALLEST_STEP = 6e-8


def quantize(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Weights in whole steps, a byte each, and the step of every row, in half precision.

    A row of almost nothing, whose step half precision does not know, becomes zeros.
    """
    import torch

    rows = weights.detach().float().flatten(1)
    steps = (rows.abs().amax(1) / LARGEST).half()
    wide = steps.float()[:, None]
    numbers = torch.where(wide > 0, rows / wide, torch.zeros_like(rows))
    return numbers.round().clamp(-LARGEST, LARGEST).to(torch.int8).view(weights.shape), steps


def dequantize(numbers: Tensor, steps: Tensor) -> Tensor:
    """The weights that `quantize` was given, each within half a step, in single precision."""
    return numbers.float().mul_(steps.float().view(-1, *[1] * (numbers.dim() - 1)))


def to_half_bytes(weights: Tensor) -> tuple[Tensor, Tensor]:
    """The rows of a matrix in half a byte a weight, and the step of every block, in half precision.

    A row is filled up with noughts to whole blocks.  Of some steps, each block gets the one that keeps
    its weights best: the largest weight may be cut off where the many small ones gain by it.
    """
    import torch

    rows = torch.nn.functional.pad(weights.detach().float(), (0, -weights.shape[1] % BLOCK))
    blocks = rows.view(len(rows), -1, BLOCK)
    largest = blocks.abs().amax(-1, keepdim=True)
    best, least = torch.zeros_like(blocks), torch.full_like(largest, float("inf"))
    steps = torch.zeros_like(largest)
    for share in STEP_SHARES:
        step = (largest * share / (MIDDLE - 1)).half().float()
        numbers = (blocks / step.clamp(min=SMALLEST_STEP)).round().clamp(-MIDDLE, MIDDLE - 1)
        error = ((numbers * step - blocks) ** 2).sum(-1, keepdim=True)
        better = error < least
        best, steps = torch.where(better, numbers, best), torch.where(better, step, steps)
        least = torch.minimum(error, least)
    low, high = (best + MIDDLE).to(torch.uint8).split(BLOCK // 2, -1)
    return (low | high << 4).flatten(1), steps.half().squeeze(-1)


def from_half_bytes(numbers: Tensor, steps: Tensor) -> Tensor:
    """Rows of weights from two in a byte, in single precision.

    ``steps`` has a step for each `BLOCK` weights of a row; of the 16 bytes of a block the lower halves
    are its first 16 weights, the upper halves the others (the form Q4_0 of ggml).
    """
    import torch

    blocks = numbers.view(*steps.shape, BLOCK // 2)
    weights = torch.empty(*steps.shape, BLOCK)  # filled in place: new memory costs more than the numbers
    weights[..., : BLOCK // 2] = blocks & 15
    weights[..., BLOCK // 2 :] = blocks >> 4
    return weights.sub_(MIDDLE).mul_(steps.float()[..., None]).flatten(-2)
