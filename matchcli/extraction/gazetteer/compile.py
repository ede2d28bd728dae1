"""From the gazetteer's TOML tables to one flat table of forms, ready to be stored as JSON.

Parsing the tables takes far longer than a run may spend on it, so ``matchcli.extraction.gazetteer.store``
keeps what ``compile_tables`` returns.  Nothing here is needed once that is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

#: This module's own text, read with it: a compiled table is good only for the code that made it.
SOURCE = Path(__file__).read_bytes()

# When a form is unsure, one letter each in a form's flags.
#: An ordinary word ("Potenza"): where a sentence begins.
ORDINARY_WORD = "c"
#: A nickname, a surname or a word with another meaning: without an article.
NEEDS_ARTICLE = "a"
#: A stadium named after a person: without an article or the word "stadio".
STADIUM_OF_PERSON = "s"
#: A colour or demonym that is an everyday word ("giallo"): but for a plural after an article.
EVERYDAY = "o"
#: The first word of many clubs' names ("Virtus"): before another capital word.
BEGINNING = "g"
# How a form is matched.
#: A nickname: any case will do, but one that fits is surer.
NICKNAME = "n"
#: An abbreviation: in capitals only.
CODE = "u"

#: A word: letters and digits, with combining marks.  Apostrophes and hyphens stand between words.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

#: What may stand between two words of one name, and how it is written in a key.
GLUE = {
    " ": " ",
    "\u00a0": " ",
    "\u202f": " ",
    "  ": " ",
    "\n": " ",
    " \n": " ",
    "\r\n": " ",
    "-": "-",
    "/": "/",
    "' ": "' ",
    "\u2019 ": "' ",
    " & ": " & ",
    "\u2010": "-",
    "\u2011": "-",
    "'": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "`": "'",
    ".": ". ",
    ". ": ". ",
    ".\u00a0": ". ",
}

_FINAL_ACCENTS = frozenset("àèéìòù")

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th", "ə": "a"}
)

#: (gender, number): "m", "f" or "" and "s", "p" or "".
Morph = tuple[str, str]

ARTICLES: dict[str, Morph] = {
    "il": ("m", "s"),
    "lo": ("m", "s"),
    "la": ("f", "s"),
    "l'": ("", "s"),
    "i": ("m", "p"),
    "gli": ("m", "p"),
    "le": ("f", "p"),
}


def fold(word: str) -> str:
    """A word in lower case and without diacritics: "Kovačić" -> "kovacic"."""
    lower = word.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower.translate(_LETTERS_WITHOUT_DECOMPOSITION))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def match_word(word: str) -> str:
    """A word as it is looked up: folded, but with a final Italian accent, which tells words apart.

    "Nardò" is not "Nardo", nor "libero" "liberò"; -è and -é are one.
    """
    folded = fold(word)
    accented = unicodedata.normalize("NFC", word[-2:].lower())[-1:]
    if accented not in _FINAL_ACCENTS:
        return folded
    return folded[:-1] + accented.replace("é", "è")


def key_of(form: str) -> str:
    """The key that a form is looked up by; a full stop or apostrophe at its end belongs to it ("all.").

    Raises ValueError for a form without words, or with something else than spaces, hyphens,
    apostrophes and full stops between them: no text could ever match it.
    """
    words = list(WORD.finditer(form))
    if not words or words[0].start() != 0:
        raise ValueError(f"a form must begin with a word: {form!r}")
    key = match_word(words[0].group())
    for before, word in pairwise(words):
        between = form[before.end() : word.start()]
        if between not in GLUE:
            raise ValueError(f"cannot match what stands between the words of {form!r}")
        key += GLUE[between] + match_word(word.group())
    rest = form[words[-1].end() :]
    if rest not in ("", ".", "'"):
        raise ValueError(f"cannot match the end of {form!r}")
    return key + rest


def keys_of(form: str) -> list[str]:
    """The keys of a form in its spellings.

    What has a hyphen is also written with a space, a final accent also with an apostrophe
    ("Nardo'"); -ù and -é are often left without ("rossoblu").
    """
    spellings = [form]
    if "-" in form:
        spellings.append(form.replace("-", " "))
    for pattern, replacement in ((r"([àèéìòù])(?= |$)", _with_apostrophe), (r"([ùé])(?=[ -]|$)", _bare)):
        spellings += [re.sub(pattern, replacement, spelling) for spelling in spellings]
    return list(dict.fromkeys(key_of(spelling) for spelling in spellings))


def _with_apostrophe(match: re.Match[str]) -> str:
    return fold(match.group()) + "'"


def _bare(match: re.Match[str]) -> str:
    return fold(match.group())


def capitals_of(form: str) -> int:
    """Which words of a form must be capital in a text, as bits, the first word in the lowest."""
    bits = 0
    for place, word in enumerate(WORD.finditer(form)):
        if word.group()[0].isupper() and word.group().lower() not in _small_words():
            bits |= 1 << place
    return bits


@lru_cache(maxsize=1)
def _inflection() -> dict[str, list[dict[str, Any]]]:
    import tomllib  # most runs read a compiled copy and never need it

    path = Path(__file__).resolve().parents[2] / "lexicon" / "inflection.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _endings() -> list[tuple[str, list[str]]]:
    """The endings of masculine plurals with the four endings they stand for, the longest first."""
    endings = [(ending["plural"], ending["forms"]) for ending in _inflection()["ending"]]
    return sorted(endings, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(word for family in _inflection()["small_words"] for word in family["words"])


@lru_cache(maxsize=1)
def _ordinary_bases() -> frozenset[str]:
    return frozenset(word for family in _inflection()["ordinary_base"] for word in family["words"])


def inflect(base: str) -> list[tuple[str, Morph]]:
    """The forms of a demonym or colour, from its masculine plural.

    "nerazzurri" gives nerazzurro, nerazzurra, nerazzurri, nerazzurre; "bolognesi" gives bolognese
    and bolognesi of either gender; a word that does not end in -i does not change ("viola").  Four
    forms may be given outright, masculine and feminine singular, masculine and feminine plural:
    "belga/belga/belgi/belghe".
    """
    morphs: list[Morph] = [("m", "s"), ("f", "s"), ("m", "p"), ("f", "p")]
    if "/" in base:
        return _merge(zip(base.split("/"), morphs, strict=True))
    for plural, endings in _endings():
        if base.endswith(plural):
            stem = base.removesuffix(plural)
            return _merge((stem + ending, morph) for ending, morph in zip(endings, morphs, strict=True))
    return [(base, ("", ""))]


def _merge(forms: Iterable[tuple[str, Morph]]) -> list[tuple[str, Morph]]:
    """Forms that are written alike, once: what they do not share is left open."""
    merged: dict[str, Morph] = {}
    for form, (gender, number) in forms:
        if form in merged:
            known = merged[form]
            merged[form] = (gender if gender == known[0] else "", number if number == known[1] else "")
        else:
            merged[form] = (gender, number)
    return list(merged.items())


def split_article(form: str) -> tuple[str, Morph]:
    """A nickname without its article, and what the article says: "la Dea" -> Dea, feminine singular."""
    first, _, rest = form.partition(" ")
    if first in ARTICLES and rest:
        return rest, ARTICLES[first]
    if form.startswith(("l'", "L'")) and form[0] == "l":
        return form[2:], ARTICLES["l'"]
    return form, ("", "")


def read_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The entries of all tables in ``folder`` and in its ``clubs``, by kind ("club", "nation"...).

    Raises OSError when a table cannot be read and tomllib.TOMLDecodeError when it is no TOML.
    """
    import tomllib  # most runs read a compiled copy and never need it

    tables: dict[str, list[dict[str, Any]]] = {}
    for path in table_paths(folder):
        for kind, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            tables.setdefault(kind, []).extend(entries)
    return tables


