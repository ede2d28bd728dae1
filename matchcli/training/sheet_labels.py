"""What the sheet reader is to say of an annotated text: who and what is named where, what scores say, where
another match begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.mentions import Span
from matchcli.extraction.reader.encoding import tokens_in
from matchcli.extraction.reader.model import FIGURES
from matchcli.extraction.reader.sheet_encoding import SheetText
from matchcli.timeline.match_text import WholeText
from matchcli.training.reports import AnnotatedReport, GoldMatch

#: Words of clubs' names that say too little to stand for the club alone.
COMMON_WORDS = frozenset(
    [
        *(
            "real",
            "virtus",
            "calcio",
            "sporting",
            "pro",
            "nuova",
            "nuovo",
            "atletico",
            "polisportiva",
            "citta",
        ),
        *("città", "femminile", "women", "primavera", "unione", "union", "juventus", "san", "santa", "sant"),
        *("under", "alta", "alto", "club", "sport", "sportiva", "olimpia", "dinamo", "audax", "vigor"),
        *("libertas", "fortitudo", "del", "della", "di"),
    ]
)
_GROUND = re.compile(r"(?i)^(stadio|campo|comunale|arena|estadio)\s+")
#: Tokens before and after a score that are looked at for the match that it belongs to.
_CONTEXT = (25, 15)
#: Names that tell whose match a passage tells; a competition or a ground may be several matches'.
_TELLING_NAMES = frozenset({"home", "away", "player", "coach"})


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A place where something of an annotation's head is named; ``form`` is how, ``match`` whose it is if any's."""

    span: Span
    kind: str
    form: str
    match: int | None


@dataclass(slots=True)
class SheetLabels:
    """The labels of a text, by tokens.

    ``tags`` are names in `SHEET_TAGS`; ``opens`` says of units, by their first tokens, whether they
    begin another match than the text told before; ``figures`` what scores say, as numbers in
    `FIGURES`; ``extra_time`` is None where several matches are told.
    """

    tags: list[str]
    opens: dict[int, bool] = field(default_factory=dict)
    figures: dict[int, int] = field(default_factory=dict)
    extra_time: bool | None = None
    matches: int = 1


def sheet_labels(report: AnnotatedReport, whole: WholeText, encoded: SheetText) -> SheetLabels:
    """The labels of an annotated text."""
    places = sorted(name_places(report), key=lambda p: (p.span, p.kind, p.match or 0))
    named: list[set[int]] = [set() for _ in encoded.tokens]
    for place in places:
        tokens = tokens_in(place.span, encoded.tokens)
        if tokens and place.match is not None and place.kind in _TELLING_NAMES:
            named[tokens[0]].add(place.match)
    told = _told_matches(report, encoded)
    single = next(iter(report.matches.values())) if len(report.matches) == 1 else None
    return SheetLabels(
        tags=tag_names(places, whole, encoded),
        opens=label_openings(encoded, named, told) if single is None else dict.fromkeys(encoded.units, False),
        figures=label_figures(report, encoded, named, told),
        extra_time=None if single is None else single.extra_time,
        matches=len(report.matches),
    )


# --- names


def name_places(report: AnnotatedReport) -> list[NamePlace]:
    """Where the clubs, persons, competitions and grounds of the head are named; the longest of overlapping names."""
    found = [
        NamePlace(span, kind, form, number)
        for kind, form, number in _forms(report)
        for span in occurrences(report.text, form)
    ]
    kept: list[NamePlace] = []
    found.sort(key=lambda p: (p.span[0] - p.span[1], -len(p.form)))
    for place in found:
        start, end = place.span
        if not any(start < other.span[1] and other.span[0] < end for other in kept):
            kept.append(place)
    return kept


def _forms(report: AnnotatedReport) -> Iterator[tuple[str, str, int | None]]:
    """Kind, form and match of everything that the heads name, in every form that the text may use.

    Of equally long names that stand in one place the first is meant.
    """
    for number, match in report.matches.items():
        yield from (("player", form, number) for name in match.everyone() for form in person_forms(name))
    for number, match in report.matches.items():
        yield from (("coach", form, number) for name in match.coaches.values() for form in person_forms(name))
    for number, match in report.matches.items():
        yield from (("referee", form, number) for form in person_forms(match.referee or ""))
    for number, match in report.matches.items():
        yield from ((kind, name, number) for kind, name in _occasion(match))
    for number, match in report.matches.items():
        yield from (("home", form, number) for form in club_forms(match.home, match.away))
        yield from (("away", form, number) for form in club_forms(match.away, match.home))
        short = _GROUND.sub("", match.venue or "")
        if short != match.venue and len(short) > 3:
            yield "venue", short, number
    for name in report.others:
        yield from (("person", form, None) for form in person_forms(name))


