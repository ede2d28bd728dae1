"""Italian number words: "ventitré" is 23, "ventitreesimo" is 23rd."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_ORDINAL_ENDINGS = "oaie"


def fold(text: str) -> str:
    """Lower case without accents, letter for letter: the result is as long as a composed ``text``."""
    return "".join(fold_letter(letter) for letter in text)


@cache
def fold_letter(letter: str) -> str:
    """One character in lower case and without its accent."""
    base = unicodedata.normalize("NFD", letter)[:1].lower()
    return base if len(base) == 1 else letter


@cache
def cardinals() -> dict[str, int]:
    """Every cardinal from zero to 399, folded, with its value."""
    table = _table()
    words: dict[str, int] = dict(table["cardinals"])
    for ten, value in table["tens"].items():
        words[ten] = value
        for unit, more in table["cardinals"].items():
            if 1 <= more <= 9:
                words[_join(ten, unit)] = value + more
    below_hundred = dict(words)
    for hundred, value in table["hundreds"].items():
        words[hundred] = value
        for rest, more in below_hundred.items():
            if more:
                words[hundred + rest] = value + more
                words[_join(hundred, rest)] = value + more
    words.update(table["variants"])
    return words


@cache
def ordinals() -> dict[str, int]:
    """Every ordinal from first to 399th, folded, in both genders and numbers, with its value."""
    table = _table()
    stems: dict[str, int] = dict(table["ordinals"])
    for word, value in cardinals().items():
        if value > 10 and word not in table["variants"]:
            # "ventitré" and "ventisei" keep their last vowel before -esimo, the others lose it.
            stem = word if word.endswith(("tre", "sei")) and value % 10 in (3, 6) else word[:-1]
            stems[stem + "esim"] = value
    return {stem + ending: value for stem, value in stems.items() for ending in _ORDINAL_ENDINGS}


def cardinal(word: str) -> int | None:
    """The value of a cardinal in words or digits ("dodici", "12"), None for any other word."""
    if word.isascii() and word.isdigit():
        return int(word)
    folded = fold(word)
    return 1 if folded in ("un", "una", "un'") else cardinals().get(folded)


def ordinal(word: str) -> int | None:
    """The value of an ordinal in words ("dodicesimo"), None for any other word."""
    return ordinals().get(fold(word))


def _join(tens: str, unit: str) -> str:
    """Two parts of a number word; the first loses its last vowel before u and o ("ventotto")."""
    return tens[:-1] + unit if unit[0] in "uo" else tens + unit


@cache
def _table() -> dict[str, dict[str, int]]:
    source = files("matchcli.lexicon") / "time" / "numbers.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
