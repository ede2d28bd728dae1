"""From what the reader says to tellings of events, with their persons, sides and times.

The reader weighs single words and pairs of words; here its weights become one story of the match:
everybody on one side, every event its player.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from matchcli.extraction.cues import Cue
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.persons import Person
from matchcli.extraction.reader.encoding import Encoded
from matchcli.extraction.reader.reading import ReadEvent, Reading
from matchcli.extraction.references import PersonRef, TeamRef
from matchcli.extraction.scorer_lists import scorers_from
from matchcli.record import Side
from matchcli.timeline.meanings import Meanings
from matchcli.timeline.sides import SideNetwork, opposite

#: How far the reader's log-odds of sides are trusted: many of them rest on the same words.
SIDE_TRUST = 0.15
TIE_TRUST = 0.15
#: Half log-odds that who shoots, serves, saves or comes on stands where his part puts him.
ROLE_TRUST = 0.35
#: Log-odds from which a person is the event's player, or the other one in it.
ROLE_ENOUGH = 0.0
#: Probability from which a time or a score belongs to an event.
LINK_ENOUGH = 0.5
#: The same for a time that stands between the names of a list: of many times the reader is sure of the first.
LINK_IN_LIST = 0.1
#: Persons and words farther from the event's own than this are no part of its telling.
TELLING_REACH = 25
#: Events that one word may tell of several persons: "ammoniti Rossi e Bianchi".
_LISTED = frozenset({"yellow_card", "substitution", "goal", "red_card", "second_yellow"})
_RELATIVE = frozenset({"offset", "offset_before", "soon", "simultaneous"})
#: Cues whose flags say what a goal made of the score ("pareggia", "raddoppia").
_SCORE_WORDS = frozenset({"goal", "attempt", "spot_goal"})


@dataclass(eq=False, slots=True)
class Told:
    """One telling of an event.

    ``token`` is the encoding's number of the first word that tells it, ``span`` counts the report's
    characters; ``assist`` is a goal's last pass, ``other`` who stops a shot, commits a foul or goes
    off.  ``in_order`` is false for a lead or a flashback.
    """

    type: str
    row: Row
    token: int
    span: Span
    player: Person | None
    other: Person | None
    assist: Person | None
    outcome: str | None
    qualifiers: set[str]
    times: list[TimeMention]
    score: tuple[int, int] | None
    probability: float
    in_order: bool = True
    team: Side | None = None
    flags: set[str] = field(default_factory=set)
    #: Descriptions ("il portoghese") and whom they mean.
    meant: list[tuple[Span, Person]] = field(default_factory=list)


class Casting:
    """Persons and sides for what the reader found in one match."""

    def __init__(
        self,
        encoded: Encoded,
        reading: Reading,
        meanings: Meanings,
        network: SideNetwork,
        *,
        staff: Collection[Person] = (),
    ) -> None:
        self.encoded = encoded
        self.reading = reading
        self.meanings = meanings
        self.network = network
        self.staff = staff

    # --- sides

    def settle_sides(self) -> None:
        """Hand the reader's weights to the side network and settle it."""
        nodes = {n.token: n for n in self.encoded.nodes if n.kind in ("person", "team")}
        for number, home in self.reading.home.items():
            self._tell(self._key(self.encoded.nodes[number].reference)[0], home)
        for event in self.reading.events:
            self._tell(event_key(event.tokens[0]), event.home)
            self._tie_cast(event)
        for tie in self.reading.ties:
            ends = [
                self._key(nodes[token].reference) if token in nodes else (event_key(token), None)
                for token in (tie.one, tie.other)
            ]
            self._tie(*ends, same=tie.same > 0, weight=TIE_TRUST * abs(tie.same) / 2)
        self.network.settle()

    def _tie_cast(self, event: ReadEvent) -> None:
        """A scorer and who served him are mates, a shooter and who stops him are not."""
        key = event_key(event.tokens[0])
        own = "own_goal" in event.qualifiers
        players, others = self._ranked(event, 0)[:1], self._ranked(event, 1)[:1]
        mates = event.type in ("goal", "substitution")
        for number in players:
            self.network.tie(key, self._who(number), not own, ROLE_TRUST)
        for number in others:
            self.network.tie(key, self._who(number), mates, ROLE_TRUST)
            for player in players:
                self.network.tie(self._who(player), self._who(number), mates != own, ROLE_TRUST)

    def _key(self, ref: object) -> tuple[Hashable | None, Side | None]:
        """What a reference is in the side network: a person, a word for a team, or a known side."""
        if isinstance(ref, TeamRef):
            side = self.meanings.sides.side(ref)
            if side is not None or self.meanings.sides.is_other_team(ref):
                return None, side
            return ("word", ref.key), None
        person = self.meanings.person(ref)
        return (person, None) if person is not None else (None, self.meanings.side(ref))

    def _tell(self, key: Hashable | None, home: float) -> None:
        if key is not None:
            self.network.tell(key, "home" if home > 0 else "away", SIDE_TRUST * abs(home) / 2)

    def _tie(
        self,
        one: tuple[Hashable | None, Side | None],
        other: tuple[Hashable | None, Side | None],
        *,
        same: bool,
        weight: float,
    ) -> None:
        if one[0] is not None and other[0] is not None:
            self.network.tie(one[0], other[0], same, weight)
            return
        for (key, _), (_, side) in ((one, other), (other, one)):
            if key is not None and side is not None:
                self.network.tell(key, side if same else opposite(side), weight)

    # --- events

    def tellings(self, cues: Sequence[Sequence[Cue]]) -> list[Told]:
        """The events as told, one for each player where a word tells several; ``cues`` row by row."""
        return [told for event in self.reading.events for told in self._tellings(event, cues)]

    def _tellings(self, event: ReadEvent, cues: Sequence[Sequence[Cue]]) -> list[Told]:
        players, others = self._ranked(event, 0), self._ranked(event, 1)
        if players:
            others = [n for n in others if self._who(n) is None or self._who(n) is not self._who(players[0])]
        times, score = self._times(event), self._score(event)
        listed = self._listed_goals(event, players)
        if listed:
            return [self._told(event, cues, player, None, [time], None) for player, time in listed]
        here = [n for n in players if self._row_of(n) is self._row(event)]
        if event.type in _LISTED and len(here) > 1:
            pairs = self._in_turn(event, here, others)
            own = self._times_in_turn(event, [one for one, _ in pairs])
            return [self._told(event, cues, one, other, own.get(one, times), score) for one, other in pairs]
        off = [n for n in others if self._row_of(n) is self._row(event)]
        if event.type == "substitution" and not players and len(off) > 1:
            return [self._told(event, cues, None, other, times, score) for other in off]
        player, other = next(iter(players), None), next(iter(others), None)
        return [self._told(event, cues, player, other, times, score)]

    def _ranked(self, event: ReadEvent, role: int) -> list[int]:
        """The nodes that fill a role (0 player, 1 the other one), likeliest first, one for each person."""
        found: dict[Hashable, tuple[float, int]] = {}
        for number, scores in event.roles.items():
            person = self._who(number)
            if person in self.staff or scores[role] <= ROLE_ENOUGH or scores[role] < scores[1 - role]:
                continue
            key: Hashable = person or ("node", number)
            found[key] = max(found.get(key, (scores[role], number)), (scores[role], number))
        return [number for _, number in sorted(found.values(), key=lambda pair: -pair[0])]

    def _in_turn(
        self, event: ReadEvent, players: list[int], others: list[int]
    ) -> list[tuple[int, int | None]]:
        """Players of a list in text order; who comes on with who goes off, first with first."""
        here = sorted(n for n in others if self._row_of(n) is self._row(event))
        leave: list[int] = here if event.type == "substitution" else []
        return [
            (player, leave[turn] if turn < len(leave) else None)
            for turn, player in enumerate(sorted(players))
        ]

    def _listed_goals(self, event: ReadEvent, players: list[int]) -> list[tuple[int, TimeMention]]:
        """Scorer and minute of each goal where one word tells several: "doppietta di Rossi (12' e 40')"."""
        row = self._row(event)
        if event.type != "goal":
            return []
        positions = {
            self.encoded.tokens[self.encoded.nodes[n].token].position: n
            for n in event.roles
            if self._row_of(n) is row
        }
        first = min((p for p, n in positions.items() if n in players), default=None)
        if first is None:
            return []
        return [
            (positions[s.player], row.items[s.time].reference)
            for s in scorers_from(row, first)
            if s.player in positions
        ]

    def _times(self, event: ReadEvent) -> list[TimeMention]:
        """The likeliest time of the clock and the likeliest that counts from another event."""
        best: dict[bool, tuple[float, TimeMention]] = {}
        for number, probability in event.links.items():
            time = self.encoded.nodes[number].reference
            if not isinstance(time, TimeMention) or probability < LINK_ENOUGH or time.kind == "period":
                continue
            relative = time.kind in _RELATIVE
            if relative not in best or probability > best[relative][0]:
                best[relative] = (probability, time)
        return [best[relative][1] for relative in (False, True) if relative in best]

    def _times_in_turn(self, event: ReadEvent, players: Sequence[int]) -> dict[int, list[TimeMention]]:
        """The times of each player of a list that has them between its names: "ammoniti Rossi al 12' e Bianchi al 40'".

        Nothing for a list with one time for all.
        """
        row = self._row(event)
        found: dict[int, list[TimeMention]] = {}
        times = [
            number
            for number, probability in sorted(event.links.items())
            if probability >= LINK_IN_LIST
            and self._row_of(number) is row
            and isinstance(self.encoded.nodes[number].reference, TimeMention)
        ]
        between = [time for time in times if players[0] < time < players[-1]]
        if not between:
            return found
        after_last = any(time > players[-1] for time in times)
        for number in times:
            if after_last:
                whose = max((player for player in players if player < number), default=None)
            else:
                whose = min((player for player in players if player > number), default=None)
            if whose is not None:
                found.setdefault(whose, []).append(self.encoded.nodes[number].reference)  # type: ignore[arg-type]
        return found

    def _score(self, event: ReadEvent) -> tuple[int, int] | None:
        """The running score told with a goal."""
        told = [
            (probability, self.encoded.nodes[number].reference)
            for number, probability in event.links.items()
            if self.encoded.nodes[number].kind == "score" and probability >= LINK_ENOUGH
        ]
        if event.type != "goal" or not told:
            return None
        return max(told, key=lambda pair: pair[0])[1]  # type: ignore[return-value]

    def _told(
        self,
        event: ReadEvent,
        cues: Sequence[Sequence[Cue]],
        player: int | None,
        other: int | None,
        times: list[TimeMention],
        score: tuple[int, int] | None,
    ) -> Told:
        row = self._row(event)
        positions = [self.encoded.tokens[t].position for t in event.tokens]
        around = list(positions)
        for number in (player, other):
            if number is not None and self._row_of(number) is row:
                position = self.encoded.tokens[self.encoded.nodes[number].token].position
                if abs(position - positions[0]) < TELLING_REACH:
                    around.append(position)
        second = self._who(other)
        told = Told(
            type=event.type,
            row=row,
            token=event.tokens[0],
            span=(row.items[min(around)].start, row.items[max(around)].end),
            player=self._who(player),
            other=second if event.type != "goal" else None,
            assist=second if event.type == "goal" else None,
            outcome=event.outcome,
            qualifiers=set(event.qualifiers),
            times=list(times),
            score=score,
            probability=event.probability,
            in_order=event.in_order > 0,
            meant=[self._meant(number) for number in (player, other) if self._is_described(number)],
        )
        for cue in cues[self.encoded.tokens[event.tokens[0]].row]:
            if cue.kind in _SCORE_WORDS and cue.position <= positions[-1] and positions[0] < cue.stop:
                told.flags |= cue.entry.flags
        return told

    def place_sides(self, told: Sequence[Told]) -> None:
        """The side that acts in each event; of a goal the side that gains it."""
        for event in told:
            event.team = self._side(event)

    def _side(self, event: Told) -> Side | None:
        of_words = self.network.side(event_key(event.token))
        own = "own_goal" in event.qualifiers
        side = self.network.side(event.player) if event.player is not None else None
        if own:
            return of_words or (opposite(side) if side is not None else None)
        if side is None:
            side = of_words
        if side is None and event.other is not None:
            against = self.network.side(event.other)
            if against is not None:
                side = against if event.type == "substitution" else opposite(against)
        if side is None and event.assist is not None:
            side = self.network.side(event.assist)
        return side

    # --- places

    def _who(self, number: int | None) -> Person | None:
        return None if number is None else self.meanings.person(self.encoded.nodes[number].reference)

    def _is_described(self, number: int | None) -> TypeGuard[int]:
        """Whether somebody is told by a description and not by a name."""
        if number is None or self._who(number) is None:
            return False
        ref = self.encoded.nodes[number].reference
        return isinstance(ref, PersonRef) and not ref.named

    def _meant(self, number: int) -> tuple[Span, Person]:
        ref, person = self.encoded.nodes[number].reference, self._who(number)
        assert isinstance(ref, PersonRef) and person is not None
        return (ref.start, ref.end), person

    def _row(self, event: ReadEvent) -> Row:
        return self.encoded.rows[self.encoded.tokens[event.tokens[0]].row]

    def _row_of(self, number: int) -> Row:
        return self.encoded.rows[self.encoded.tokens[self.encoded.nodes[number].token].row]


def event_key(token: int) -> Hashable:
    """An event in the side network, by the first word that tells it."""
    return ("event", token)
