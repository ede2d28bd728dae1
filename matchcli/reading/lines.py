"""What the look of one line tells: live text, a piece of a box score, a heading.

The signs stand in ``lexicon/layout.toml``; this module applies them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

#: What may stand between the figure of a minute and the words: ' and all that keyboards give for it.
PRIME = "(?:['’‘′´`]{1,2})"
HALF = r"(p\.?\s?t\.?|s\.?\s?t\.?)(\s?s\.?)?"

#: Brackets, emoji and dots that may stand before a live line's minute.
_LEAD = r"[^\w\s]{0,6}\s{0,2}[^\w\s]{0,6}\s{0,2}"

# The stop of a dotted abbreviation ("d.t.s.") ends no sentence.
_SENTENCE_END = re.compile(r"""(?<!\.\w)[.!?…]['"’”»)\]*_]*$""")
# A full stop inside the line, or the sign that sets a forum's writer apart: somebody is talking.
_SEVERAL_SENTENCES = re.compile(r"\w{3}[.!?…]+\s|\w\s[»>]\s")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MINUTE = re.compile(r"\d{1,3}(\s?\+\s?\d{1,2})?\s?" + PRIME)
_ITEM_EDGE = re.compile(r"[,;:/|\n]|\s[-–—]\s|(?<=\w{3})\.\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_FORMATION = re.compile(r"\(?\b[1-5](-[1-6]){2,4}\)?")

#: Longest line that is taken for a list of names or a label, in characters.
_LONGEST_BOX_LINE = 4000

#: A heading is short: at most so many characters (in capitals, so many) and words.
_LONGEST_HEADING = 90
_LONGEST_CAPITALS = 120
_MOST_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class LiveSign:
    """A form in which live text writes the minute; it counts from ``several`` such lines on."""

    name: str
    pattern: re.Pattern[str]
    several: int


@dataclass(frozen=True, slots=True)
class _Labels:
    strong: re.Pattern[str]
    of_line_up: re.Pattern[str]
    weak: re.Pattern[str]


@cache
def layout_data() -> dict[str, Any]:
    """The tables of ``lexicon/layout.toml``."""
    return tomllib.loads(resources.files("matchcli.lexicon").joinpath("layout.toml").read_text("utf-8"))


@cache
def live_signs() -> tuple[LiveSign, ...]:
    """All forms of a minute at the start of a line of live text."""
    return tuple(
        LiveSign(
            entry["name"],
            re.compile(
                _LEAD + "(" + entry["pattern"].replace("{prime}", PRIME).replace("{half}", HALF) + ")",
                re.IGNORECASE,
            ),
            entry.get("several", 1),
        )
        for entry in layout_data()["live"]
    )


@lru_cache(maxsize=64)
def live_sign(line: str) -> LiveSign | None:
    """The form of minute that ``line`` begins with, or None."""
    head = line[:60]
    return next((sign for sign in live_signs() if sign.pattern.match(head)), None)


@lru_cache(maxsize=64)
def is_box(line: str) -> bool:
    """True for a line of a box score: a label, a line-up, a list of names."""
    if len(line) > _LONGEST_BOX_LINE:
        return False
    labels = _labels()
    if labels.strong.match(line):
        return True
    found = labels.weak.match(line)
    if found and _looks_like_data(line[found.end() :]):
        return True
    return _is_line_up(line) or _is_name_list(line)


def begins_box(line: str) -> bool:
    """True for a line of a box score that begins with a label or a team, not in the middle of a list.

    The coach and the bench belong to the line-up before them.
    """
    labels = _labels()
    if labels.of_line_up.match(line):
        return False
    if labels.strong.match(line) or labels.weak.match(line):
        return True
    return bool(_FORMATION.search(line[:70])) or (":" in line[:50] and _is_line_up(line))


def is_heading(line: str) -> bool:
    """True for a short line without a full stop, or one in capitals."""
    if is_capitals(line):
        return len(line) <= _LONGEST_CAPITALS
    return (
        len(line) <= _LONGEST_HEADING
        and not _SEVERAL_SENTENCES.search(line)
        and len(line.split()) <= _MOST_HEADING_WORDS
        and not ends_sentence(line)
        and not line.endswith((",", ";"))
    )


def is_capitals(line: str) -> bool:
    """True for a line whose letters are all capitals."""
    return line.isupper() and sum(char.isalpha() for char in line) >= 3


def ends_sentence(line: str) -> bool:
    """True where a line ends with a full stop, a question or an exclamation mark."""
    return bool(_SENTENCE_END.search(line[-12:]))


def leans_on_next(line: str) -> bool:
    """True where the last word of a line asks for another one: an article, a preposition..."""
    found = re.search(r"([^\W\d_]+)(['’]?)$", line[-20:])
    if found is None:
        return False
    return (bool(found[2]) and len(found[1]) <= 6) or found[1].casefold() in _leaning()


@cache
def _leaning() -> frozenset[str]:
    return frozenset(layout_data()["wrapping"]["leaning"])


@cache
def _labels() -> _Labels:
    strong: list[str] = []
    weak: list[str] = []
    of_line_up: list[str] = []
    for entry in layout_data()["label"]:
        (weak if entry.get("weak") else strong).extend(entry["words"])
        if entry.get("of_line_up"):
            of_line_up.extend(entry["words"])

    def any_of(words: list[str]) -> str:
        return "|".join(
            re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)
        )

    # "Marcatori:", "NOTE -", "AMMONITI Rossi", "All. Neri"; bold marks may stand around the label.
    after_strong = r"\.?\s*(\([^)]{0,30}\))?[*_]{0,3}\s*(:|\s[-–—]\s)"
    capitals = any_of([word.upper() for word in strong if word.isalpha()])
    return _Labels(
        strong=re.compile(
            rf"(?i:({any_of(strong)}){after_strong})|(?i:all)\.\s+[^\Wa-z]|({capitals})\b\.?\s+(?=[^\Wa-z_])"
        ),
        of_line_up=re.compile(rf"(?i:{any_of(of_line_up)})\b"),
        weak=re.compile(rf"(?i:{any_of(weak)})\.?\s*(\([^)]{{0,30}}\))?[*_]{{0,3}}\s*:"),
    )


@cache
def _particles() -> frozenset[str]:
    return frozenset(layout_data()["names"]["particles"])


def _items(line: str) -> tuple[int, int]:
    """How many listed pieces of a line look like names, and how many there are."""
    for _ in range(3):
        line = _BRACKETED.sub(" ", line)
    names = total = 0
    for item in _ITEM_EDGE.split(line):
        words = [word for word in _WORD.findall(item) if word.casefold().rstrip(".") not in _particles()]
        if words:
            total += 1
            names += len(words) <= 4 and all(word[0].isupper() for word in words)
    return names, total


def _looks_like_data(rest: str) -> bool:
    """True for names and figures, false for a sentence; an empty rest is a label alone."""
    names, total = _items(rest)
    return names >= 0.6 * total


def _is_line_up(line: str) -> bool:
    formation = _FORMATION.search(line[:70])
    if formation:
        names, total = _items(line[formation.end() :])
        return names >= 4 and names >= 0.7 * total
    team, colon, rest = line.partition(":")
    if not colon or len(team) > 50 or not team[:1].isupper():
        return False
    names, total = _items(rest)
    return names >= 5 and names >= 0.8 * total


def _is_name_list(line: str) -> bool:
    names, total = _items(line)
    if len(_MINUTE.findall(line)) >= 2 and names >= 2:
        return names == total
    return names >= 5 and names >= 0.9 * total
