"""The words of the output, read from the lexicon: one table for each language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

#: The languages that the output can speak.
LANGUAGES = ("it", "en")


@cache
def load(lang: str) -> dict[str, Any]:
    """Read the table ``summary_LANG.toml`` of the lexicon.

    Raises ``ValueError`` for a language that has none.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}; there are: {', '.join(LANGUAGES)}")
    return tomllib.loads(files("matchcli.lexicon").joinpath(f"summary_{lang}.toml").read_text("utf-8"))


def words(lang: str, section: str) -> dict[str, str]:
    """Give one section of labels: ``labels``, ``columns``, ``events``, ``outcomes`` and so on."""
    return load(lang)[section]
