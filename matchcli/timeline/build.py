"""From a report and its analysis to the records of its matches."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import preposition
from matchcli.extraction.boxscore import find_boxscore
from matchcli.extraction.fixtures import Fixture, Stretch, find_fixtures, split_matches
from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit, load
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Chunk, Row, build_row
from matchcli.extraction.mentions import BoxEntry, BoxScore, Span, TimeMention
from matchcli.extraction.persons import Person, aliases, cluster, gather_namings, name_words
from matchcli.extraction.references import PersonRef, TeamRef, find_references
from matchcli.extraction.scores import find_scores
from matchcli.extraction.telling import Telling, Tie, tell
from matchcli.extraction.when import find_times
from matchcli.language.annotation import Annotation
from matchcli.reading.report import Report
from matchcli.record import Match, Record, Score, Side, Source, Tally, Team, Warning_
from matchcli.timeline import header
from matchcli.timeline.assemble import place_events, to_records
from matchcli.timeline.merge import Evidence, MatchEvent, absorb_shots, merge, merge_goals
from matchcli.timeline.sides import SideNetwork
from matchcli.timeline.staff import find_staff, place_coaches
from matchcli.timeline.story import Story, Told, tie_events
from matchcli.timeline.teams import Sides, TeamIdentity, guess_sides, identity

PLACE_KINDS = (
    "club_name", "club_alias", "club_nickname", "nation_name", "nation_nickname", "stadium", "competition", "city",
    "region", "area", "round", "nation_stadium",
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

    def __init__(self, stretches: Sequence[Stretch], fixtures: Sequence[Fixture]) -> None:
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
    for stretch in split_matches(text, report.blocks, fixtures):
        if stretch.role == "report" and stretch.match is not None:
            parts.setdefault(stretch.match, []).append(stretch)
    records: list[Record] = []
    for stretches in parts.values():
        record = _build_match(report, annotation, Part(stretches, fixtures), hits, gazetteer)
        if record is not None:
            record.source.match = len(records)
            records.append(record)
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
    sides = Sides(*pair, gazetteer)
    rows, people, times = read_rows(report, annotation, part, hits, box, sides, gazetteer)
    network = SideNetwork()
    box_people = _box_persons(box, people, network)
    story = Story(rows, sides, network, staff=set())
    for person in box_people:
        person.trait("plays").add("line-up")
    live = {n for n, b in enumerate(report.blocks) if b.kind == "live"}
    telling = tell(rows, live)
    staff = find_staff(
        rows, sides, text, story.meaning, network,
        hits=hits, box=box, cues=telling.cues, events=telling.events,
    )  # fmt: skip
    _mark_players(rows, staff.people)
    story.staff = staff.people
    told = _resolve(rows, telling, story, sides, network, live)
    coaches = place_coaches(staff.coaches, network)
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
    known = []
    if box is not None:
        known = [p.span for team in box.teams for p in team.players]
        known += [_name_span(text, e.span, n) for e in box.entries for n in (e.player, e.other) if n]
    known = [s for s in known if s is not None]
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


def _chunks(persons, teams, times, scores, offset: int) -> list[Chunk]:
    chunks: list[Chunk] = []

    def add(start: int, end: int, kind, reference) -> None:
        if not any(c.start < end and start < c.end for c in chunks):
            chunks.append(Chunk(start, end, kind, reference))

    for ref in persons:
        if ref.named:
            add(ref.start, ref.end, "person", ref)
    for time in times:
        add(*time.span, "time", time)
    for ref in persons:
        add(ref.start, ref.end, "person", ref)
    for ref in teams:
        add(ref.start, ref.end, "team", ref)
    for (start, end), value in scores:
        add(start + offset, end + offset, "score", value)
    return sorted(chunks, key=lambda c: c.start)


def find_person(
    people: Sequence[Person], name: str, team: Side | None, network: SideNetwork | None
) -> Person | None:
    """The person that a box score's name means."""
    exact = [p for p in people if name in p.forms or name_words(name) == name_words(p.name)]
    from matchcli.extraction.persons import compatible

    fits = exact or [p for p in people if compatible(name_words(name), p.words)]
    if len(fits) > 1 and team is not None and network is not None:
        own = [p for p in fits if network.side(p) == team]
        fits = own or fits
    return fits[0] if fits else None


def _box_persons(box: BoxScore | None, people: list[Person], network: SideNetwork) -> list[Person]:
    """Sides of all who stand in the line-ups; a name that no one has yet becomes a person."""
    if box is None:
        return []
    found: list[Person] = []
    for number, team in enumerate(box.teams[:2]):
        side: Side = "home" if number == 0 else "away"
        for place, player in enumerate(team.players):
            person = find_person(people, player.name, None, None)
            if person is None or (
                person in found and network._known.get(person, 0) * (1 if side == "home" else -1) < 0
            ):
                person = Person(name=player.name, forms={player.name})
                people.append(person)
            network.tell(person, side, 3.0)
            found.append(person)
            if place == 0 and player.starter:
                person.trait("group").add("goalkeeper")
    for entry in box.entries:
        if entry.player and entry.team is not None:
            person = find_person(people, entry.player, None, None)
            if person is None:
                person = Person(name=entry.player, forms={entry.player})
                people.append(person)
            own = "own_goal" in entry.qualifiers
            side = "home" if (entry.team == 0) != own else "away"
            network.tell(person, side, 1.5)
            found.append(person)
    network.settle()
    return found


