"""From the sheet of a text to its matches: which stretches tell which, and the header of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.fixtures import Fixture
from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit
from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import name_words
from matchcli.extraction.reader.sheet_reading import Named, Sheet
from matchcli.timeline.home_ground import hosts

#: Probability from which a unit of the text opens another match.
OPENS = 0.85
#: Least weight for a name to be one of the two sides.
ENOUGH = 0.35
#: The same where the other side is known.
LEAST = 0.15
#: Of the weight of its names a side has at least this share as a side; what has less is another team.
OWN_SHARE = 0.3
#: What is left of the weight of a pair in which a nation would play a club.
MIXED = 0.4
_LEGAL = frozenset({"fc", "ac", "as", "us", "ss", "ssc", "asd", "usd", "calcio", "femminile", "women", "primavera",
                    "pol", "polisportiva", "u19", "under"})  # fmt: skip


@dataclass(slots=True)
class Club:
    """A club or nation by all its names in the text."""

    names: list[Named] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    known: frozenset[str] = frozenset()
    nation: bool | None = None
    """Whether it is a national team; None for a name that the gazetteer does not have."""

    def plays(self, other: Club) -> bool:
        """Whether the two may meet: nations play nations, and clubs clubs."""
        return None in (self.nation, other.nation) or self.nation == other.nation

    def weight(self, kind: str, spans: Sequence[Span]) -> float:
        """How much says that it is the ``kind`` side in ``spans``."""
        return sum(n.kinds.get(kind, 0.0) for n in self.names if inside(n.span, spans))

    def is_told_of(self, spans: Sequence[Span]) -> bool:
        """Whether the reader takes it for one of the two sides in ``spans`` rather than for another team."""
        side = self.weight("home", spans) + self.weight("away", spans)
        return side >= OWN_SHARE * (side + self.weight("team", spans))


@dataclass(slots=True)
class MatchSheet:
    """A match of the text: its stretches and its two sides; None for a side that is not named."""

    spans: list[Span]
    home: Club | None = None
    away: Club | None = None

    fixture: Fixture | None = None

    def holds(self, position: int) -> bool:
        """Whether the character at ``position`` belongs to this match."""
        return any(start <= position < end for start, end in self.spans)

    @property
    def names(self) -> tuple[str, str]:
        """Home and away side by their fullest names; empty for a side that is not named."""
        return name_of(self.home), name_of(self.away)

    @property
    def clubs(self) -> set[int]:
        return {id(c) for c in (self.home, self.away) if c is not None}


def inside(span: Span, spans: Sequence[Span]) -> bool:
    """Whether ``span`` begins in one of ``spans``."""
    return any(s <= span[0] < e for s, e in spans)


#: "COMO - Serata di festa", "(Agenzia) - ROMA, 30 SET - Il Chelsea": where the report was written.
_DATELINE = re.compile(
    r"(?:^|\)\s*[-–—]\s*)([A-ZÀ-Þ][A-ZÀ-Þ'’ ]+)(?:,[^\n]{0,20})?\s*[-–—]\s+(?=[«\"“]?[A-ZÀ-Þ]?['’]?[a-zà-ÿ])",
    re.MULTILINE,
)


#: A line as short as this is a title, and its capitals are a side.
_TITLE_LENGTH = 90


def _datelines(text: str, fixtures: Sequence[Fixture]) -> list[Span]:
    """The places named at the head of agency and newspaper reports."""
    ends = [span for f in fixtures for span in (f.home_span, f.away_span) if span is not None]
    found = []
    for match in _DATELINE.finditer(text):
        line_end = text.find("\n", match.end())
        length = (line_end if line_end >= 0 else len(text)) - match.start()
        if length > _TITLE_LENGTH and not any(s < match.end(1) and match.start(1) < e for s, e in ends):
            found.append(match.span(1))
    return found


def clubs_of(text: str, names: Sequence[Named], gazetteer: Gazetteer) -> list[Club]:
    """The clubs that the text names, each with all its names."""
    clubs: list[Club] = []
    for name in sorted(names, key=lambda n: n.span[0] - 1000 * (n.span[1] - n.span[0])):
        form = " ".join(text[slice(*name.span)].split()).strip(" .,:;-–—")
        if not form or not name_words(form):
            continue
        known = frozenset(gazetteer.team(form))
        home = next((c for c in clubs if _same(form, known, c)), None)
        if home is None:
            home = Club(known=known)
            clubs.append(home)
        home.names.append(name)
        home.forms.append(form)
        if known and home.known and known & home.known:
            home.known = known & home.known
        home.known = home.known or known
    for club in clubs:
        if club.known:
            club.nation = any(name in gazetteer.nations for name in club.known)
    return clubs


def _same(form: str, known: frozenset[str], club: Club) -> bool:
    words = {w for w in name_words(form) if w not in _LEGAL} or set(name_words(form))
    for other in club.forms:
        if name_words(form) == name_words(other):
            return True
        others = {w for w in name_words(other) if w not in _LEGAL} or set(name_words(other))
        if words and others and (words <= others or others <= words):
            return True
    return bool(known and club.known and known & club.known and len(known) < 4)


def _split_fixtures(sheet: Sheet, fixtures: Sequence[Fixture]) -> list[Named]:
    """The names of sides; "Borgo-Villa", one word to the tokenizer, as the two names that it is."""
    names: list[Named] = []
    for name in sheet.names:
        if name.kind not in ("home", "away", "team"):
            continue
        both = next((f for f in fixtures if _both_inside(f, name.span)), None)
        if both is None:
            names.append(name)
            continue
        for span, side, other in ((both.home_span, "home", "away"), (both.away_span, "away", "home")):
            assert span is not None
            if not any(n.span == span for n in names):
                sure = name.kinds.get("home", 0.0) + name.kinds.get("away", 0.0)
                names.append(Named(span, side, {side: 0.9 * sure, other: 0.1 * sure}))
    return names


def _both_inside(fixture: Fixture, span: Span) -> bool:
    ends = (fixture.home_span, fixture.away_span)
    return all(end is not None and span[0] <= end[0] and end[1] <= span[1] for end in ends)


def pair(clubs: Sequence[Club], spans: Sequence[Span]) -> tuple[Club | None, Club | None]:
    """The likeliest home and away side in ``spans``."""
    best: tuple[float, Club | None, Club | None] = (0.0, None, None)
    sides = [club for club in clubs if club.is_told_of(spans)] or clubs
    home = [(c.weight("home", spans), c) for c in sides]
    away = [(c.weight("away", spans), c) for c in sides]
    for h, one in [*home, (ENOUGH, None)]:
        for a, other in [*away, (ENOUGH, None)]:
            if (one is not None and one is other) or (one is None and other is None):
                continue
            weight = h + a
            if one is not None and other is not None and not one.plays(other):
                weight *= MIXED
            if weight > best[0]:
                best = (weight, one, other)
    return best[1], best[2]


def find_matches(
    text: str,
    sheet: Sheet,
    fixtures: Sequence[Fixture],
    hits: Sequence[GazetteerHit],
    gazetteer: Gazetteer,
) -> list[MatchSheet]:
    """The matches that the text tells, in text order."""
    datelines = _datelines(text, fixtures)
    names = [name for name in _split_fixtures(sheet, fixtures) if not inside(name.span, datelines)]
    clubs = clubs_of(text, names, gazetteer)
    starts = [0] + [at for at, p in sheet.opens[1:] if p > OPENS]
    segments = [(s, e) for s, e in zip(starts, [*starts[1:], len(text)], strict=True) if s < e]
    matches: list[MatchSheet] = []
    pending: list[Span] = []
    for segment in segments:
        home, away = pair(clubs, [segment])
        sides = {id(c) for c in (home, away) if c is not None}
        if not sides:
            if matches:
                matches[-1].spans.append(segment)
            else:
                pending.append(segment)
            continue
        known = next((m for m in matches if m.clubs == sides), None)
        if known is None and len(sides) == 1:
            known = next((m for m in reversed(matches) if sides <= m.clubs), None)
        if known is None:
            known = next((m for m in reversed(matches) if len(m.clubs) == 1 and m.clubs <= sides), None)
            if known is not None:
                known.home, known.away = home, away
        if known is not None:
            known.spans.append(segment)
        else:
            matches.append(MatchSheet([*pending, segment], home, away))
            pending = []
    for match in matches:
        home, away = pair(clubs, match.spans)
        if {id(c) for c in (home, away) if c is not None} == match.clubs:
            match.home, match.away = home, away
        match.spans = _joined(match.spans)
        _call_both(match, clubs, hits)
        _name_both(match, clubs, hits)
        _put_host_first(match, text, hits, datelines, gazetteer)
        _take_fixture(match, fixtures)
    return matches


#: A club is meant by what it is called where no other is called so by more than this share as much.
CALLED_APART = 0.7
_NAMES = ("club_name", "nation_name")
_CALLED = (
    "club_name", "club_alias", "nation_name", "club_nickname", "club_colour", "club_demonym",
    "nation_nickname", "nation_colour", "nation_demonym",
)  # fmt: skip


def _call_both(match: MatchSheet, clubs: Sequence[Club], hits: Sequence[GazetteerHit]) -> None:
    """Where no side is told of by its name: the two nations that the text calls ("i danesi", "gli olandesi")."""
    if any(side is not None and side.is_told_of(match.spans) for side in (match.home, match.away)):
        return
    called = _called(match, clubs, hits, nations=True)
    if len(called) == 2:
        match.home, match.away = called


def _name_both(match: MatchSheet, clubs: Sequence[Club], hits: Sequence[GazetteerHit]) -> None:
    """Where the text gives one side away only: the other club that it names most, or calls by a nickname."""
    if (match.home is None) == (match.away is None):
        return
    known = match.home or match.away
    assert known is not None
    others = [c for c in clubs if c is not known and not (c.known & known.known) and c.plays(known)]

    def told(club: Club) -> float:
        return sum(club.weight(kind, match.spans) for kind in ("home", "away")) + 0.3 * club.weight(
            "team", match.spans
        )

    best = max((club for club in others if club.is_told_of(match.spans)), key=told, default=None)
    if best is None or told(best) < LEAST:
        called = _called(match, clubs, hits, nations=known.nation, beside=known.known)
        best = called[0] if called else max(others, key=told, default=None)
    if best is not None and (told(best) >= LEAST or best not in others):
        if match.home is None:
            match.home = best
        else:
            match.away = best


def _called(
    match: MatchSheet,
    clubs: Sequence[Club],
    hits: Sequence[GazetteerHit],
    *,
    nations: bool | None,
    beside: frozenset[str] = frozenset(),
) -> list[Club]:
    """The sides that nicknames, colours and demonyms mean ("gli azzurri"), by their usual names, likeliest first.

    ``nations`` tells whether nations play here: where they do not, "lo spagnolo" is a player.  What the
    reader takes for other teams, or for no team at all, counts for nothing; nor do the names ``beside``.
    """
    named = [name.span for club in clubs if club.is_told_of(match.spans) for name in club.names]
    others = {name for club in clubs if not club.is_told_of(match.spans) for name in club.known}
    votes: dict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.kind not in _CALLED or hit.doubtful or not match.holds(hit.start):
            continue
        if hit.kind in _NAMES and not any(s < hit.end and hit.start < e for s, e in named):
            continue
        if hit.kind.startswith("nation") != bool(nations) or beside & set(hit.targets):
            continue
        for target in hit.targets:
            votes[target] += 1.0 / len(hit.targets)
    called = sorted((name for name in votes if name not in others), key=lambda name: -votes[name])
    found: list[Club] = []
    for place, name in enumerate(called):
        after = votes[called[place + 1]] if place + 1 < len(called) else 0.0
        if votes[name] < 1.0 or after > CALLED_APART * votes[name]:
            break
        found.append(Club(forms=[name], known=frozenset([name]), nation=nations))
    return found


def _put_host_first(
    match: MatchSheet,
    text: str,
    hits: Sequence[GazetteerHit],
    datelines: Sequence[Span],
    gazetteer: Gazetteer,
) -> None:
    """Home is who plays on his own ground, where the gazetteer knows it."""
    if match.home is None or match.away is None:
        return
    own = [hit for hit in hits if match.holds(hit.start)]
    heads = [span for span in datelines if match.holds(span[0])]
    if hosts(text, own, heads, (match.home.known, match.away.known), gazetteer) == 1:
        match.home, match.away = match.away, match.home


def _take_fixture(match: MatchSheet, fixtures: Sequence[Fixture]) -> None:
    """The fixture that the text gives of the match; the order of a title's sides is theirs."""
    home, away = match.names
    same = [
        f
        for f in fixtures
        if match.holds(f.span[0])
        and f.home
        and f.away
        and ((_fits(f.home, home) and _fits(f.away, away)) or (_fits(f.home, away) and _fits(f.away, home)))
    ]
    scored = [f for f in same if f.score is not None]
    match.fixture = next((f for f in scored if f.title), next(iter(scored or same), None))
    if match.fixture is not None and match.fixture.title and not _fits(match.fixture.home or "", home):
        match.home, match.away = match.away, match.home


def _fits(one: str, other: str) -> bool:
    a, b = set(name_words(one)), set(name_words(other))
    return bool(a and b and (a <= b or b <= a))


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def name_of(club: Club | None) -> str:
    """The fullest name of a club: the longest, in normal case where there is one."""
    if club is None:
        return ""
    return max(club.forms, key=lambda f: (len(name_words(f)), not f.isupper(), len(f)))
