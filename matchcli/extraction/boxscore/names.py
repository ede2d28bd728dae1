"""Names of persons and clubs as box scores write them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from matchcli.extraction.boxscore.vocabulary import vocabulary

#: A word of a name: letters, inner apostrophes and hyphens, an accent written as an apostrophe.
_WORD = re.compile(r"[^\W\d_]+(?:['’´`‐-][^\W\d_]+)*(?:['’](?=[\s,;.)\]]|$)(?<![\d]['’]))?")
_PARTICLES_INSIDE = frozenset(
    [
        "de",
        "da",
        "dos",
        "do",
        "das",
        "del",
        "della",
        "di",
        "la",
        "las",
        "los",
        "van",
        "der",
        "den",
        "von",
        "ten",
        "ter",
        "y",
        "el",
        "al",
        "bin",
        "ben",
        "i",
    ]
)
_PARTICLES_FIRST = frozenset(
    [
        "de",
        "da",
        "dos",
        "van",
        "der",
        "den",
        "von",
        "ten",
        "ter",
        "el",
        "al",
        "la",
        "le",
        "di",
        "del",
        "della",
        "dal",
        "dalla",
    ]
)
_LOWER_INSIDE_AFTER_DE = frozenset({"la", "las", "los", "der", "den"})
_SUFFIXES = frozenset({"jr", "jr.", "ii", "iii", "sr", "junior", "filho", "neto"})

#: Words that are no part of a name even in capitals.
_NO_NAME = frozenset(
    [
        "per",
        "e",
        "ed",
        "st",
        "pt",
        "sts",
        "pts",
        "al",
        "nel",
        "dalla",
        "nella",
        "dopo",
        "con",
        "su",
        "all",
        "alle",
        "allo",
        "agli",
        "ai",
        "min",
        "minuto",
        "non",
        "nessuno",
        "nessuna",
        "il",
        "lo",
        "gli",
        "uno",
        "una",
        "un",
        "in",
        "out",
        "entra",
        "esce",
        "dentro",
        "fuori",
        "rig",
        "rigore",
        "aut",
        "autogol",
        "autorete",
        "nota",
        "arbitro",
        "arbitra",
        "ammoniti",
        "ammonite",
        "ammonito",
        "ammonita",
        "espulsi",
        "espulse",
        "espulso",
        "espulsa",
        "marcatori",
        "marcatrici",
        "sostituzioni",
        "allenatore",
        "allenatrice",
        "var",
        "avar",
        "assistenti",
        "panchina",
        "disp",
        "sig",
        "signor",
        "signora",
        "sigg",
        "sv",
        "ng",
    ]
)
_ABBREVIATIONS_NOT_NAMES = frozenset(
    [
        "all",
        "arb",
        "sig",
        "sost",
        "rig",
        "aut",
        "ass",
        "spett",
        "rec",
        "min",
        "pt",
        "st",
        "ang",
        "amm",
        "esp",
        "disp",
        "pun",
        "cap",
        "dott",
        "ing",
        "avv",
        "art",
        "ore",
    ]
)


def read_name(text: str, start: int, end: int) -> int | None:
    """Where the name that begins at ``start`` ends, or None where no name begins there.

    Takes "De Winter", "N. Williams", "Greco A.", "Loftus-Cheek", "D'Ambrosio", "van Dijk", "ROSSI".
    """
    words: list[str] = []
    capital_words = 0
    at = start
    last = start
    while at < end and len(words) < 6:
        match = _WORD.match(text, at, end)
        if match is None:
            break
        word = match.group()
        if words and _is_vocabulary(text, at, end):
            break
        folded = word.rstrip("'’").lower()
        if word[0].isupper():
            if folded in _NO_NAME and not (words and word.istitle() and folded == "al"):
                break
            dotted = text.startswith(".", match.end())
            if dotted and not words and folded in _ABBREVIATIONS_NOT_NAMES:
                return None
            if len(word) == 1 and not dotted:
                if not words or not _ends_item(text, match.end(), end):
                    break
                words.append(word)
                last = match.end()
                break
            if dotted and (len(word) <= 2 or (len(word) == 3 and not words)) and _initial(text, match, end):
                words.append(word)
                last = match.end() + 1
                at = last
                if at < end and text[at] == " ":
                    at += 1
                continue
            capital_words += 1
        elif folded in _SUFFIXES and words:
            pass
        elif not _particle_here(text, words, folded, match, end):
            break
        words.append(word)
        last = match.end()
        if word[0].islower() and folded not in _SUFFIXES:
            capital_words += 0
        if dotted_suffix(text, match, folded):
            last += 1
        if not text.startswith((" ", "\u00a0"), last):
            break
        at = last + 1
    if capital_words == 0 or not words:
        return None
    # A particle left over at the end belongs to what follows.
    while words and words[-1][0].islower() and words[-1].lower().rstrip(".") not in _SUFFIXES:
        removed = words.pop()
        last = text.rindex(removed, start, last)
        while last > start and text[last - 1].isspace():
            last -= 1
    return last if words else None


def dotted_suffix(text: str, match: re.Match[str], folded: str) -> bool:
    """Whether the word is "Jr" with its full stop."""
    return folded in ("jr", "sr") and text.startswith(".", match.end())


def _initial(text: str, match: re.Match[str], end: int) -> bool:
    """Whether "N." or "Th." at this place is an initial and not the last word of a sentence."""
    word = match.group()
    if len(word) == 1:
        return True
    following = match.end() + 1
    if following < end and text[following] == " ":
        following += 1
    return following < end and text[following].isupper()


def _ends_item(text: str, at: int, end: int) -> bool:
    return (
        at >= end
        or text[at] in ",;()[]\n"
        or (text[at] == " " and at + 1 < end and text[at + 1] in "([0123456789")
    )


def _particle_here(text: str, words: list[str], folded: str, match: re.Match[str], end: int) -> bool:
    following = _WORD.match(text, match.end() + 1, end)
    if following is None or not text.startswith(" ", match.end()):
        return False
    next_word = following.group()
    if not words:
        return (
            folded in ("van", "von", "de", "den", "der", "dos", "ten", "ter", "el") and next_word[0].isupper()
        )
    if folded not in _PARTICLES_INSIDE or (
        folded in ("di", "del", "della", "da", "i", "al") and len(words) != 1
    ):
        return False
    if folded in ("i", "al", "di", "del", "della"):
        return False
    return next_word[0].isupper() or next_word.lower() in _LOWER_INSIDE_AFTER_DE


def _is_vocabulary(text: str, at: int, end: int) -> bool:
    """Whether a keyword of box scores, and no name, begins here."""
    words = vocabulary()
    for pattern in (words.period_pattern, words.mark_pattern, words.label_pattern):
        match = pattern.match(text, at, end)
        if match is not None and (len(match.group()) > 2 or not match.group()[0].isupper()):
            following = match.end()
            # "Campo" and "Ripresa" may be surnames: as labels they would have a colon.
            if pattern is not words.label_pattern or text.startswith((":", "."), following):
                return True
    return False


def normal_case(name: str) -> str:
    """A name in capitals in normal case ("DE LUCA" -> "De Luca"); other names as they are."""
    name = " ".join(name.replace("\u00a0", " ").split())
    letters = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1]
    if not letters or not all(word.isupper() for word in letters):
        return name
    lowered = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)
    lowered = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m.group(1).upper(), lowered)
    accents = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}
    return re.sub(r"([aeiou])['’](?=\s|$)", lambda m: accents[m.group(1)], lowered)


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A name without case, accents, dots and doubled spaces, for comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    plain = plain.translate(
        str.maketrans(
            {"’": "'", "´": "'", "`": "'", "‐": "-", "ø": "o", "Ø": "o", "ł": "l", "ı": "i", "đ": "d"}
        )
    )
    return " ".join(plain.lower().replace(".", " ").split()).rstrip("'")


@lru_cache(maxsize=50_000)
def may_be_same(one: str, other: str) -> bool:
    """Whether two forms may name one person: the words of one stand in the other, initials allowed."""
    first, second = folded(one).split(), folded(other).split()
    if not first or not second:
        return False
    if len(first) > len(second):
        first, second = second, first
    left = list(second)
    long_match = False
    for word in first:
        found = next((w for w in left if w == word), None)
        if found is None:
            found = next((w for w in left if (len(word) == 1 or len(w) == 1) and w[0] == word[0]), None)
        elif len(word) > 1:
            long_match = True
        if found is None:
            return False
        left.remove(found)
    return long_match