def _mark_players(rows: Sequence[Row], staff: set[Person]) -> None:
    for person in staff:
        person.trait("staff").add("staff")


def _resolve(
    rows: Sequence[Row], telling: Telling, story: Story, sides: Sides, network: SideNetwork, live: Container[int]
) -> list[Told]:
    """Event mentions with their persons; twice, because the first round teaches the sides."""
    _share_line_times(telling.events, rows, live)
    _tie_rows(rows, story, sides, network)
    told: list[Told] = []
    for round_ in (1, 2):
        told = [_resolve_one(m, story) for m in telling.events]
        if round_ == 1:
            _tie_references(telling.ties, story, sides, network)
            _tie_coaches(rows, story, network, told)
            tie_events(
                network, [t for t in told if t.player is None or t.mention.player is not None], sides, story
            )
            network.settle()
            story.came_on = [
                (t.mention.start, t.player) for t in told if t.mention.type == "substitution" and t.player
            ]
            _mark_keepers(telling.cues, story)
            story.set_keepers(_keepers(story, network, told))
    network.settle()
    for event in told:
        event.team = _team_of(event, sides, network)
    return told


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


def _tie_rows(rows: Sequence[Row], story: Story, sides: Sides, network: SideNetwork) -> None:
    """What the words around a name tell of his side: "il portiere dei kazaki X", "X per i granata"."""
    for row in rows:
        for item in row.items:
            if item.kind != "person":
                continue
            person = story.meaning.get(id(item.reference))
            if person is None:
                continue
            side = story.ref_side(item.reference)
            if side is not None:
                network.tell(person, side, 1.0)
            for team in item.reference.teams:
                if sides.side(team) is None:
                    network.tie(person, ("word", team.key), same=True, weight=0.6)
    _tie_topics(rows, story, sides, network)
    network.settle()


def _tie_topics(rows: Sequence[Row], story: Story, sides: Sides, network: SideNetwork) -> None:
    """The team that a paragraph speaks of is, weakly, that of the players it speaks of next."""
    topic: TeamRef | None = None
    told_at = block = -1
    for row in rows:
        if row.block != block:
            topic, block = None, row.block
        for position, item in enumerate(row.items):
            if item.kind == "team" and preposition(row, position) is None:
                topic, told_at = item.reference, row.index
            elif item.kind == "person" and topic is not None and 0 < row.index - told_at <= 2:
                person = story.meaning.get(id(item.reference))
                side = sides.side(topic)
                if person is None or side is None or preposition(row, position) is not None:
                    continue
                network.tell(person, side, 0.06 if row.index - told_at == 1 else 0.04)


def _tie_coaches(rows: Sequence[Row], story: Story, network: SideNetwork, told: Sequence[Told]) -> None:
    """Who comes on and who goes off plays for the coach that the row names."""
    coach_of: dict[int, Person] = {}
    for row in rows:
        for item in row.items:
            person = story.meaning.get(id(item.reference)) if item.kind == "person" else None
            if person is not None and person in story.staff:
                coach_of.setdefault(row.index, person)
    for event in told:
        coach = coach_of.get(event.mention.row.index)
        if coach is not None and event.mention.type == "substitution":
            for player in (event.player, event.other):
                network.tie(coach, player, same=True, weight=0.7)


def _tie_references(ties: Sequence[Tie], story: Story, sides: Sides, network: SideNetwork) -> None:
    """Ties between references become ties between the persons and sides that they mean."""

    def node(ref: PersonRef | TeamRef) -> tuple[object, Side | None]:
        if isinstance(ref, TeamRef):
            side = sides.side(ref)
            return (None, side) if side else (("word", ref.key), None)
        person = story.meaning.get(id(ref))
        return (person, None) if person is not None else (None, story.ref_side(ref))

    for tie in ties:
        (one, one_side), (other, other_side) = node(tie.one), node(tie.other)
        if one is not None and other is not None:
            network.tie(one, other, tie.same, tie.weight)
        elif one is not None and other_side is not None:
            network.tell(one, other_side if tie.same else _other(other_side), tie.weight)
        elif other is not None and one_side is not None:
            network.tell(other, one_side if tie.same else _other(one_side), tie.weight)


def _mark_keepers(cues: Sequence[Cue], story: Story) -> None:
    """Who saves or is beaten is a goalkeeper, unless he shoots as well."""
    saves: dict[Person, int] = {}
    shots: set[Person] = set()
    for cue in cues:
        for position in cue.roles.get("keeper", []):
            person = story.meaning.get(id(cue.row.items[position].reference))
            if person is not None and cue.kind in ("save", "beaten"):
                saves[person] = saves.get(person, 0) + 1
        if cue.kind in ("goal", "attempt", "miss", "woodwork", "pass", "sub"):
            for role in ("player", "giver", "receiver", "on"):
                for position in cue.roles.get(role, []):
                    person = story.meaning.get(id(cue.row.items[position].reference))
                    if person is not None:
                        shots.add(person)
    for person in saves:
        if person not in shots:
            person.trait("group").add("goalkeeper")