def _occasion(match: GoldMatch) -> Iterator[tuple[str, str]]:
    if match.competition:
        yield "competition", match.competition
    if match.venue:
        yield "venue", match.venue


def occurrences(text: str, form: str) -> Iterator[Span]:
    """Where a name stands as whole words, as it is written or in capitals."""
    for written in dict.fromkeys((form, form.upper())):
        pattern = re.sub("['’]", "['’]", re.escape(written).replace(r"\ ", r"\s+"))
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            yield found.span()


def club_forms(name: str, other: str) -> list[str]:
    """A club's name, and the parts of it that mean it beside the other side's name."""
    words = re.findall(r"[^\W\d_][\w'’-]*", name)
    others = {word.lower() for word in re.findall(r"\w+", other)}
    forms = [name]
    if len(words) > 1:
        forms += [
            word
            for word in words
            if len(word) >= 4
            and word[0].isupper()
            and word.lower() not in COMMON_WORDS
            and word.lower() not in others
        ]
    if len(words) > 2:
        forms += [" ".join(words[:2]), " ".join(words[1:])]
    return forms


def person_forms(name: str) -> list[str]:
    """A person's name, each word of it that may stand alone, and all but the first word."""
    words = name.split()
    if len(words) < 2:
        return words
    alone = [word for word in words if len(word.strip(".")) >= 3 and word[0].isupper()]
    return [name, *alone, " ".join(words[1:])]


def tag_names(places: Sequence[NamePlace], whole: WholeText, encoded: SheetText) -> list[str]:
    """The tags; clubs and nations of the gazetteer that play in none of the matches are ``team``."""
    tags = ["O"] * len(encoded.tokens)
    for place in places:
        for turn, token in enumerate(tokens_in(place.span, encoded.tokens)):
            if tags[token] == "O":
                tags[token] = f"{'I' if turn else 'B'}-{place.kind}"
    for hit in whole.hits:
        if hit.kind not in ("club_name", "nation_name") or hit.doubtful:
            continue
        tokens = tokens_in((hit.start, hit.end), encoded.tokens)
        if all(tags[token] == "O" for token in tokens):
            for turn, token in enumerate(tokens):
                tags[token] = f"{'I' if turn else 'B'}-team"
    return tags


# --- matches


def _told_matches(report: AnnotatedReport, encoded: SheetText) -> list[set[int]]:
    """For every token the matches that marks tell there, each mark at its first token."""
    match_of = {event.id: event.match for event in report.events}
    told: list[set[int]] = [set() for _ in encoded.tokens]
    for mark in report.tellings:
        for token in tokens_in((mark.start, mark.end), encoded.tokens)[:1]:
            told[token] |= {match_of[number] for number in mark.ids if number in match_of}
    for meaning in report.meanings:
        if meaning.side is not None and meaning.match is not None:
            for token in tokens_in((meaning.start, meaning.end), encoded.tokens)[:1]:
                told[token].add(meaning.match)
    return told


def label_openings(
    encoded: SheetText, named: Sequence[set[int]], told: Sequence[set[int]]
) -> dict[int, bool]:
    """The units that tell one match and no other: whether the unit before them told another.

    Events and marked sides count, names only where there are none.
    """
    opens: dict[int, bool] = {}
    last: int | None = None
    for unit, end in zip(encoded.units, [*encoded.units[1:], len(encoded.tokens)], strict=True):
        marked: set[int] = set().union(*told[unit:end])
        by_name: set[int] = set().union(*named[unit:end])
        matches = marked or by_name
        if len(matches) == 1:
            match = next(iter(matches))
            opens[unit] = match != last
            last = match
    return opens


# --- scores


def label_figures(
    report: AnnotatedReport, encoded: SheetText, named: Sequence[set[int]], told: Sequence[set[int]]
) -> dict[int, int]:
    """What each score says of its match: of several that match which is told most, and nearest, around it."""
    figures: dict[int, int] = {}
    for token, goals in encoded.scores.items():
        number: int | None = None
        if len(report.matches) == 1:
            number = next(iter(report.matches))
        else:
            weights: defaultdict[int, float] = defaultdict(float)
            for n in range(max(0, token - _CONTEXT[0]), min(len(named), token + _CONTEXT[1])):
                for match in named[n] | told[n]:
                    weights[match] += 1 / (1 + abs(n - token))
            number = max(weights, key=lambda m: (weights[m], -m), default=None)
        figures[token] = FIGURES.index(figure(goals, report.matches[number]) if number is not None else None)
    return figures


def figure(goals: tuple[int, int], match: GoldMatch) -> str | None:
    """What a score as it stands in the text says of a match; None for a score of a moment."""
    for kind, score in (("final", match.score), ("shootout", match.shootout), ("half", match.half_time)):
        if score is None:
            continue
        if goals == score:
            return kind
        if goals == score[::-1]:
            return f"{kind}_away_first"
    return None
