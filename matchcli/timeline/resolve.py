"""Event mentions with the persons and the side that they mean."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.actions import EventMention
from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.persons import Person
from matchcli.extraction.telling import Telling
from matchcli.record import Side
from matchcli.timeline.bonds import find_bonds
from matchcli.timeline.sides import SideNetwork, opposite
from matchcli.timeline.story import Story, Told, tie_events
from matchcli.timeline.teams import Sides
from matchcli.timeline.ties import tie_coaches, tie_opponents, tie_references, tie_rows


def resolve_events(
    rows: Sequence[Row], telling: Telling, story: Story, sides: Sides, network: SideNetwork
) -> list[Told]:
    """Event mentions with their persons; twice, because the first round teaches the sides."""
    tie_rows(rows, story, sides, network)
    told: list[Told] = []
    for round_ in (1, 2):
        told = [_resolve_one(m, story) for m in telling.events]
        if round_ == 1:
            tie_references([*telling.ties, *find_bonds(rows)], story, sides, network)
            tie_coaches(rows, story, network, told)
            tie_events(
                network, [t for t in told if t.player is None or t.mention.player is not None], sides, story
            )
            network.settle()
            story.came_on = [
                (t.mention.start, t.player) for t in told if t.mention.type == "substitution" and t.player
            ]
            _mark_keepers(telling.cues, story)
            keepers = {p.person for p in story.places if "goalkeeper" in p.person.traits.get("group", set())}
            tie_opponents(sorted(keepers, key=lambda p: p.name), network, 1.0)
            network.settle()
            story.set_keepers(_keepers(story, network, told))
    network.settle()
    for event in told:
        event.team = _team_of(event, sides, network)
    return told


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
        side = opposite(side)
    if side is None and mention.team is not None:
        side = sides.side(mention.team)
    if side is None and event.other is not None:
        against = network.side(event.other)
        if against is not None:
            side = against if (mention.type == "substitution" or own) else opposite(against)
    if side is None and event.assist is not None:
        side = network.side(event.assist)
    return side
