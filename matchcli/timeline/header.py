"""The header of a match: its sides, its result, its competition, its ground, and who leads it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matchcli.extraction.fixtures import Fixture
from matchcli.extraction.gazetteer import GazetteerHit
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import BoxScore, Span
from matchcli.extraction.persons import Person, name_words
from matchcli.extraction.reader.sheet_reading import Sheet
from matchcli.reading.report import Block
from matchcli.record import Match, Record, Score, Side, Tally, Team
from matchcli.timeline.finals import OpenResult, possible_finals, set_final
from matchcli.timeline.match_text import MatchText
from matchcli.timeline.result import Goals, ToldResult, clause_up_to, tells, told_result
from matchcli.timeline.sheet_header import ReadResult, named, read_result
from matchcli.timeline.staff import without_section
from matchcli.timeline.teams import Sides, title_case


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((files("matchcli.lexicon") / "header.toml").read_text(encoding="utf-8"))


def read_header(
    told: MatchText,
    fixture: Fixture | None,
    sheet: Sheet,
    *,
    referee: Person | None = None,
) -> tuple[Match, OpenResult]:
    """The header of the match ``told``: from the box score, from what the sheet reader makes of the
    text, and where both say nothing from the lexicon's phrases.

    The second value is what they leave open of the result.
    ``referee`` is whom ``offices.find_offices`` found.  `name_coaches` adds the coaches.
    """
    report = told.whole.report
    text, blocks = report.text, report.blocks
    spans, box, rows, sides = told.spans, told.box, told.rows, told.sides
    score, result = _score(fixture, box, read_result(sheet, spans), told_result(text, blocks, rows, sides))
    match = Match(
        home=Team(name=sides.home.name or None), away=Team(name=sides.away.name or None), score=score
    )
    match.referee = _referee(box, referee)
    match.competition = (
        (box.competition if box is not None else None)
        or _fullest(named(sheet, "competition", spans, report, told.whole.hits), told.hits)
        or named(sheet, "competition", [(0, len(text))], report, told.whole.hits)
        or competition(text, blocks, spans, told.hits, told.whole.hits)
    )
    match.venue = (
        (box.venue if box is not None else None)
        or named(sheet, "venue", spans, report, told.whole.hits)
        or venue(text, blocks, spans, told.hits, rows, sides)
    )
    match.attendance = box.attendance if box is not None else None
    return match, result


def name_coaches(match: Match, coaches: dict[Side, Person], box: BoxScore | None) -> None:
    """The coaches of both sides: who was found in the sentences, or whom the box score lists."""
    for number, team in enumerate((match.home, match.away)):
        coach = coaches.get("home" if number == 0 else "away")
        team.coach = coach.name if coach else None
        listed = box.teams[number].coach if box is not None and number < len(box.teams) else None
        if listed and (coach is None or not set(name_words(listed)) <= set(name_words(coach.name))):
            team.coach = listed


def _score(
    fixture: Fixture | None, box: BoxScore | None, read: ReadResult, told: ToldResult
) -> tuple[Score, OpenResult]:
    """The figures of the fixture first, then of the box score, then what the sheet reader makes of the
    text's scores (``read``), then what the lexicon's phrases tell (``told``).

    The second value is what they leave open.
    """
    final: Goals | None = None
    half, shootout, extra = None, None, False
    if fixture is not None:
        final, half, shootout, extra = fixture.score, fixture.half_time, fixture.shootout, fixture.extra_time
    if box is not None and final is None and box.fixture is not None:
        home, away = box.fixture[2], box.fixture[3]
        if home is not None and away is not None:
            final = (home, away)
    if box is not None and half is None:
        half = box.half_time
    recap = fixture is not None and not fixture.title and final is not None
    if (
        recap
        and told.final is not None
        and told.weight >= 2.9
        and final is not None
        and sum(told.final) >= sum(final)
    ):
        final = told.final  # "Intervallo: Borgo-Villa 1-0" stands in the text before "Finisce 1-1"
    half = half or (read.half_time if read.sure_half else None)
    unsure = read.half_time or told.half_time if half is None else None
    finals = possible_finals(read.finals, told) if final is None else []
    level = any(home == away for home, away in ([final] if final else [one.goals for one in finals]))
    shootout = shootout or (_same_figures(read.shootout, told.shootout) if level else None) or told.shootout
    score = Score(extra_time=extra or told.extra_time)
    if half is not None:
        score.half_time = Tally(home=half[0], away=half[1])
    if shootout is not None:
        score.shootout = Tally(home=shootout[0], away=shootout[1])
    if final is not None:
        set_final(score, final)
    return score, OpenResult(finals, unsure)


def _same_figures(read: Goals | None, told: Goals | None) -> Goals | None:
    """What the reader read; where the phrases tell the same figures the other way round, as they tell them."""
    return told if read is not None and told is not None and read == told[::-1] else read


def _fullest(name: str | None, hits: Sequence[GazetteerHit]) -> str | None:
    """The competition by the fullest form that the match's own sentences use ("Serie C girone B")."""
    if name is None:
        return None
    words = set(name_words(name))
    longer = [h.surface for h in hits if h.kind == "competition" and words < set(name_words(h.surface))]
    return _written(max(longer, key=len)) if longer else name


