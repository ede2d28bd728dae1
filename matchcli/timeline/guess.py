"""The sides of a match whose text names no fixture.

The clubs are those that the text speaks of most: known ones, and names that only their surroundings
show to be clubs' ("la Tiberina non sbaglia", "Pro Amelia", "tra Borgo e Villa").  Who plays at home is
told by the ground, the dateline, and words such as "in casa del", "espugna", "a domicilio"; else the
side named first does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matchcli.extraction.fixtures import Stretch
from matchcli.extraction.fixtures.words import fixture_words
from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit
from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import name_words, plain
from matchcli.record import Side
from matchcli.timeline.result import tells
from matchcli.timeline.teams import Sides, TeamIdentity, identity

_TEAM_KINDS = ("club_name", "club_alias", "nation_name")
_SIDE_KINDS = ("club_colour", "club_nickname", "club_demonym", "nation_demonym", "nation_nickname")
_NO_TEAM_KINDS = (
    "competition", "stadium", "nation_stadium", "role", "round", "region", "area", "club_colour",
    "club_nickname", "club_demonym", "nation_demonym", "city_demonym", "region_demonym", "nation_nickname",
    "nation_name", "club_code",
)  # fmt: skip
_WORD = r"[A-ZÀ-Þ][\w’'-]+"
_RUN = re.compile(rf"(?<![\w-]){_WORD}(?:\s(?:(?:di|del|della|dei|d['’])\s?)?{_WORD}){{0,3}}")
_BARE_PREPOSITION = re.compile(r"\b(?:di|a|ad|da|in|d['’])\s*$", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[ \t]*(?:\([^)\n]{2,20}\)\s*[-–—]\s*)?([A-ZÀ-Þ][A-ZÀ-Þ'’ ]{2,30}?)\s*(?:[.,(–—-]|\s-)", re.MULTILINE
)
_BETWEEN = re.compile(
    rf"(?P<match>\b(?:gara|partita|sfida|match|equilibrio|incontro|derby|finale|semifinale|pari|pareggio|spareggio|confronto)\s(?:\w+\s){{0,2}})?\b(?:tra|fra)\s(?:la\s|il\s|lo\s|l['’])?({_WORD}(?:\s{_WORD}){{0,2}})\se\s(?:la\s|il\s|lo\s|l['’])?({_WORD}(?:\s{_WORD}){{0,2}})"
)
_PAIR = re.compile(
    rf"(?<![\w’'-])({_WORD}(?:\s{_WORD}){{0,3}})\s?[-–]\s?({_WORD}(?:\s{_WORD}){{0,3}})(?![\w-])"
)
_AT_PLACE = re.compile(
    rf"(?:^|(?<=[.!?\n]\s)|(?<=\n)|(?<=\s))(?:[Aa]d?)\s({_WORD}(?:\s(?:di\s)?{_WORD}){{0,2}})"
)
_AGAINST = re.compile(
    rf"({_WORD}(?:\s{_WORD}){{0,2}})\scontro\s(?:la\s|il\s|lo\s|l['’])?({_WORD}(?:\s{_WORD}){{0,2}})"
)
_ARTICLE = re.compile(
    r"(?:La|Il|Lo|Della|Del|Alla|Al|Dalla|Dal|Nella|Nel|Sulla|Sul)\s|(?:L|Dell|All|Dall)['’]"
)
_ENOUGH = 0.7


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    table = tomllib.loads((files("matchcli.lexicon") / "header.toml").read_text(encoding="utf-8"))
    return table["teams"]  # type: ignore[no-any-return]


@dataclass(slots=True)
class _Candidate:
    """A name that may be a side's: how much speaks for it, where it stands, what it may be."""

    name: str
    value: float = 0.0
    first: int = 1 << 30
    known: frozenset[str] = frozenset()
    forms: set[str] = field(default_factory=set)
    nation: bool = False
    known_bonus: float = 0.0
    cities: set[str] = field(default_factory=set)

    def add(self, value: float, at: int, form: str) -> None:
        self.value += value
        self.first = min(self.first, at)
        self.forms.add(form)


