"""Trained models as a folder in Stanza's layout, weights in half precision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matchcli.language.models import LANGUAGE, PROCESSORS

PACKAGE = "compact"

# These read the word vectors; the vectors themselves stay in full precision, they are used as they are.
WITH_VECTORS = ("pos", "depparse", "ner")

# Word vectors that are kept, the most frequent words first: the rest is rarely met and takes megabytes.
VECTORS_KEPT = 23_000

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
            write_half(source, target)
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


def write_half(source: Path, target: Path) -> None:
    """Copy a model's file with its float32 tensors as float16; Stanza's modules load them as float32."""
    import torch

    content = torch.load(source, map_location="cpu", weights_only=True)
    for name in LEFT_OUT:
        content.pop(name, None)
    if "delta" in content.get("vocab", {}):  # the entity model names the words of the vectors itself
        shorten(content["vocab"]["word"])
    torch.save(halved(content), target)


def write_vectors(source: Path, target: Path) -> None:
    """Copy the first `VECTORS_KEPT` word vectors."""
    import torch

    content = torch.load(source, map_location="cpu", weights_only=True)
    shorten(content["vocab"])
    content["emb"] = content["emb"][:VECTORS_KEPT].clone()
    torch.save(content, target)


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
