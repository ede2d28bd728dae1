"""When two names mean the same person, club or place."""

from __future__ import annotations

import re
import unicodedata

#: Words that a club's or a competition's name may have or not.
_NOT_TELLING = {"fc", "ac", "as", "calcio", "stadio", "uefa"}


def name_words(name: str | None) -> list[str]:
    """The telling words of a name, without accents, apostrophes and capitals."""
    plain = re.sub("['’‘`´]", "", name or "")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().casefold()
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _NOT_TELLING]


def same_name(one: str | None, other: str | None) -> bool:
    """True for the same name, one form being perhaps shorter: Ferri, M. Ferri, Mario Ferri."""
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(_same_word(word, candidate) for candidate in long) for word in short)


def _same_word(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other