def guess_sides(
    text: str, hits: Sequence[GazetteerHit], start: int, end: int, gazetteer: Gazetteer
) -> tuple[TeamIdentity, TeamIdentity] | None:
    """Home and away side of ``text[start:end]``; None where it names no side.

    ``hits`` are the gazetteer's finds inside the stretch.  The second side is nameless where the text
    names only one.
    """
    candidates = _merge(
        [*_known(text, hits, start, end, gazetteer), *_unknown(text, hits, start, end, gazetteer)], text
    )
    for candidate in candidates:
        signs = _told_signs(text, candidate, start, end, gazetteer)
        candidate.value += candidate.known_bonus + 0.3 * bool(signs)
    best = sorted(candidates, key=lambda c: (-c.value + (c.first - start) / 4000, c.first))
    best = [c for c in best if c.value >= _ENOUGH]
    # a club does not play against a nation
    pairs = [[c for c in best if not c.nation][:2], [c for c in best if c.nation][:2]]
    best = max(pairs, key=lambda pair: sum(c.value for c in pair) + 2 * (len(pair) == 2))
    if not best:
        return None
    if len(best) == 1:
        host = _place_of(text, best[0], hits, start, end, gazetteer)
        if host is not None:
            return TeamIdentity(host), TeamIdentity(identity(best[0].name, gazetteer).name, best[0].known)
    best.sort(key=lambda c: c.first)
    named = [TeamIdentity(identity(c.name, gazetteer).name, c.known) for c in best]
    if len(named) == 1:
        return named[0], TeamIdentity("")
    one, two = named
    if _home_signs(text, best[1], best[0], hits, start, end, gazetteer) > 0:
        return two, one
    return one, two


def guessed_places(
    text: str, hits: Sequence[GazetteerHit], stretches: Sequence[Stretch], gazetteer: Gazetteer
) -> list[tuple[Span, Side]]:
    """Where the sides that the lexicon's phrases make likely are named, stretch by stretch."""
    places: list[tuple[Span, Side]] = []
    for stretch in stretches:
        inside = [hit for hit in hits if stretch.start <= hit.start < stretch.end]
        pair = guess_sides(text, inside, stretch.start, stretch.end, gazetteer)
        if pair is not None:
            places += Sides(*pair, gazetteer).name_spans(text, stretch.start, stretch.end)
    return places


# --- the names


def _known(
    text: str, hits: Sequence[GazetteerHit], start: int, end: int, gazetteer: Gazetteer
) -> Iterator[_Candidate]:
    """Clubs and nations of the gazetteer."""
    found: dict[str, _Candidate] = {}
    for hit in hits:
        if not start <= hit.start < end or hit.doubtful or hit.kind not in _TEAM_KINDS:
            continue
        target = hit.targets[0]
        candidate = found.setdefault(target, _Candidate(hit.surface, known=frozenset({target})))
        candidate.nation = hit.kind == "nation_name"
        bare = _BARE_PREPOSITION.search(text[max(start, hit.start - 6) : hit.start])
        place = hit.sense("city") is not None or hit.kind == "nation_name"
        candidate.add(0.3 if bare and place else 1.0, hit.start, hit.surface)
        candidate.known_bonus = 0.5
        if (club := gazetteer.clubs.get(target)) is not None and club.city:
            candidate.cities.add(club.city)
        if (hit.kind == "club_name", len(hit.surface)) > (
            any(f == candidate.name and h.kind == "club_name" for h in hits for f in (h.surface,)),
            len(candidate.name),
        ):
            candidate.name = hit.surface
    for hit in hits:
        if start <= hit.start < end and hit.kind in _SIDE_KINDS:
            fits = [t for t in found if t in gazetteer.teams_of(hit)]
            if len(fits) == 1:
                found[fits[0]].add(0.7, hit.start, found[fits[0]].name)
    yield from found.values()


