"""Loading the gazetteer: from its compiled copy in the user's cache, or from its tables."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from matchcli.extraction.gazetteer import compile as tables
from matchcli.extraction.gazetteer.finding import Gazetteer

LEXICON = Path(__file__).resolve().parents[2] / "lexicon"


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer, read once for a process.

    Raises OSError when the tables of the package cannot be read, tomllib.TOMLDecodeError,
    KeyError or ValueError when one of them is damaged.  A cache that cannot be read or written
    only costs the time to compile.
    """
    digest = _digest(LEXICON)
    cache = _cache_path()
    compiled = _read_cache(cache, digest)
    if compiled is None:
        compiled = tables.compile_tables(tables.read_tables(LEXICON))
        _write_cache(cache, digest, compiled)
    return Gazetteer(compiled)


def _digest(folder: Path) -> str:
    """A fingerprint of the tables and of the code that compiles them."""
    digest = hashlib.blake2b(tables.SOURCE, digest_size=16)
    for path in tables.table_paths(folder):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_path() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("matchcli") / "gazetteer.json"


def _read_cache(path: Path, digest: str) -> dict[str, Any] | None:
    try:
        with path.open(encoding="utf-8") as file:
            if file.readline().strip() != digest:
                return None
            compiled: dict[str, Any] = json.load(file)
    except (OSError, ValueError):
        return None
    return compiled


def _write_cache(path: Path, digest: str, compiled: dict[str, Any]) -> None:
    """Store the compiled tables, whole or not at all."""
    import tempfile  # only where something is written

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="gazetteer-", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(digest + "\n")
            json.dump(compiled, file, ensure_ascii=False, separators=(",", ":"))
        os.replace(name, path)
    except OSError:
        return