def _referee(box: BoxScore | None, referee: Person | None) -> str | None:
    """The referee by the fuller of the names that the box score and the sentences give."""
    told = without_section(referee.name) if referee is not None else None
    listed = box.referee if box is not None else None
    if listed and told and not set(name_words(listed)) < set(name_words(told)):
        return listed
    return told or listed


# --- the competition


def competition(
    text: str,
    blocks: Sequence[Block],
    spans: Sequence[Span],
    hits: Sequence[GazetteerHit],
    all_hits: Sequence[GazetteerHit],
) -> str | None:
    """The competition of the match, in the fullest form that the text uses for it.

    What a headline or a dateline names comes first, then what the match's own sentences name most; the
    rest of the text counts where they name none.  Competitions of other matches are passed over.
    """
    own = _competition_of(text, blocks, hits)
    return own or _competition_of(text, blocks, [h for h in all_hits if h not in hits])


def _competition_of(text: str, blocks: Sequence[Block], hits: Sequence[GazetteerHit]) -> str | None:
    value: Counter[str] = Counter()
    forms: dict[str, list[str]] = {}
    for hit in hits:
        if hit.kind != "competition":
            continue
        head = _is_head(text, blocks, hit)
        if hit.doubtful and not head:
            continue
        if not head and tells("elsewhere", near=clause_up_to(text, hit.span).lower()):
            continue
        key = hit.targets[0]
        value[key] += 4 if head else 1
        forms.setdefault(key, []).append(hit.surface)
    if not value:
        return None
    best = value.most_common(1)[0][0]
    related = [f for key in forms if key == best or key.startswith(best) for f in forms[key]]
    return _written(max(related, key=lambda f: (len(name_words(f)), len(f))))


def _is_head(text: str, blocks: Sequence[Block], hit: GazetteerHit) -> bool:
    """Whether the hit stands in a headline, or opens its line as a dateline does ("PROMOZIONE - ...")."""
    line = text.rfind("\n", 0, hit.start) + 1
    opens = not re.search(r"\w", text[line : hit.start])
    parted = re.match(r"\s*(?:[-–—|,:.(]|girone\b|$|\n)", text[hit.end : hit.end + 10])
    if opens and parted:
        return True
    block = next((b for b in blocks if b.start <= hit.start < b.end), None)
    return block is not None and block.kind in ("title", "heading") and not hit.doubtful


def _written(name: str) -> str:
    """A name in capitals in normal case: "SERIE A WOMEN" as "Serie A Women"."""
    return title_case(name) if name.isupper() and len(name) > 3 else name


# --- the ground


def venue(
    text: str,
    blocks: Sequence[Block],
    spans: Sequence[Span],
    hits: Sequence[GazetteerHit],
    rows: Sequence[Row],
    sides: Sides,
) -> str | None:
    """The ground: what the text calls a stadium, a known one of the home side, or a name after "al"."""
    table = _lexicon()["venue"]
    taken = [(i.start, i.end) for row in rows for i in row.items if i.kind in ("person", "team", "time")]
    best: tuple[float, str] | None = None
    for start, end in spans:
        for value, name, at in _grounds(text, start, end, hits, sides, table, taken):
            if tells("elsewhere", near=_clause_up_to(text, at).lower()):
                continue
            if best is None or value > best[0] + 0.01:
                best = (value, name)
    return best[1] if best is not None and best[0] >= 1.0 else None


