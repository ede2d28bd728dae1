"""What the words around names tell of sides: teams beside names, topics, coaches, passes and duels."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.arguments import preposition
from matchcli.extraction.items import Row
from matchcli.extraction.persons import Person
from matchcli.extraction.references import PersonRef, TeamRef
from matchcli.extraction.telling import Tie
from matchcli.record import Side
from matchcli.timeline.sides import SideNetwork, opposite
from matchcli.timeline.story import Story, Told
from matchcli.timeline.teams import Sides

#: Half log-odds that the first player named after a team, in its sentence or in the next, is one of its players.
AFTER_TEAM = 0.4
AFTER_SENTENCE = 0.2


def tie_rows(rows: Sequence[Row], story: Story, sides: Sides, network: SideNetwork) -> None:
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
    """The team that a sentence speaks of is that of the player it names next, weakly that of the next sentence's."""
    topic: TeamRef | None = None
    told_at = block = -1
    for row in rows:
        if row.block != block:
            topic, block = None, row.block
        fresh = False  # a bare team was named and nobody since
        for position, item in enumerate(row.items):
            if item.kind == "team":
                bare = preposition(row, position) is None
                if bare or preposition(row, position) == "per":
                    topic, told_at, fresh = item.reference, row.index, True
                else:
                    fresh = False
            elif item.kind == "person" and topic is not None and 0 <= row.index - told_at <= 1:
                person = story.meaning.get(id(item.reference))
                if person is None or person in story.staff:
                    continue
                role = preposition(row, position)
                if row.index == told_at:
                    weight = AFTER_TEAM if fresh and role in (None, "di", "per", "con", "a") else 0.0
                else:
                    weight = AFTER_SENTENCE if role in (None, "di", "per", "con") else 0.0
                fresh = False
                if weight:
                    tell_team(network, sides, person, topic, weight)


def tell_team(network: SideNetwork, sides: Sides, person: Person, team: TeamRef, weight: float) -> None:
    """Evidence that ``person`` plays for ``team``: for a side, or for a word whose side is not known yet."""
    side = sides.side(team)
    if side is not None:
        network.tell(person, side, weight)
    elif not sides.is_other_team(team):
        network.tie(person, ("word", team.key), same=True, weight=weight)


def tie_opponents(people: Sequence[Person], network: SideNetwork, weight: float) -> None:
    """Two who hold one office that each side has once, goalkeepers or coaches, stand on two sides."""
    if len(people) == 2:
        network.tie(people[0], people[1], same=False, weight=weight)


def tie_coaches(rows: Sequence[Row], story: Story, network: SideNetwork, told: Sequence[Told]) -> None:
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


def tie_references(ties: Sequence[Tie], story: Story, sides: Sides, network: SideNetwork) -> None:
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
            network.tell(one, other_side if tie.same else opposite(other_side), tie.weight)
        elif other is not None and one_side is not None:
            network.tell(other, one_side if tie.same else opposite(one_side), tie.weight)
