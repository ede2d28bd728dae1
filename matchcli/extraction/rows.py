"""The rows of one match: its sentences with persons, teams, times and scores as single items."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit
from matchcli.extraction.items import Chunk, ItemKind, Row, build_row
from matchcli.extraction.mentions import BoxScore, Span, TimeMention
from matchcli.extraction.persons import Person, aliases, cluster, gather_namings
from matchcli.extraction.references import SIDE_ADJECTIVE_KINDS, PersonRef, TeamRef, find_references
from matchcli.extraction.scores import find_scores
from matchcli.extraction.when import find_times
from matchcli.language.annotation import Annotation
from matchcli.reading.report import Report
from matchcli.record import Side

#: What names a place or a club: no person's name stands inside.
PLACE_KINDS = (
    "club_name", "club_alias", "club_nickname", "nation_name", "nation_nickname", "stadium",
    "competition", "city", "region", "area", "round", "nation_stadium",
)  # fmt: skip


def read_rows(
    report: Report,
    annotation: Annotation,
    holds: Callable[[int], bool],
    start: int,
    end: int,
    hits: Sequence[GazetteerHit],
    box: BoxScore | None,
    own_names: Sequence[tuple[Span, Side]],
    gazetteer: Gazetteer,
) -> tuple[list[Row], list[Person], list[TimeMention]]:
    """The rows of a match, its persons and its time expressions.

    ``holds`` says which characters between ``start`` and ``end`` belong to the match; ``own_names`` are
    the places that name its two sides.
    """
    text = report.text
    here = Annotation(tuple(s for s in annotation.sentences if holds(s.start)))
    listed: list[Span | None] = []
    if box is not None:
        listed = [p.span for team in box.teams for p in team.players]
        listed += [_name_span(text, e.span, n) for e in box.entries for n in (e.player, e.other) if n]
    known = [s for s in listed if s is not None]
    blocked = [
        (h.start, h.end)
        for h in hits
        if h.kind in PLACE_KINDS and not h.doubtful and not any(s <= h.start and h.end <= e for s, e in known)
    ] + [span for span, _ in own_names]
    # "Belgi avanti": a plural at the head of a sentence is a side, however much like a name it looks
    blocked += [
        (h.start, h.end)
        for h in hits
        if h.kind in SIDE_ADJECTIVE_KINDS and not h.doubtful and h.senses[0].number == "p"
    ]
    namings = gather_namings(text, here, known, blocked)
    persons, places = cluster(namings, aliases(text, namings))
    references = find_references(text, hits, places, gazetteer, [s for s, _ in own_names])
    side_of_name = dict(own_names)
    for team in references.teams:
        side = side_of_name.get((team.start, team.end))
        if side is not None:
            team.side = side
    references.persons = [r for r in references.persons if holds(r.start)]
    times = [t for t in find_times(text, start, end) if holds(t.span[0])]
    chunks = chunks_of(references.persons, references.teams, times, list(find_scores(text[start:end])), start)
    rows = [
        build_row(sentence, index, text, chunks)
        for index, sentence in enumerate(here.sentences)
        if report.blocks[sentence.block].kind != "box"
    ]
    for ref in references.persons:
        if len(ref.people) == 1:
            learn(ref.people[0], ref)
    return rows, persons, times


def learn(person: Person, ref: PersonRef) -> None:
    """What the words of a reference tell of the person whom it means: his role, country, number, age."""
    for kind in ("nation", "place", "number", "age", "group", "staff"):
        if ref.traits.get(kind):
            person.trait(kind).update(ref.traits[kind])


def _name_span(text: str, within: Span, name: str) -> Span | None:
    at = text.find(name, *within)
    return (at, at + len(name)) if at >= 0 else None


def chunks_of(
    persons: Sequence[PersonRef],
    teams: Sequence[TeamRef],
    times: Sequence[TimeMention],
    scores: Sequence[tuple[Span, tuple[int, int]]],
    offset: int,
) -> list[Chunk]:
    chunks: list[Chunk] = []

    def add(start: int, end: int, kind: ItemKind, reference: object) -> None:
        if not any(c.start < end and start < c.end for c in chunks):
            chunks.append(Chunk(start, end, kind, reference))

    for ref in persons:
        if ref.named:
            add(ref.start, ref.end, "person", ref)
    for time in times:
        add(time.span[0], time.span[1], "time", time)
    for ref in persons:
        add(ref.start, ref.end, "person", ref)
    for team in teams:
        add(team.start, team.end, "team", team)
    for (start, end), value in scores:
        add(start + offset, end + offset, "score", value)
    return sorted(chunks, key=lambda c: c.start)
