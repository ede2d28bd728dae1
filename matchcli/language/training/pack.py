"""Trained models as a folder in Stanza's layout, weights in a byte a number or in half precision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matchcli.language.models import LANGUAGE, PROCESSORS
from matchcli.language.quantized import quantize
from matchcli.language.weights import STEPS

PACKAGE = "compact"

# These read the word vectors.
WITH_VECTORS = ("pos", "depparse", "ner")

# Word vectors that are kept, the most frequent words first: the rest is rarely met and takes megabytes.
VECTORS_KEPT = 23_000

# Matrices of fewer numbers stay in half precision: they are most sensitive, and take little.
FEWEST_QUANTIZED = 20_000

# What only training needs.
LEFT_OUT = ("optimizer_state_dict", "dev_score_history")


def pack(trained: Mapping[str, Path], vectors: Path, out_dir: Path) -> None:
    """Write ``out_dir/resources.json`` and ``out_dir/it/PROCESSOR/compact.pt``."""
    entries: dict[str, Any] = {}
    for processor, source in {**trained, "pretrain": vectors}.items():
        target = out_dir / LANGUAGE / processor / f"{PACKAGE}.pt"
        target.parent.mkdir(parents=True, exist_ok=True)
        if processor == "pretrain":
            write_vectors(source, target)
        else:
            write_model(source, target)
        entry: dict[str, Any] = {"md5": hashlib.md5(target.read_bytes()).hexdigest()}
        if processor in WITH_VECTORS:
            entry["dependencies"] = [{"model": "pretrain", "package": PACKAGE}]
        entries[processor] = {PACKAGE: entry}
    chosen = {processor: PACKAGE for processor in PROCESSORS if processor in trained}
    italian = entries | {
        "lang_name": "Italian",
        "packages": {"default": chosen},
        "default_processors": chosen,
    }
    content = json.dumps({LANGUAGE: italian}, indent=1) + "\n"
    (out_dir / "resources.json").write_text(content, encoding="utf-8")


def write_model(source: Path, target: Path) -> None:
    """Copy a model's file, its large matrices in a byte a number, other float32 tensors as float16.

    `matchcli.language.weights` gives Stanza the numbers back as it reads the file.
    """
    import torch

    content = torch.load(source, map_location="cpu", weights_only=True)
    for name in LEFT_OUT:
        content.pop(name, None)
    if "delta" in content.get("vocab", {}):  # the entity model names the words of the vectors itself
        shorten(content["vocab"]["word"])
    steps = quantized(content["model"])
    torch.save({**halved(content), STEPS: steps}, target)


def write_vectors(source: Path, target: Path) -> None:
    """Copy the first `VECTORS_KEPT` word vectors."""
    import torch

    content = torch.load(source, map_location="cpu", weights_only=True)
    shorten(content["vocab"])
    content["emb"] = content["emb"][:VECTORS_KEPT].clone()
    steps = quantized(content)
    torch.save({**content, STEPS: steps}, target)


def quantized(weights: dict[str, Any]) -> dict[str, Any]:
    """Put the large matrices among ``weights`` in a byte a number, in place; the steps by their names."""
    import torch

    steps: dict[str, Any] = {}
    for name, tensor in weights.items():
        if isinstance(tensor, torch.Tensor) and tensor.is_floating_point() and tensor.dim() > 1:
            if tensor.numel() >= FEWEST_QUANTIZED:
                weights[name], steps[name] = quantize(tensor)
    return steps


def shorten(vocabulary: dict[str, Any]) -> None:
    """Keep the first `VECTORS_KEPT` units of a vocabulary, in place."""
    vocabulary["_id2unit"] = vocabulary["_id2unit"][:VECTORS_KEPT]
    vocabulary["_unit2id"] = {unit: number for number, unit in enumerate(vocabulary["_id2unit"])}


def halved(value: Any) -> Any:
    """The value with all float32 tensors inside it in half precision."""
    import torch

    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        for key in value:
            value[key] = halved(value[key])
        return value
    if isinstance(value, list):
        return [halved(part) for part in value]
    if type(value) is tuple:
        return tuple(halved(part) for part in value)
    return value
