"""Who is meant: references resolved along the story.

A name may mean one person or several; "il portoghese", "lui", "il numero 94" and a dropped subject
mean somebody told before.  Candidates are weighed by what the words say (role, nationality, side,
number), by what is known of them, and by how lately they were told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.actions import EventMention
from matchcli.extraction.arguments import preposition
from matchcli.extraction.items import Row
from matchcli.extraction.persons import Person
from matchcli.extraction.references import PersonRef
from matchcli.record import Side
from matchcli.timeline.sides import SideNetwork, opposite
from matchcli.timeline.teams import Sides

KEEPER_GROUPS = frozenset({"goalkeeper"})
STAFF_GROUPS = frozenset({"coach", "referee", "official", "president", "director", "var", "assistant"})


@dataclass(eq=False, slots=True)
class Told:
    """An event mention with its references resolved to persons."""

    mention: EventMention
    player: Person | None = None
    other: Person | None = None
    assist: Person | None = None
    team: Side | None = None
    confidence: float = 1.0
    why: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """One mention of a person: where, and whether as a subject."""

    position: int
    row: int
    block: int
    person: Person
    subject: bool


class Story:
    """Resolves the references of one match's mentions in text order."""

    def __init__(self, rows: Sequence[Row], sides: Sides, network: SideNetwork, staff: set[Person]) -> None:
        self.rows = rows
        self.sides = sides
        self.network = network
        self.staff = staff
        self.meaning: dict[int, Person | None] = {}
        self.places: list[Place] = []
        self.keepers: dict[Side, Person] = {}
        self.came_on: list[tuple[int, Person]] = []
        self._read()

    # --- persons as they come

    def _read(self) -> None:
        for row in self.rows:
            for position, item in enumerate(row.items):
                if item.kind != "person":
                    continue
                ref: PersonRef = item.reference
                person = self._named(ref) if ref.named else None
                if person is None and not ref.named:
                    continue
                if person is None:
                    continue
                self.meaning[id(ref)] = person
                self._learn(person, ref)
                self.places.append(
                    Place(item.start, row.index, row.block, person, preposition(row, position) is None)
                )

    def _learn(self, person: Person, ref: PersonRef) -> None:
        for kind in ("nation", "place", "number", "age"):
            if kind in ref.traits:
                person.trait(kind).update(ref.traits[kind])
        groups = ref.traits.get("group", set())
        if groups:
            person.trait("group").update(groups)
        if ref.traits.get("staff"):
            person.trait("staff").update(ref.traits["staff"])

    def _named(self, ref: PersonRef) -> Person:
        """The person a name means; of several, the one of the side that the words tell, or told last."""
        if len(ref.people) == 1:
            return ref.people[0]
        side = self.ref_side(ref)
        fits = [p for p in ref.people if side is None or self.network.side(p) in (None, side)] or ref.people
        recent = [p.person for p in reversed(self.places) if p.position < ref.start and p.person in fits]
        return recent[0] if recent else fits[0]

    def ref_side(self, ref: PersonRef) -> Side | None:
        """The side that the words of a reference tell ("il portiere ospite")."""
        told = ref.traits.get("side")
        if told:
            return "home" if "home" in told else "away"
        for team in ref.teams:
            side = self.sides.side(team)
            if side is not None:
                return side
        return None

    def set_keepers(self, keepers: dict[Side, Person]) -> None:
        self.keepers = keepers

    def resolve(
        self,
        ref: PersonRef | None,
        row: Row,
        before: int,
        *,
        exclude: Sequence[Person | None] = (),
        side: Side | None = None,
        keeper: bool = False,
    ) -> Person | None:
        """Whom ``ref`` means; a None reference is a dropped subject.  None when nobody fits."""
        if ref is not None and ref.named:
            person = self.meaning.get(id(ref)) or self._named(ref)
            if len(ref.people) > 1 and side is not None:
                fits = [p for p in ref.people if self.network.side(p) == side]
                if len(fits) == 1:
                    return fits[0]
            return person
        if ref is not None and id(ref) in self.meaning and not exclude:
            return self.meaning[id(ref)]
        told_side = self.ref_side(ref) if ref is not None else None
        side = told_side or side
        groups = ref.traits.get("group", set()) if ref is not None else set()
        if ref is not None and groups & KEEPER_GROUPS:
            if side is not None and side in self.keepers:
                return self._remember(ref, self.keepers[side])
            keeper = True
        if groups & STAFF_GROUPS:
            return None
        best: tuple[float, Person] | None = None
        seen: set[int] = set()
        count = 0
        for place in reversed(self.places):
            if place.position >= before:
                continue
            if row.block - place.block > 2 and ref is None:
                break
            if id(place.person) in seen or place.person in exclude or place.person in self.staff:
                continue
            seen.add(id(place.person))
            score = self._fit(ref, place, row, side, keeper, groups) - 0.35 * count
            count += 1
            if best is None or score > best[0]:
                best = (score, place.person)
        if ref is not None and (best is None or best[0] < 1.0):
            for place in self.places:
                if place.position > before and id(place.person) not in seen and place.person not in exclude:
                    if place.person in self.staff:
                        continue
                    seen.add(id(place.person))
                    score = self._fit(ref, place, row, side, keeper, groups) - 1.5
                    if score > 2.5 and (best is None or score > best[0]):
                        best = (score, place.person)
        if best is None or best[0] < (-0.5 if ref is None else 0.0):
            return None
        return self._remember(ref, best[1])

    def _remember(self, ref: PersonRef | None, person: Person) -> Person:
        if ref is not None:
            self.meaning[id(ref)] = person
            self._learn(person, ref)
            if not any(p.position == ref.start for p in self.places):
                self.places.append(Place(ref.start, -1, 0, person, True))
                self.places.sort(key=lambda p: p.position)
        return person

    def _fit(
        self, ref: PersonRef | None, place: Place, row: Row, side: Side | None, keeper: bool, groups: set[str]
    ) -> float:
        person = place.person
        score = 1.0 + (0.5 if place.subject else 0.0)
        if place.row >= 0:
            score -= 0.15 * max(0, row.index - place.row)
        is_keeper = "goalkeeper" in person.traits.get("group", set())
        if keeper:
            score += 4.0 if is_keeper else -2.5
        elif is_keeper:
            score -= 4.0
        if side is not None:
            own = self.network.side(person)
            score += 1.5 if own == side else -4.0 if own is not None else 0.0
        if ref is None:
            return score
        for kind, gain in (("nation", 5.0), ("number", 5.0), ("age", 3.0)):
            wanted = ref.traits.get(kind)
            if wanted:
                have = person.traits.get(kind)
                if have:
                    score += gain if have & wanted else -4.0
        if groups & {"newcomer"}:
            score += 4.0 if any(p is person and at < ref.start for at, p in self.came_on) else -1.0
        elif groups and not keeper:
            have = person.traits.get("group", set())
            if have:
                score += 2.0 if have & groups else -0.8
        return score


