"""The word lists of ``orthography.toml``, read when first needed."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("orthography.toml")


@cache
def entries() -> dict[str, list[dict[str, Any]]]:
    """The whole table: lists of entries with ``words`` and ``example``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """All words of the entries called ``name``, in lower case."""
    return frozenset(word for entry in entries()[name] for word in entry["words"])
