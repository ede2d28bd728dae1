"""From a report and its analysis to the records of its matches."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.actions import EventMention
from matchcli.extraction.boxscore import find_boxscore
from matchcli.extraction.fixtures import Fixture, Stretch, find_fixtures, split_matches
from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit, load
from matchcli.extraction.items import Chunk, ItemKind, Row, build_row
from matchcli.extraction.mentions import BoxEntry, BoxScore, Span, TimeMention
from matchcli.extraction.persons import Person, aliases, cluster, gather_namings
from matchcli.extraction.references import PersonRef, TeamRef, find_references
from matchcli.extraction.scores import find_scores
from matchcli.extraction.telling import tell
from matchcli.extraction.when import find_times
from matchcli.language.annotation import Annotation
from matchcli.reading.report import Report
from matchcli.record import Match, Record, Side
from matchcli.timeline import header
from matchcli.timeline.assemble import to_records
from matchcli.timeline.guess import fullest, guess_sides
from matchcli.timeline.lineups import box_persons, find_person
from matchcli.timeline.merge import Evidence, MatchEvent, merge, merge_goals
from matchcli.timeline.resolve import resolve_events
from matchcli.timeline.sides import SideNetwork, opposite
from matchcli.timeline.staff import find_staff, place_coaches
from matchcli.timeline.story import Story, Told
from matchcli.timeline.teams import Sides, TeamIdentity, identity

PLACE_KINDS = (
    "club_name", "club_alias", "club_nickname", "nation_name", "nation_nickname", "stadium",
    "competition", "city", "region", "area", "round", "nation_stadium",
)  # fmt: skip


@dataclass(slots=True)
class MatchText:
    """One match of a report: its stretch of text and what stands there."""

    report: Report
    start: int
    end: int
    home: TeamIdentity
    away: TeamIdentity
    fixture: Fixture | None = None
    box: BoxScore | None = None
    rows: list[Row] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)


class Part:
    """The stretches of a report that tell one match."""

    def __init__(
        self, stretches: Sequence[Stretch], fixtures: Sequence[Fixture], aside: Sequence[Span] = ()
    ) -> None:
        self.aside = aside
        self.spans: list[Span] = [(s.start, s.end) for s in stretches]
        self.start = self.spans[0][0]
        self.end = self.spans[-1][1]
        inside = [f for f in fixtures if self.holds(f.span[0]) and f.home and f.away and f.certain]
        self.fixture = next((s.fixture for s in stretches if s.fixture is not None), None)
        if self.fixture is None and inside:
            scored = [f for f in inside if f.score is not None]
            self.fixture = next((f for f in scored if f.title), (scored or inside)[0])

    def holds(self, position: int) -> bool:
        """Whether the character at ``position`` belongs to this match."""
        return any(start <= position < end for start, end in self.spans)


def build(report: Report, annotation: Annotation) -> list[Record]:
    """The records of the matches that a report tells, in text order; empty when it tells none."""
    gazetteer = load()
    text = report.text
    hits = gazetteer.find(text)
    fixtures = find_fixtures(text, report.blocks)
    parts: dict[int, list[Stretch]] = {}
    aside: list[Span] = []
    for stretch in split_matches(text, report.blocks, fixtures):
        if stretch.role != "report":
            aside.append((stretch.start, stretch.end))
        if stretch.role == "report" and stretch.match is not None:
            parts.setdefault(stretch.match, []).append(stretch)
    records: list[Record] = []
    for stretches in parts.values():
        record = _build_match(report, annotation, Part(stretches, fixtures, aside), hits, gazetteer)
        if record is not None:
            record.source.match = len(records)
            records.append(record)
    header.share(records)
    return records


def _build_match(
    report: Report,
    annotation: Annotation,
    part: Part,
    hits: Sequence[GazetteerHit],
    gazetteer: Gazetteer,
) -> Record | None:
    text = report.text
    start, end = part.start, part.end
    all_hits = hits
    hits = [h for h in hits if part.holds(h.start)]
    box = find_boxscore(text, report.blocks, start, end)
    fixture = part.fixture
    pair = _teams(text, hits, start, end, fixture, box, gazetteer)
    if pair is None:
        return None
    sides = Sides(fullest(pair[0], hits), fullest(pair[1], hits), gazetteer)
    rows, people, times = read_rows(report, annotation, part, hits, box, sides, gazetteer)
    network = SideNetwork()
    box_people = box_persons(box, people, network)
    story = Story(rows, sides, network, staff=set())
    for person in box_people:
        person.trait("plays").add("line-up")
    live = {n for n, b in enumerate(report.blocks) if b.kind == "live"}
    telling = tell(rows, live)
    staff = find_staff(
        rows, sides, text, story.meaning, network,
        hits=all_hits, box=box, cues=telling.cues, events=telling.events, aside=part.aside,
    )  # fmt: skip
    _mark_players(rows, staff.people)
    story.staff = staff.people
    _share_line_times(telling.events, rows, live)
    told = resolve_events(rows, telling, story, sides, network)
    coaches = place_coaches(staff.coaches, network, staff.near)
    for side, coach in coaches.items():
        network.tell(coach, side, 0.6)
    match = header.read_header(
        text, report.blocks, part.spans, hits, all_hits, rows, sides,
        fixture=fixture, box=box, coaches=coaches, referee=staff.referee,
    )  # fmt: skip
    events, dropped = _merge(told, box, people, sides, network, story, match, report)
    return to_records(report, (start, end), match, events, dropped, times, rows, sides, network)


def _teams(
    text: str,
    hits: Sequence[GazetteerHit],
    start: int,
    end: int,
    fixture: Fixture | None,
    box: BoxScore | None,
    gazetteer: Gazetteer,
) -> tuple[TeamIdentity, TeamIdentity] | None:
    """The sides: from the fixture, from the line-ups, or the two clubs that the text is about."""
    if fixture is not None and fixture.home and fixture.away:
        return identity(fixture.home, gazetteer), identity(fixture.away, gazetteer)
    if box is not None and box.fixture is not None:
        return identity(box.fixture[0], gazetteer), identity(box.fixture[1], gazetteer)
    if box is not None and len(box.teams) == 2 and box.teams[0].name and box.teams[1].name:
        return identity(box.teams[0].name, gazetteer), identity(box.teams[1].name, gazetteer)
    return guess_sides(text, hits, start, end, gazetteer)


def read_rows(
    report: Report,
    annotation: Annotation,
    part: Part,
    hits: Sequence[GazetteerHit],
    box: BoxScore | None,
    sides: Sides,
    gazetteer: Gazetteer,
) -> tuple[list[Row], list[Person], list[TimeMention]]:
    """The rows of a stretch, its persons and its time expressions."""
    text = report.text
    start, end = part.start, part.end
    here = Annotation(tuple(s for s in annotation.sentences if part.holds(s.start)))
    own_names = sides.name_spans(text, start, end)
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
    namings = gather_namings(text, here, known, blocked)
    persons, places = cluster(namings, aliases(text, namings))
    references = find_references(text, hits, places, gazetteer, [s for s, _ in own_names])
    side_of_name = dict(own_names)
    for team in references.teams:
        side = side_of_name.get((team.start, team.end))
        if side is not None:
            team.side = side
    references.persons = [r for r in references.persons if part.holds(r.start)]
    times = [t for t in find_times(text, start, end) if part.holds(t.span[0])]
    chunks = _chunks(references.persons, references.teams, times, list(find_scores(text[start:end])), start)
    rows = [
        build_row(sentence, index, text, chunks)
        for index, sentence in enumerate(here.sentences)
        if report.blocks[sentence.block].kind != "box"
    ]
    return rows, persons, times


def _name_span(text: str, within: Span, name: str) -> Span | None:
    at = text.find(name, *within)
    return (at, at + len(name)) if at >= 0 else None


def _chunks(
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


def _mark_players(rows: Sequence[Row], staff: set[Person]) -> None:
    for person in staff:
        person.trait("staff").add("staff")


def _share_line_times(events: Sequence[EventMention], rows: Sequence[Row], live: Container[int]) -> None:
    """In live text the minute at the head of a line holds for all that the line tells."""
    heads: dict[int, TimeMention] = {}
    for row in rows:
        if row.block in live and row.block not in heads:
            first = next((i.reference for i in row.items[:8] if i.kind == "time"), None)
            if first is not None:
                heads[row.block] = first
    for event in events:
        if not event.times and event.row.block in heads:
            event.times = [heads[event.row.block]]


def _merge(
    told: Sequence[Told],
    box: BoxScore | None,
    people: list[Person],
    sides: Sides,
    network: SideNetwork,
    story: Story,
    match: Match,
    report: Report,
) -> tuple[list[MatchEvent], list[MatchEvent]]:
    events: list[MatchEvent] = []
    for item in told:
        mention = item.mention
        kind = report.blocks[mention.row.block].kind
        source = "title" if kind in ("title", "heading") else "prose"
        if source == "title" and mention.type != "goal":
            continue
        if "aside" in mention.flags:
            continue
        evidence = Evidence(
            span=(mention.start, mention.end),
            times=mention.times,
            order=source == "prose" and "flashback" not in mention.flags,
            source=source,
            weight=mention.weight,
            score=mention.score,
        )
        confidence = min(0.95, 0.45 + 0.4 * mention.weight) * (item.confidence if item.player else 0.7)
        events.append(
            MatchEvent(
                type=mention.type,
                player=item.player,
                other=item.other,
                assist=item.assist,
                team=item.team,
                outcome=mention.outcome,
                qualifiers=set(mention.qualifiers),
                evidence=[evidence],
                flags=set(mention.flags),
                confidence=confidence,
            )
        )
    listed = [_of_box(entry, people, network) for entry in (box.entries if box is not None else [])]
    goals = merge([e for e in events + listed if e.type == "goal"])
    final = (match.score.home, match.score.away)
    box_goals = [e for e in listed if e.type == "goal"]
    complete = bool(box_goals) and (None in final or len(box_goals) == (final[0] or 0) + (final[1] or 0))
    goals, dropped = merge_goals(goals, complete_box=complete)
    goals = [g for g in goals if g.sources != {"title"} or (g.player is not None)]
    rest = merge([e for e in events + listed if e.type != "goal"])
    return goals + rest, dropped


def _of_box(entry: BoxEntry, people: list[Person], network: SideNetwork) -> MatchEvent:
    side: Side | None = None if entry.team is None else ("home" if entry.team == 0 else "away")
    own = "own_goal" in entry.qualifiers
    wanted = opposite(side) if side and own else side
    player = find_person(people, entry.player, wanted, network) if entry.player else None
    other = find_person(people, entry.other, wanted, network) if entry.other else None
    if entry.player and player is None:
        player = Person(name=entry.player, forms={entry.player})
        people.append(player)
    if entry.other and other is None:
        other = Person(name=entry.other, forms={entry.other})
        people.append(other)
    if side is None and player is not None:
        side = network.side(player)
        if side is not None and own:
            side = opposite(side)
    return MatchEvent(
        type=entry.type,
        player=player,
        other=other,
        team=side,
        qualifiers=set(entry.qualifiers),
        evidence=[
            Evidence(entry.span, [entry.time] if entry.time else [], order=False, source="box", weight=0.9)
        ],
        confidence=0.95,
    )