def _grounds(
    text: str,
    start: int,
    end: int,
    hits: Sequence[GazetteerHit],
    sides: Sides,
    table: dict[str, Any],
    taken: Sequence[Span],
) -> list[tuple[float, str, int]]:
    """Places that may name the ground: value, name, offset."""
    found: list[tuple[float, str, int]] = []
    at_words = "|".join(re.escape(w).replace("'", "['’]") for w in sorted(table["at"], key=len, reverse=True))
    article = re.compile(rf"(?:^|(?<=[^\w]))(?:{at_words}|a)\s*[«\"“]?$", re.IGNORECASE)
    for hit in hits:
        if not start <= hit.start < end or hit.sense("stadium", "nation_stadium") is None:
            continue
        sense = hit.sense("stadium", "nation_stadium")
        own = bool(sense and set(sense.targets) & sides.home.known)
        others = bool(sense and set(sense.targets) & sides.away.known) and not own
        if hit.kind not in ("stadium", "nation_stadium") and not own:
            continue
        if not article.search(text[max(0, hit.start - 12) : hit.start]) and not _after_noun(
            text, hit.start, table
        ):
            continue
        if any(s <= hit.start < e for s, e in taken) and not own:
            continue
        found.append((1.5 if others else 4.0 if own else 3.0, hit.surface, hit.start))
    nouns = "|".join(sorted(table["called"], key=len, reverse=True))
    called = re.compile(
        rf"(?<!in )(?i:\b({nouns}))((?:\s+(?:comunale|olimpico|sportivo|municipale|civico))?)"
        r"(?:\s+(?:di|del|della|dello|dei|intitolato a|dell['’]))?\s*[«\"“]?"
        r"((?:[A-ZÀ-Þ]\.\s?)?[A-ZÀ-Þ][\w'’-]+(?:\s+(?:d[ei]l?(?:la)?\s+)?[A-ZÀ-Þ][\w'’-]+){0,3})"
    )
    for match in called.finditer(text, start, end):
        whole = match[1].lower() == "stadio"
        bare = (text[match.start(1) : match.end(3)] if whole else match[3]).strip(' .,;»”"')
        if set(name_words(match[3])) & {*sides.home.words, *sides.away.words}:
            continue  # "sul campo del Borgo"
        found.append((3.5, bare.replace("«", "").replace("“", "").replace('"', ""), match.start()))
    for match in re.finditer(
        r"(?<!\w)(?:[Aa]l|[Nn]el|[Dd]el|[Ii]l|[–—|])\s((?:[Cc]omunale|[Pp]olisportivo)(?:\sdi\s[A-ZÀ-Þ]\w+)?)(?!\s[A-ZÀ-Þ])",
        text[start:end],
    ):
        if match[1][0].isupper() or " di " in match[1]:
            found.append((2.0, match[1], start + match.start(1)))
    quoted = re.compile(rf"(?i:\b(?:{at_words}))\s*[«\"“]([A-ZÀ-Þ][\w'’. -]{{2,30}})[»\"”]")
    for match in quoted.finditer(text, start, end):
        found.append((3.2, match[1].strip(), match.start(1)))
    named = re.compile(
        r"(?<![\w'’])(?:(?i:al|allo|all['’]|dal|dall['’]|dallo|nel|del|dell['’]|sul))\s?"
        r"((?:[A-ZÀ-Þ][\w’'-]+)(?:\s+(?:[A-ZÀ-Þ][\w’'-]+))*)(\s+d(?:i|['’])\s*[A-ZÀ-Þ]\w+)?"
    )
    blocked = [h.span for h in hits if h.kind not in ("stadium", "nation_stadium") and not h.doubtful]
    counted: Counter[str] = Counter(m[1] for m in named.finditer(text, start, end))
    for match in named.finditer(text, start, end):
        span = match.span(1)
        name = match[1]
        words = name.split()
        if words[0] in table["never"] or (name.isupper() and len(name) < 4):
            continue
        if any(s < span[1] and span[0] < e for s, e in blocked):
            continue
        person = any(s < span[1] and span[0] < e for s, e in taken)
        value = 0.0
        opening = text[match.start() : span[0]].strip().lower()
        if opening in ("al", "allo", "all'", "all’", "dal", "dall'", "dall’"):
            value += 0.8
        begins = not re.search(
            r"[^\s«\"“]", text[max(start, text.rfind("\n", 0, match.start()) + 1) : match.start()][-1:] or ""
        )
        if text[max(0, match.start() - 2) : match.start()].strip() in ("", ".", ":", "!", "?") and begins:
            value += 0.3
        if match[2] and not person:
            value += 0.8
        if words[-1].lower() in table["grounds"] or words[0].lower() in table["grounds"]:
            value += 1.2
        if _after_noun(text, match.start(), table):
            value += 0.7
        value += 0.2 * min(2, counted[name] - 1)
        if person:
            value -= 1.5
        found.append((value, name, span[0]))
    return found


def _after_noun(text: str, at: int, table: dict[str, Any]) -> bool:
    """Whether "stadio", "il tabellone", "la curva"... stands right before."""
    before = text[max(0, at - 30) : at].lower()
    return bool(
        re.search(rf"\b(?:{'|'.join(table['nouns'])})\s+(?:d(?:el|ello|ella|ell['’]|i)\s*)?$", before)
    )


def _clause_up_to(text: str, at: int) -> str:
    """The sentence of a character from its last semicolon or colon up to the next comma."""
    start = max(text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "\n", ";", ":", " – "))
    ends = [e for e in (text.find(mark, at) for mark in (". ", "! ", "? ", "\n", ";", ":", ",")) if e >= 0]
    return text[start + 1 : min(ends, default=len(text))]


def share(records: Sequence[Record]) -> None:
    """Matches of the same two sides in one text (a tie and its replay, two legs) complete each other.

    A coach or a competition told for one holds for the other; so does the ground where the home side is
    the same.  Neighbours in a roundup share nothing but what the text says of all.
    """
    for one in records:
        for other in records:
            if one is other or one.match.home.name is None or one.match.away.name is None:
                continue
            if (one.match.home.name, one.match.away.name) != (other.match.home.name, other.match.away.name):
                continue
            for mine, theirs in ((one.match.home, other.match.home), (one.match.away, other.match.away)):
                if mine.coach is None or (
                    theirs.coach and set(name_words(mine.coach)) < set(name_words(theirs.coach))
                ):
                    mine.coach = theirs.coach
            one.match.competition = one.match.competition or other.match.competition
            one.match.venue = one.match.venue or other.match.venue