def _unknown(
    text: str, hits: Sequence[GazetteerHit], start: int, end: int, gazetteer: Gazetteer
) -> Iterator[_Candidate]:
    """Capitalised names that stand where clubs stand."""
    lexicon = _lexicon()
    never = {plain(w) for w in lexicon["never"]}
    blocked = [h.span for h in hits if h.kind in _NO_TEAM_KINDS and not h.doubtful]
    blocked += [h.span for h in hits if h.kind in _TEAM_KINDS and not h.doubtful]
    articles = _ends_with(lexicon["articles"])
    weak = _ends_with(lexicon["weak_articles"])
    before = re.compile(rf"\b(?:{'|'.join(lexicon['before'])})\s*$", re.IGNORECASE)
    after = re.compile(rf"^\s(?:{'|'.join(lexicon['after'])})\b", re.IGNORECASE)
    club_words = {plain(w) for w in fixture_words().club_words}
    # small words that open a sentence with a capital
    unsaid = {
        "chi",
        "che",
        "non",
        "ma",
        "e",
        "se",
        "poi",
        "dopo",
        "quando",
        "prima",
        "anche",
        "ancora",
        "nel",
        "per",
        "con",
    }
    found: dict[str, _Candidate] = {}
    for match in _RUN.finditer(text, start, end):
        span = match.span()
        opening = _ARTICLE.match(match[0])
        if opening:
            span = (span[0] + opening.end(), span[1])  # "La Bertagnese" at the head of a sentence
            if not text[span[0] : span[1]][:1].isupper():
                continue
        owner = re.search(r"\sd(?:i|el|ella)\s", text[slice(*span)])
        if owner and gazetteer.people.is_first_name(text[span[0] + owner.end() : span[1]].split()[0]):
            span = (span[0], span[0] + owner.start())  # "il Borgo di Marco Verdi"
        name = text[slice(*span)]
        words = name.split()
        if plain(words[0]) in never or _crosses(span, blocked, text):
            continue
        if len(words) > 1 and gazetteer.people.is_first_name(words[0]) and plain(words[0]) not in club_words:
            continue
        left, right = text[max(start, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
        value = 0.0
        if plain(words[0].rstrip(".")) in club_words and len(words) > 1:
            value += 2.0
        if articles.search(left):
            value += 1.0
        elif weak.search(left):
            value += 0.4
        if before.search(left):
            value += 1.0
        if after.match(right):
            value += 1.0
        if value and plain(name) not in unsaid:
            found.setdefault(name, _Candidate(name)).add(value, span[0], name)
    for expression in (_BETWEEN, _AGAINST):
        for match in expression.finditer(text, start, end):
            groups = [g for g in range(1, match.re.groups + 1) if match.re.groupindex.get("match") != g]
            value = 1.5 if expression is _AGAINST or match["match"] else 0.8
            for group in groups:
                name = match[group]
                if (
                    gazetteer.people.is_first_name(name.split()[0])
                    and plain(name.split()[0]) not in club_words
                ):
                    continue
                if not _crosses(match.span(group), blocked, text):
                    found.setdefault(name, _Candidate(name)).add(value, match.start(group), name)
    for match in _PAIR.finditer(text, start, end):
        if any(
            candidate.value >= 1
            for name in (match[1], match[2])
            if (candidate := found.get(name)) is not None
        ):
            for group in (1, 2):
                found.setdefault(match[group], _Candidate(match[group])).add(
                    1.5, match.start(group), match[group]
                )
    yield from found.values()


def _ends_with(words: Sequence[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(w).replace("'", "['’]") for w in words)
    return re.compile(rf"(?:^|(?<=[^\w]))(?:{forms})\s*$", re.IGNORECASE)


def _crosses(span: Span, blocked: Sequence[Span], text: str) -> bool:
    """Whether a known form covers the name, or stands at its beginning."""
    return any(s <= span[0] < e or (s, e) == span for s, e in blocked)


def _merge(candidates: Sequence[_Candidate], text: str) -> list[_Candidate]:
    """Short forms join the one long form that has all their words, here or elsewhere in the text."""
    merged: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-len(name_words(c.name)), c.first)):
        words = set(name_words(candidate.name))
        longer = [
            m
            for m in merged
            if words <= set(name_words(m.name)) or (candidate.known and candidate.known == m.known)
        ]
        if len(longer) == 1 and not (
            candidate.known and longer[0].known and candidate.known != longer[0].known
        ):
            longer[0].add(candidate.value, candidate.first, candidate.name)
            longer[0].known = longer[0].known or candidate.known
        elif words:
            merged.append(candidate)
    cities = {plain(c) for m in merged for c in m.cities}
    merged = [m for m in merged if m.known or plain(m.name) not in cities]
    club_words = {plain(w) for w in fixture_words().club_words}
    for candidate in merged:
        if candidate.known:
            continue
        fuller = [
            m[0]
            for m in _RUN.finditer(text)
            if set(name_words(candidate.name)) < set(name_words(m[0]))
            and plain(m[0].split()[0]) in club_words
        ]
        if fuller and len({plain(f) for f in fuller}) == 1:
            candidate.name = fuller[0]
    return merged


def _place_of(
    text: str, team: _Candidate, hits: Sequence[GazetteerHit], start: int, end: int, gazetteer: Gazetteer
) -> str | None:
    """The host that only its place names: "A Borgo vince la Villa" is Borgo against Villa."""
    blocked = [h.span for h in hits if not h.doubtful]
    for match in _AT_PLACE.finditer(text, start, end):
        if gazetteer.people.is_first_name(match[1].split()[0]) or set(name_words(match[1])) & set(
            name_words(team.name)
        ):
            continue
        if not _crosses(match.span(1), blocked, text) and not tells(
            "elsewhere", near=_sentence(text, match.start()).lower()
        ):
            return match[1]
    return None


# --- who plays at home


def _home_signs(
    text: str, one: _Candidate, other: _Candidate, hits: Sequence[GazetteerHit], start: int, end: int,
    gazetteer: Gazetteer,
) -> float:  # fmt: skip
    """Signs that ``one`` plays at home, less those for ``other``."""
    value = 0.0
    for hit in hits:
        sense = hit.sense("stadium", "nation_stadium")
        if (
            sense is None
            or not start <= hit.start < end
            or tells("elsewhere", near=_sentence(text, hit.start).lower())
        ):
            continue
        value += 2 * bool(set(sense.targets) & one.known) - 2 * bool(set(sense.targets) & other.known)
    for match in _PAIR.finditer(text, start, end):
        value += 2.0 * (match[1] in one.forms and match[2] in other.forms)
        value -= 2.0 * (match[1] in other.forms and match[2] in one.forms)
    dateline = _DATELINE.search(text, start, min(end, start + 400))
    if dateline:
        value += 2.5 * _is_of(dateline[1], one, gazetteer) - 2.5 * _is_of(dateline[1], other, gazetteer)
    for candidate, sign in ((one, 1), (other, -1)):
        value += sign * _told_signs(text, candidate, start, end, gazetteer)
    return value


def _told_signs(text: str, team: _Candidate, start: int, end: int, gazetteer: Gazetteer) -> float:
    """What the sentences say of ``team``: above 0 at home, below 0 away."""
    lexicon = _lexicon()
    names = {*team.forms, team.name, *(w for w in team.name.split() if len(w) > 3 and w[0].isupper())}
    names |= {club.city for k in team.known if (club := gazetteer.clubs.get(k)) is not None and club.city}
    name = (
        "(?:"
        + "|".join(re.escape(n).replace("'", "['’]") for n in sorted(names, key=len, reverse=True) if n)
        + r")(?!\w)"
    )
    value = 0.0
    for key, sign in (("home", 2.0), ("away", -2.0)):
        for expression in lexicon[key]:
            found = re.search(f"(?i:{expression.replace('TEAM', f'(?-i:{name})')})", text[start:end])
            if found and not tells("elsewhere", near=_sentence(text, start + found.start()).lower()):
                value += sign
    place = re.search(rf"(?i:\b(?:a|ad)\s)(?-i:{name})", text[start:end])
    if place and not tells("elsewhere", near=_sentence(text, start + place.start()).lower()):
        value += 1.0
    return value


def _is_of(city: str, team: _Candidate, gazetteer: Gazetteer) -> bool:
    """Whether a dateline's city is the team's."""
    words = name_words(city)
    if words and all(w in name_words(team.name) for w in words):
        return True
    for known in team.known:
        club = gazetteer.clubs.get(known)
        if club is not None and club.city and name_words(club.city) == words:
            return True
    return False


def _sentence(text: str, at: int) -> str:
    """The sentence around a character."""
    start = max(text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n"))
    ends = [e for e in (text.find(mark, at) for mark in (". ", "! ", "? ", "\n")) if e >= 0]
    return text[start + 1 : min(ends, default=len(text))]
