"""Referee, venue, attendance, and penalties missed that the notes tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from matchcli.extraction.boxscore.clock import MINUTE, Minute
from matchcli.extraction.boxscore.names import normal_case, read_name
from matchcli.extraction.boxscore.sections import PERSON_TITLE
from matchcli.extraction.boxscore.tokens import attach_periods, read_tokens
from matchcli.extraction.boxscore.vocabulary import vocabulary
from matchcli.extraction.mentions import Span


def referee_name(text: str, start: int, end: int) -> str | None:
    """The name in "sig. Pozzi della sezione di Quadri", without title, section and mark."""
    title = PERSON_TITLE.match(text, start, end)
    at = title.end() if title is not None else start
    while at < end and text[at] in " \t\u00a0\n":
        at += 1
    name_end = read_name(text, at, end)
    if name_end is None:
        return None
    name = text[at:name_end]
    if name.isupper():
        words = name.split()
        for place in range(len(words) - 2, 0, -1):
            if words[place] in ("DI", "DELLA", "DEL", "DA"):
                name = " ".join(words[:place])
                break
    return normal_case(name)


_VENUE_END = re.compile(r"[.;\n]|,\s*(?=[a-z\d])|\s+[–—-]\s+|\s*\((?=[^)]*\d)")


def venue_name(text: str, start: int, end: int) -> str | None:
    """The name of the ground, without quotation marks."""
    while start < end and text[start] in " \t\u00a0":
        start += 1
    stop = _VENUE_END.search(text, start, end)
    name = text[start : stop.start() if stop is not None else end].strip(" \t«»\"“”'’.,")
    name = re.sub(r"[«»\"“”]", "", name)
    return name if 1 < len(name) <= 60 and any(c.isupper() for c in name) else None


_FIGURE = r"\d{1,3}(?:[.' ]\d{3})+|\d{1,6}"
_CROWD = re.compile(
    rf"(?:spettatori|spettatrici|presenti|paganti|pubblico|spett\.)\s*(?:paganti)?\s*:?\s*"
    rf"(?:circa|oltre|quasi|più di)?\s*(?P<after>{_FIGURE})(?P<thousand>\s?mila)?"
    rf"|(?P<before>{_FIGURE})(?P<thousands>\s?mila)?\s*(?:circa\s+)?(?:gli\s+)?"
    r"(?:spettatori|presenti|paganti|tifosi\s+presenti)(?!\w)",
    re.IGNORECASE,
)


def crowd(text: str, start: int, end: int) -> int | None:
    """How many watched, where the stretch says so ("spettatori 1.200 circa", "300 presenti", "12 mila")."""
    match = _CROWD.search(text, start, end)
    if match is None:
        return None
    number = int(re.sub(r"\D", "", match["after"] or match["before"]))
    return number * 1000 if match["thousand"] or match["thousands"] else number


@dataclass(slots=True)
class Miss:
    """A penalty that was not scored: taker, goalkeeper, minute, place."""

    taker: str
    keeper: str | None
    minute: Minute | None
    span: Span


def missed_penalties(text: str, start: int, end: int) -> list[Miss]:
    """The penalties missed that notes tell in words: "al 38' Verri sbaglia un rigore"."""
    misses: list[Miss] = []
    for clause in re.compile(r"[^;\n]+").finditer(text, start, end):
        if re.search(r"rigor|penalty|dischetto", clause.group(), re.IGNORECASE):
            misses.extend(_misses_in(text, clause.start(), clause.end()))
    return misses


def _misses_in(text: str, start: int, end: int) -> list[Miss]:
    found: list[Miss] = []
    for pattern in _patterns():
        for match in pattern.finditer(text, start, end):
            names = match.groupdict()
            taker = _clean(names["taker"])
            keeper = _clean(names.get("keeper"))
            if taker is None or any(
                miss.span[0] < match.end() and match.start() < miss.span[1] for miss in found
            ):
                continue
            minute, place = _minute_near(text, match.start(), match.end(), start, end)
            span = (min(match.start(), place[0]), max(match.end(), place[1])) if place else match.span()
            found.append(Miss(taker, keeper, minute, span))
    return sorted(found, key=lambda miss: miss.span)


_NAME_WORD = r"(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]+)"
_NAME = rf"(?:{_NAME_WORD}(?: {_NAME_WORD}){{0,3}})"
#: What the sign "…" of a phrase stands for: a club's letter, a minute, small words.
_BETWEEN = (
    r"\s+(?:(?:\([^()]{1,20}\)|al|all['’]|\d{1,3}['’](?:\+\d)?|pt|st|p\.t\.|s\.t\.|ha|del|della|primo|tempo"
    r"|ripresa|si|è|,)\s*){0,5}"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The phrases of the lexicon as patterns."""
    return tuple(_phrase_pattern(phrase) for phrase in vocabulary().missed_phrases)


def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    pieces = []
    for word in phrase.split():
        if word == "{taker}":
            pieces.append(f"(?P<taker>{_NAME})")
        elif word == "{keeper}":
            pieces.append(f"(?P<keeper>{_NAME})")
        elif word != "…":
            # The first letter may be a capital: "Rigore sbagliato da".
            pieces.append(f"(?i:{re.escape(word[0])}){re.escape(word[1:])}")
        else:
            pieces.append("…")
    return re.compile(r"\s+".join(pieces).replace(r"\s+…\s+", _BETWEEN))


def _clean(name: str | None) -> str | None:
    if name is None:
        return None
    words = name.split()
    while words and words[0].lower() in ("al", "nel", "all", "note", "nota"):
        words.pop(0)
    return normal_case(" ".join(words)) if words else None


def _minute_near(text: str, first: int, last: int, start: int, end: int) -> tuple[Minute | None, Span | None]:
    """The minute inside the phrase, else the nearest one in its clause."""
    clause_start = max((text.rfind(mark, start, first) + 1 for mark in ".,;:\n"), default=start)
    clause_start = max(clause_start, start)
    for one, other in ((first, last), (clause_start, first), (last, min(end, last + 20))):
        if MINUTE.search(text, one, other):
            tokens = read_tokens(text, one, other)
            attach_periods(tokens)
            time = next((token for token in tokens if token.kind == "time"), None)
            if time is not None and time.minute is not None:
                if one == last and re.search(r"[.;,]", text[last : time.start]):
                    return None, None
                return time.minute, (time.start, time.end)
    return None, None