def tie_events(network: SideNetwork, told: Sequence[Told], sides: Sides, story: Story) -> None:
    """What the events tell of who plays with whom and against whom."""
    for event in told:
        mention = event.mention
        player, other, assist = event.player, event.other, event.assist
        own = "own_goal" in mention.qualifiers
        if mention.type in ("goal", "shot", "disallowed_goal", "penalty_missed"):
            if assist is not None and not own:
                network.tie(player, assist, same=True, weight=0.8)
            if other is not None:
                network.tie(player, other, same=own, weight=0.7)
        elif mention.type == "substitution":
            network.tie(player, other, same=True, weight=1.2)
        elif mention.type.startswith("penalty"):
            network.tie(player, other, same=False, weight=0.8)
        if (
            other is None
            and mention.other is not None
            and player is not None
            and mention.type != "substitution"
        ):
            against = story.ref_side(mention.other)
            if against is not None:
                network.tell(player, against if own else opposite(against), 0.6)
        if mention.topic is not None and mention.topic is not mention.team and player is not None:
            weight = 0.5 if mention.topic.start < mention.row.start else 0.3
            side = sides.side(mention.topic)
            if side is not None:
                network.tell(player, opposite(side) if own else side, weight)
            else:
                network.tie(player, ("word", mention.topic.key), same=not own, weight=weight)
        if mention.team is not None and player is not None:
            side = sides.side(mention.team)
            node = ("word", mention.team.key)
            if side is not None:
                network.tell(player, opposite(side) if own else side, 0.5)
            else:
                network.tie(player, node, same=not own, weight=0.4)
