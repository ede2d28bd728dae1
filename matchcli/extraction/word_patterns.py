"""Patterns for lists of words and phrases that stand alone in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words_pattern(words: Iterable[str]) -> str:
    """A pattern (no flags, no group) for any of the words standing alone, the longest first."""
    return "|".join(_one_word(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _one_word(word: str) -> str:
    body = re.escape(word).replace(r"\ ", r"[ \u00a0]+").replace("'", "['’]")
    before = r"(?<![^\W\d_])" if word[0].isalpha() else r"(?<!\d)" if word[0].isdigit() else ""
    after = r"(?![^\W_])" if word[-1].isalnum() else ""
    return f"{before}{body}{after}"
