"""Whom the references of a match mean: names at once, descriptions when the reader has spoken."""

from __future__ import annotations

from collections.abc import Sequence

from matchcli.extraction.items import Row
from matchcli.extraction.persons import Person
from matchcli.extraction.reader.encoding import Encoded
from matchcli.extraction.reader.reading import Reading
from matchcli.extraction.references import PersonRef, TeamRef
from matchcli.extraction.rows import learn
from matchcli.record import Side
from matchcli.timeline.sides import SideNetwork
from matchcli.timeline.teams import Sides

#: Log-odds from which a description means the person whom the reader holds likeliest.
ENOUGH = -0.5


class Meanings:
    """Persons by reference, and the sides that references tell."""

    def __init__(self, rows: Sequence[Row], sides: Sides, network: SideNetwork) -> None:
        self.sides = sides
        self.network = network
        self._persons: dict[int, Person] = {}
        named_before: list[Person] = []
        for row in rows:
            for item in row.items:
                if item.kind == "person" and item.reference.named:
                    person = self._named(item.reference, named_before)
                    self._persons[id(item.reference)] = person
                    learn(person, item.reference)
                    named_before.append(person)

    @property
    def by_reference(self) -> dict[int, Person | None]:
        """The persons by the ``id`` of their references."""
        return dict(self._persons)

    def person(self, ref: object) -> Person | None:
        """Whom a reference means; None while nobody is known to be meant."""
        return self._persons.get(id(ref))

    def _named(self, ref: PersonRef, before: Sequence[Person]) -> Person:
        """The person a name means; of several, one of the side that the words tell, the one named last."""
        if len(ref.people) == 1:
            return ref.people[0]
        side = self.told_side(ref)
        fits = [p for p in ref.people if side is None or self.network.side(p) in (None, side)] or ref.people
        return next((p for p in reversed(before) if p in fits), fits[0])

    def told_side(self, ref: PersonRef) -> Side | None:
        """The side that the words of a reference tell ("il portiere ospite")."""
        told = ref.traits.get("side")
        if told:
            return "home" if "home" in told else "away"
        return next((side for team in ref.teams if (side := self.sides.side(team)) is not None), None)

    def side(self, ref: object) -> Side | None:
        """The side of a team or of a person, as far as it is known before the match is read."""
        if isinstance(ref, TeamRef):
            return self.sides.side(ref)
        assert isinstance(ref, PersonRef)
        if len(ref.people) == 1:
            return self.network.side(ref.people[0])
        return self.told_side(ref)

    def describe(self, encoded: Encoded, reading: Reading) -> None:
        """Give every description the person whom the reader holds likeliest, where it holds anybody likely."""
        for number, scores in reading.meanings.items():
            likely: dict[Person, float] = {}
            for other, score in scores.items():
                person = self.person(encoded.nodes[other].reference)
                if person is not None:
                    likely[person] = max(likely.get(person, score), score)
            best = max(likely, key=lambda p: likely[p], default=None)
            if best is not None and likely[best] > ENOUGH:
                ref = encoded.nodes[number].reference
                assert isinstance(ref, PersonRef)
                self._persons[id(ref)] = best
                learn(best, ref)
