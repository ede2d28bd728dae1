"""The persons of line-ups and lists of scorers among the persons of the text, with their sides."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.mentions import BoxScore
from matchcli.extraction.persons import Person, compatible, name_words
from matchcli.record import Side
from matchcli.timeline.sides import SideNetwork


def find_person(
    people: Sequence[Person], name: str, team: Side | None, network: SideNetwork | None
) -> Person | None:
    """The person that a box score's name means."""
    exact = [p for p in people if name in p.forms or name_words(name) == name_words(p.name)]
    fits = exact or [p for p in people if compatible(name_words(name), p.words)]
    if len(fits) > 1 and team is not None and network is not None:
        own = [p for p in fits if network.side(p) == team]
        fits = own or fits
    return fits[0] if fits else None


def box_persons(box: BoxScore | None, people: list[Person], network: SideNetwork) -> list[Person]:
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