def table_paths(folder: Path) -> list[Path]:
    """The TOML files that the gazetteer is made of, in a fixed order."""
    names = ("inflection", "nations", "places", "competitions", "roles", "people")
    single = [folder / f"{name}.toml" for name in names]
    return sorted((folder / "clubs").glob("*.toml")) + [path for path in single if path.exists()]


class _Forms:
    """Forms being gathered: for each key, one sense for each kind, with the targets put together."""

    def __init__(self, generic: frozenset[str]) -> None:
        """``generic`` are the words that begin the names of many clubs."""
        self.generic = generic
        self.senses: dict[str, dict[tuple[Any, ...], list[str]]] = {}

    def add(self, form: str, kind: str, target: str, morph: Morph = ("", ""), flags: str = "") -> None:
        """Add one form.

        ``flags`` are the letters defined above; BEGINNING is set here.
        """
        if form in self.generic:
            flags += BEGINNING
        for key in keys_of(form):
            sense = (kind, capitals_of(form), *morph, flags)
            targets = self.senses.setdefault(key, {}).setdefault(sense, [])
            if target not in targets:
                targets.append(target)

    def longest(self) -> dict[str, int]:
        """How many words the longest form has that begins with a word, for every first word."""
        longest: dict[str, int] = {}
        for key in self.senses:
            words = WORD.findall(key)
            longest[words[0]] = max(len(words), longest.get(words[0], 0))
        return longest

    def table(self) -> dict[str, list[list[Any]]]:
        return {
            key: [[*sense, targets] for sense, targets in senses.items()]
            for key, senses in self.senses.items()
        }


