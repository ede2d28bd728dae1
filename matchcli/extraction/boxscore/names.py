"""Names of persons and clubs as box scores write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from matchcli.extraction.boxscore.vocabulary import vocabulary

#: A word of a name: letters, inner apostrophes and hyphens, an accent written as an apostrophe.
_WORD = re.compile(r"[^\W\d_]+(?:['’´`‐-][^\W\d_]+)*(?:['’](?=[\s,;.)\]]|$))?")
_MOST_WORDS = 5


def read_name(text: str, start: int, end: int) -> int | None:
    """Where the name that begins at ``start`` ends, or None where no name begins there.

    Takes "De Wilde", "N. Williams", "Greco A.", "Loftus-Cheek", "D'Ambrosio", "van Dijk", "ROSSI".
    """
    known = vocabulary()
    last: int | None = None
    has_surname = False
    at = start
    for number in range(_MOST_WORDS):
        match = _WORD.match(text, at, end)
        if match is None or (number and _is_keyword(text, at, end)):
            break
        word = match.group()
        folded_word = word.rstrip("'’").lower()
        after = match.end()
        dotted = text.startswith(".", after)
        if word[0].islower():
            if number and folded_word in known.name_suffixes:
                last = after + dotted
                break
            if not _is_particle(text, folded_word, number == 0, match, end):
                break
        elif folded_word in known.not_names or (
            dotted and folded_word in known.not_initials and not has_surname
        ):
            break
        elif len(word) == 1 and not dotted:
            if has_surname and _ends_item(text, after, end):
                last = after
            break
        elif dotted and _is_initial(text, word, number == 0, after, end):
            last = after = after + 1
            if not text.startswith(" ", after):
                at = after
                continue
        else:
            has_surname = True
            last = after
            if dotted and folded_word in known.name_suffixes:
                last = after + 1
                break
        if not text.startswith((" ", "\u00a0"), after):
            break
        at = after + 1
    return last if has_surname else None


def _is_particle(text: str, word: str, first: bool, match: re.Match[str], end: int) -> bool:
    """Whether a small word belongs to the name: a capital, or "la" after "de", must follow."""
    known = vocabulary()
    if word not in (known.particles_first if first else known.particles_inside):
        return False
    following = _WORD.match(text, match.end() + 1, end)
    if following is None or not text.startswith(" ", match.end()):
        return False
    return following.group()[0].isupper() or following.group().lower() in known.particles_inside


def _is_initial(text: str, word: str, first: bool, stop: int, end: int) -> bool:
    """Whether "N." or "Th." is an initial and not the last word of a sentence."""
    if len(word) == 1:
        return True
    following = stop + 2 if text.startswith(" ", stop + 1) else stop + 1
    # "Ugo. All. Pozzi": a word that ends in a vowel is whole.
    most = 3 if first and word[-1].lower() not in "aeiou" else 2
    return len(word) <= most and following < end and text[following].isupper()


def _ends_item(text: str, at: int, end: int) -> bool:
    return (
        at >= end
        or text[at] in ",;()[]\n"
        or (text[at] == " " and text[at + 1 : at + 2] in tuple("([0123456789"))
    )


def _is_keyword(text: str, at: int, end: int) -> bool:
    """Whether a keyword of box scores, and no name, begins here."""
    known = vocabulary()
    for pattern in (known.period_pattern, known.mark_pattern, known.label_pattern):
        match = pattern.match(text, at, end)
        if match is None or (len(match.group()) <= 2 and match.group()[0].isupper()):
            continue
        # "Campo" and "Tecnico" may be surnames: as labels they would have a colon.
        if pattern is not known.label_pattern or text.startswith((":", "."), match.end()):
            return True
    return False


_ACCENTS = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}


def normal_case(name: str) -> str:
    """A name in capitals in normal case ("DE LUCA" -> "De Luca"); other names as they are."""
    name = " ".join(name.replace("\u00a0", " ").split())
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1]
    if not words or not all(word.isupper() for word in words):
        return name
    lowered = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)
    lowered = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m.group(1).upper(), lowered)
    return re.sub(r"([aeiou])['’](?=\s|$)", lambda m: _ACCENTS[m.group(1)], lowered)


_PLAIN_LETTERS = {ord(a): b for a, b in zip("’´`‐øłıđ", "'''-olid", strict=True)}


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A name without case, accents, dots and doubled spaces, for comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return " ".join(plain.translate(_PLAIN_LETTERS).replace(".", " ").split()).rstrip("'")


@lru_cache(maxsize=50_000)
def may_be_same(one: str, other: str) -> bool:
    """Whether two forms may name one person: the words of one stand in the other, initials allowed."""
    first, second = folded(one).split(), folded(other).split()
    if not first or not second:
        return False
    if len(first) > len(second):
        first, second = second, first
    left = list(second)
    shares_word = False
    for word in first:
        found = next((w for w in left if w == word), None)
        if found is not None:
            shares_word = shares_word or len(word) > 1
        else:
            found = next((w for w in left if 1 in (len(w), len(word)) and w[0] == word[0]), None)
        if found is None:
            return False
        left.remove(found)
    return shares_word