def _keepers(story: Story, network: SideNetwork, told: Sequence[Told]) -> dict[Side, Person]:
    """The goalkeeper of each side: by role, or by whose saves are told."""
    score: dict[Person, float] = {}
    for event in told:
        if (
            event.mention.type in ("shot", "penalty_missed")
            and event.mention.outcome in ("saved", None)
            and event.other
        ):
            score[event.other] = score.get(event.other, 0) + 0.6
        if event.player is not None and event.mention.type in ("shot", "goal"):
            score[event.player] = score.get(event.player, 0) - 1.0
    for place in story.places:
        if "goalkeeper" in place.person.traits.get("group", set()):
            score[place.person] = score.get(place.person, 0) + 1.0
    keepers: dict[Side, Person] = {}
    for person, value in sorted(score.items(), key=lambda p: -p[1]):
        side = network.side(person)
        if value >= 0.6 and side is not None and side not in keepers:
            keepers[side] = person
            person.trait("group").add("goalkeeper")
    return keepers


def _resolve_one(mention: EventMention, story: Story) -> Told:
    row = mention.row
    told = Told(mention)
    team = story.sides.side(mention.team) if mention.team is not None else None
    if mention.player is not None and mention.type in ("goal", "shot", "disallowed_goal", "penalty_missed"):
        if mention.player.named and all(p in story.staff for p in mention.player.people):
            mention.player = None  # a coach or a referee shoots at nobody's goal
    if mention.type == "substitution":
        told.player = story.resolve(mention.player, row, mention.start) if mention.player else None
        told.other = (
            story.resolve(mention.other, row, mention.start, exclude=[told.player]) if mention.other else None
        )
        return told
    if mention.type.startswith("penalty_") and mention.type != "penalty_missed":
        told.player = story.resolve(mention.player, row, mention.start) if mention.player else None
        told.other = (
            story.resolve(mention.other, row, mention.start, exclude=[told.player]) if mention.other else None
        )
        return told
    named_other = mention.other if mention.other is not None and mention.other.named else None
    other = story.resolve(named_other, row, mention.start) if named_other else None
    side = team
    if side is None and other is not None and mention.type in ("shot", "goal", "penalty_missed"):
        against = story.network.side(other)
        side = None if against is None else ("away" if against == "home" else "home")
    if mention.player is not None:
        told.player = _unveiled(mention, story) or story.resolve(
            mention.player, row, mention.player.start, exclude=[other], side=side
        )
    elif mention.type in ("goal", "shot", "disallowed_goal", "penalty_missed", "injury"):
        if not (
            mention.team is not None and mention.type == "goal" and not mention.times and not mention.score
        ):
            told.player = story.resolve(None, row, mention.start, exclude=[other], side=side)
            told.confidence = 0.6
            told.why.append("dropped subject")
    if mention.other is not None:
        own = story.network.side(told.player) if told.player else None
        against2: Side | None = None if own is None else ("away" if own == "home" else "home")
        told.other = other or story.resolve(
            mention.other, row, mention.other.start, exclude=[told.player], side=against2, keeper=False
        )
    if mention.assist is not None:
        told.assist = story.resolve(mention.assist, row, mention.assist.start, exclude=[told.player])
        if told.assist is told.player:
            told.assist = None
    return told


def _unveiled(mention: EventMention, story: Story) -> Person | None:
    """Whom a description turns out to be: "la numero 31 la scaraventa dentro: è Rossi"."""
    if mention.player is None or mention.player.named:
        return None
    items = mention.row.items
    for position in range(1, len(items)):
        item = items[position]
        if item.kind != "person" or item.start < mention.player.end or not item.reference.named:
            continue
        before = items[position - 1]
        if before.is_word and before.lemmas & {"è", "era", "essere", "ecco"}:
            return story.meaning.get(id(item.reference))
    return None


def _team_of(event: Told, sides: Sides, network: SideNetwork) -> Side | None:
    """The side that acts; of a goal the side that gains it."""
    mention = event.mention
    own = "own_goal" in mention.qualifiers
    side = network.side(event.player) if event.player is not None else None
    if side is not None and own:
        side = _other(side)
    if side is None and mention.team is not None:
        side = sides.side(mention.team)
    if side is None and event.other is not None:
        against = network.side(event.other)
        if against is not None:
            side = against if (mention.type == "substitution" or own) else _other(against)
    if side is None and event.assist is not None:
        side = network.side(event.assist)
    return side


def _other(side: Side) -> Side:
    return "away" if side == "home" else "home"



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
    return absorb_shots(goals + rest), dropped


def _of_box(entry: BoxEntry, people: list[Person], network: SideNetwork) -> MatchEvent:
    side: Side | None = None if entry.team is None else ("home" if entry.team == 0 else "away")
    own = "own_goal" in entry.qualifiers
    wanted = _other(side) if side and own else side
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
            side = _other(side)
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
