"""Weights of a training in the form in which the package stores them.

python -m matchcli.training.pack SOURCE TARGET
"""

from __future__ import annotations

import sys
from pathlib import Path

from matchcli.extraction.reader.weights import pack


def pack_file(source: Path, target: Path) -> None:
    """Write the weights of ``source`` packed to ``target``."""
    import torch

    torch.save(pack(torch.load(source, map_location="cpu", weights_only=True)), target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m matchcli.training.pack SOURCE TARGET")
    pack_file(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"{Path(sys.argv[2]).stat().st_size / 1e6:.1f} MB")