def compile_tables(tables: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The compiled gazetteer, of plain lists and dictionaries.

    Raises KeyError or ValueError when an entry lacks its name or has a form that cannot match.
    """
    forms = _Forms(_words(tables, "generic_name"))
    places = _words(tables, "place_stadium")
    patterns: list[list[Any]] = []
    for club in tables.get("club", []):
        _add_club(forms, club, places)
    for nation in tables.get("nation", []):
        _add_nation(forms, nation)
    for place in tables.get("place", []):
        _add_place(forms, place)
    for kind in ("competition", "round"):
        for entry in tables.get(kind, []):
            names = [] if entry.get("unnamed") else [entry["name"]]
            for form in (*names, *entry.get("aliases", [])):
                flags = NEEDS_ARTICLE if form in entry.get("ordinary", []) else ""
                forms.add(form, kind, entry["name"], flags=flags)
            _add_patterns(patterns, kind, entry)
    for role in tables.get("role", []):
        _add_role(forms, role, patterns)
    return {
        "forms": forms.table(),
        "longest": forms.longest(),
        "patterns": patterns,
        "entries": {
            kind: [
                {field: value for field, value in entry.items() if field != "example"} for entry in entries
            ]
            for kind, entries in tables.items()
        },
    }


def _words(tables: dict[str, list[dict[str, Any]]], kind: str) -> frozenset[str]:
    return frozenset(word for entry in tables.get(kind, []) for word in entry["words"])


def _add_club(forms: _Forms, club: dict[str, Any], places: frozenset[str]) -> None:
    name = club["name"]
    morph = (club.get("gender", ""), "p" if club.get("article") in ("i", "gli", "le") else "s")
    for kind, names in (("club_name", [name]), ("club_alias", club.get("aliases", []))):
        for form in names:
            forms.add(form, kind, name, morph, _doubts(club, form))
    if "code" in club:
        forms.add(club["code"], "club_code", name, morph, CODE)
    _add_nicknames(forms, club.get("nicknames", []), "club_nickname", name)
    _add_bases(forms, club.get("colours", []), "club_colour", name)
    _add_bases(forms, club.get("demonyms", []), "club_demonym", name)
    for stadium in club.get("stadium", []):
        forms.add(
            stadium,
            "stadium",
            name,
            flags=STADIUM_OF_PERSON if _named_after_a_person(stadium, club, places) else "",
        )


def _named_after_a_person(stadium: str, club: dict[str, Any], places: frozenset[str]) -> bool:
    """Whether a stadium's short name is somebody's surname: "Meazza" beside "Giuseppe Meazza"."""
    if stadium.rpartition(" ")[0] not in ("", "Lo", "La", "De", "Di", "Del", "Della", "Dei", "Dal"):
        return False
    full = any(other.endswith(" " + stadium) for other in club["stadium"])
    return full or (club["country"] == "Italia" and stadium not in places)


def _doubts(entry: dict[str, Any], form: str) -> str:
    common = form in entry.get("common_words", [])
    person = form in entry.get("also_people", [])
    return (ORDINARY_WORD if common else "") + (NEEDS_ARTICLE if person else "")


def _add_bases(forms: _Forms, bases: Iterable[str], kind: str, target: str) -> None:
    """Add the inflected forms of colours or demonyms."""
    for base in bases:
        flags = EVERYDAY if base in _ordinary_bases() else ""
        for form, morph in inflect(base):
            forms.add(form, kind, target, morph, flags)


def _add_nicknames(forms: _Forms, nicknames: Iterable[str], kind: str, target: str) -> None:
    for nickname in nicknames:
        form, morph = split_article(nickname)
        forms.add(form, kind, target, morph, NICKNAME + NEEDS_ARTICLE if form != nickname else NICKNAME)


def _add_nation(forms: _Forms, nation: dict[str, Any]) -> None:
    name = nation["name"]
    morph = (nation.get("gender", ""), "p" if nation.get("article") in ("i", "gli", "le") else "s")
    for form in (name, *nation.get("aliases", [])):
        forms.add(form, "nation_name", name, morph)
    if "code" in nation:
        forms.add(nation["code"], "nation_code", name, morph, CODE)
    for stadium in nation.get("stadium", []):
        forms.add(stadium, "nation_stadium", name)
    _add_bases(forms, nation.get("demonyms", []), "nation_demonym", name)
    _add_bases(forms, nation.get("colours", []), "nation_colour", name)
    _add_nicknames(forms, nation.get("nicknames", []), "nation_nickname", name)


def _add_place(forms: _Forms, place: dict[str, Any]) -> None:
    name = place["name"]
    kind = place.get("kind", "city")
    for form in (name, *place.get("aliases", [])):
        forms.add(form, kind, name, flags=_doubts(place, form))
    _add_bases(forms, place.get("demonyms", []), f"{kind}_demonym", name)


def _add_role(forms: _Forms, role: dict[str, Any], patterns: list[list[Any]]) -> None:
    name = role["name"]
    flags = NEEDS_ARTICLE if role.get("ordinary") else ""
    for form, morph in _role_forms(role):
        forms.add(form, "role", name, morph, flags)
    _add_patterns(patterns, "role", role)


def _add_patterns(patterns: list[list[Any]], kind: str, entry: dict[str, Any]) -> None:
    """Add an entry's regular expressions; raises re.error where one is no regular expression."""
    for pattern in entry.get("patterns", []):
        re.compile(pattern["regex"])
        doubt = "doubtful" if pattern.get("doubtful") else ""
        patterns.append([pattern["begins"], kind, entry["name"], doubt, pattern["regex"]])


def _role_forms(role: dict[str, Any]) -> Iterator[tuple[str, Morph]]:
    fields: dict[str, Morph] = {
        "masculine": ("m", "s"),
        "feminine": ("f", "s"),
        "masculine_plural": ("m", "p"),
        "feminine_plural": ("f", "p"),
        "either": ("", "s"),
        "either_plural": ("", "p"),
        "invariable": ("", ""),
    }
    yield from _merge((form, morph) for field, morph in fields.items() for form in role.get(field, []))
