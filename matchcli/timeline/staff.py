"""Who does not play: the coaches, with their sides, and the referee.

Each place where a person is named may tell an office: by a title ("il tecnico Rossi"), by whose men
are told of ("gli uomini di Rossi"), by what only a coach or a referee does ("Rossi richiama Bianchi",
"Rossi indica il dischetto").  The phrases stand in ``lexicon/header.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matchcli.extraction.arguments import preposition
from matchcli.extraction.cues import Cue
from matchcli.extraction.gazetteer import GazetteerHit
from matchcli.extraction.items import Item, Row
from matchcli.extraction.mentions import BoxScore, Span
from matchcli.extraction.patterns import Match, RowIndex, Step, anchor_words, compile_pattern
from matchcli.extraction.persons import Person, compatible, name_words, plain
from matchcli.extraction.references import PersonRef, TeamRef
from matchcli.record import Side
from matchcli.timeline.sides import SideNetwork
from matchcli.timeline.teams import Sides

_SIDES: tuple[Side, Side] = ("home", "away")
#: Words that begin with a capital and are no part of a name.
_NO_NAME_UPOS = frozenset(
    {"DET", "ADP", "PRON", "CCONJ", "SCONJ", "ADV", "NUM", "PUNCT", "INTJ", "AUX", "SYM"}
)
_PLACE_KINDS = frozenset({"city", "region", "area", "stadium", "nation_stadium", "competition", "round"})
#: What a referee alone does in the events' own lexicon.
_REFEREE_CUES = {"award": 2.0, "overturn": 2.0, "deny": 2.0, "disallow": 1.5, "yellow": 1.0, "red": 1.0}
_QUOTE_AFTER = re.compile(r"""^[^.!?\n]{0,60}:\s*[«"“'‘]""")
_QUOTE_BEFORE = re.compile(r"""[»"”]\s*,?\s*(?:ha\s+)?[a-zàèéìòù]+\s+(?:il\s+(?:tecnico|mister)\s+)?$""")
_NAME = r"([A-ZÀ-Þ][\w'’-]+(?:[ \u00a0](?:d[aei]l?[ \u00a0])?[A-ZÀ-Þ][\w'’-]+){0,3})"
_TITLE = (
    r"(?:commissari[oa] (?:unico|tecnic[oa])|c\.?t\.?|tecnic[oa]|mister|coach"
    r"|allenat(?:ore|rice)|selezionat(?:ore|rice))"
)
_OF_NAME = re.compile(rf"\s+(?:di|d['’]|del(?:la)?\s+{_TITLE})\s+(?:{_TITLE}\s+)?{_NAME}")
#: "All. Rossi" in a line of marks that is no box score.
_LISTED = re.compile(rf"\b(?:All|ALL)\.:?\s+{_NAME}")
#: "Allenatori: Rossi (B) e Verdi (V)", the same for both.
_BOTH_LISTED = re.compile(
    rf"\b(?:Allenatori|Allenatrici|Tecnici|In panchina):?\s+{_NAME}(?:\s*\([^)\n]*\))?\s*(?:,|;|\be\b)\s*{_NAME}"
)
_SMALL_WORDS = frozenset({
    "sul", "sulla", "nel", "nella", "al", "alla", "il", "lo", "la", "e", "ma", "poi", "anche", "così",
    "per", "con", "non", "se", "quando", "dopo", "prima", "noi", "loro",
})  # fmt: skip
_COLLEAGUE = re.compile(rf"\bcollega\s+{_NAME}")
_SAYS = re.compile(rf"[»”\"]\s*,\s*(?:ha\s+)?[a-zàèéìòù]+\s+(?:(?:il|la)\s+[a-z]+\s+)?{_NAME}")
_SAYS_BEFORE = re.compile(rf"(?:^|(?<=[.»”\"!?]\s)|(?<=\n)){_NAME}(?:\s+[a-zàèéìòù'’]+){{1,5}}\s*:\s*[«“\"]")
_OFFICE = re.compile(r"\s+(?:di|da|della sezione di|dalla sezione di)\s+(?=[A-ZÀ-Þ])")
#: Stands of a ground.
_DIRECTIONS = frozenset({"nord", "sud", "est", "ovest"})
#: Machines and bodies that act like a referee and are written like a name.
_NO_PERSON = frozenset({"var", "fvs", "avar", "uefa", "fifa", "figc", "aia"})
_ENOUGH = 1.5
#: The weight of words that leave no doubt: "All. Rossi", "gli uomini di Rossi".
EXPLICIT = 3.0
_SURE = 2.0


@dataclass(frozen=True, slots=True)
class StaffPhrase:
    """One phrase of the lexicon: whom it tells, and how surely."""

    tells: str
    steps: tuple[Step, ...]
    weight: float


@lru_cache(maxsize=1)
def staff_entries() -> tuple[dict[str, Any], ...]:
    """The entries of the lexicon as they stand there."""
    table = tomllib.loads((files("matchcli.lexicon") / "header.toml").read_text(encoding="utf-8"))
    return tuple(table["staff"])


@lru_cache(maxsize=1)
def staff_phrases() -> tuple[StaffPhrase, ...]:
    """The phrases that tell coaches and referees.  Raises ValueError where one cannot be read."""
    return tuple(
        StaffPhrase(entry["tells"], compile_pattern(phrase), float(entry["weight"]))
        for entry in staff_entries()
        for phrase in entry["phrases"]
    )


@dataclass(slots=True)
class Signs:
    """What the text tells of one person's office: weights by place, so that no sentence counts twice."""

    places: dict[tuple[str, int], float] = field(default_factory=dict)
    side: Counter[Side] = field(default_factory=Counter)
    plays: float = 0.0

    def add(self, kind: str, row: int, weight: float) -> None:
        self.places[(kind, row)] = max(weight, self.places.get((kind, row), 0.0))

    def total(self, kind: str) -> float:
        return sum(weight for (told, _), weight in self.places.items() if told == kind)


@dataclass(slots=True)
class Staff:
    """The people of a match who do not play.

    ``coaches`` has for each coach the sides that the words beside his name tell, ``weights`` how surely he
    is one; ``people`` are all who do not play, ``players`` those of whom it is sure that they do.
    """

    coaches: dict[Person, Counter[Side]] = field(default_factory=dict)
    referee: Person | None = None
    people: set[Person] = field(default_factory=set)
    near: dict[Person, Side] = field(default_factory=dict)
    players: set[Person] = field(default_factory=set)
    weights: dict[Person, float] = field(default_factory=dict)

    def likeliest_coaches(self) -> dict[Person, Counter[Side]]:
        """The two surest coaches, in the order of telling: a match has no more."""
        surest = sorted(self.coaches, key=lambda coach: -self.weights.get(coach, 0.0))[:2]
        return {coach: votes for coach, votes in self.coaches.items() if coach in surest}


def find_staff(
    rows: Sequence[Row],
    sides: Sides,
    text: str,
    meaning: dict[int, Person | None],
    network: SideNetwork,
    *,
    hits: Sequence[GazetteerHit] = (),
    box: BoxScore | None = None,
    cues: Sequence[Cue] = (),
    aside: Sequence[Span] = (),
) -> Staff:
    """Coaches and referee of the match told in ``rows``.

    ``meaning`` says whom a named reference means, by ``id``; names that it does not know ("la Juventus
    di Verdi", a surname that nothing else shows to be one) are read from the phrases alone.  ``hits``
    are the gazetteer's finds in the whole text, ``aside`` the stretches that tell no match (an
    introduction, interviews).  Ties between a coach and the players he sends on are added to ``network``.
    """
    reader = _StaffReader(rows, sides, text, meaning, network, hits)
    for row in reader.rows:
        reader.read_titles(row)
        reader.read_phrases(row)
        reader.read_quotes(row)
    for start, end in aside:
        reader.read_aside(start, end, hits)
    reader.read_lists(text, rows)
    reader.read_cues(cues)
    reader.read_box(box)
    return reader.decide()


def _after_article(row: Row, position: int) -> bool:
    """ "della Ovest", "dell'Isarfurt": no Italian says so of a man; "del" may be a title's."""
    before = row.items[position - 1] if position else None
    return (
        before is not None
        and before.is_word
        and before.text.lower().replace("’", "'") in ("della", "dell'", "dello", "delle", "dei", "degli")
        and not row.items[position].reference.traits.get("staff")
    )


class _Index(RowIndex):
    """A row's words, where a phrase that begins with a name is tried at each name of its own."""

    def matches(self, phrase: StaffPhrase) -> list[Match]:
        """Where the phrase fits.

        Between a name and what its bearer does no other person may stand, and the verb is in the
        singular: "i liguri tolgono Rossi e inseriscono Bianchi" says nothing of Rossi.
        """
        words = anchor_words(phrase.steps)
        if not any(word in self.by_key for word in words):
            return []
        if phrase.steps[0].kind != "person":
            return list(self.find(phrase.steps))
        found: list[Match] = []
        anchors = {p for word in words for p in self.by_key.get(word, ())}
        items = self.row.items
        for start, item in enumerate(items):
            if item.kind != "person" or self._governed(start):
                continue
            fits = self._match(phrase.steps, 0, start, ())
            if fits is None:
                continue
            end, slots = fits
            head = next((p for p in range(start, end) if p in anchors), start)
            if any(
                items[p].kind == "person" and items[p].reference.named and not self._governed(p)
                for p in range(start + 1, head)
            ):
                continue
            if items[head].upos in ("VERB", "AUX") and items[head].feats.get("Number") == "Plur":
                continue
            found.append(Match(start, end, slots, head))
        return found

    def _governed(self, position: int) -> bool:
        """Whether a preposition stands before the name, which then does nothing in this clause.

        "Con Rossi che" and "per Rossi, che" say what he does; a capital "Del" belongs to the name.
        """
        items = self.row.items
        if any(i.is_word and i.text.lower() == "senza" for i in items[max(0, position - 3) : position]):
            return True
        word = preposition(self.row, position)
        if word is None or word == "con":
            return False
        before = items[position - 1] if position else None
        if before is not None and position > 1 and before.text[:1].isupper():
            return False
        after = [i.text for i in items[position + 1 : position + 3]]
        return after != [",", "che"] and after[:1] != ["che"]


class _StaffReader:
    """Gathers the signs of each person's office."""

    def __init__(
        self,
        rows: Sequence[Row],
        sides: Sides,
        text: str,
        meaning: dict[int, Person | None],
        network: SideNetwork,
        hits: Sequence[GazetteerHit],
    ) -> None:
        self.sides = sides
        self.text = text
        self.network = network
        self.meaning = dict(meaning)
        self.people: list[Person] = list({id(p): p for p in meaning.values() if p is not None}.values())
        self.signs: dict[Person, Signs] = {}
        self.order: list[Person] = []
        self._made: list[PersonRef] = []  # references must outlive their ids
        places = [h.span for h in hits if h.kind in _PLACE_KINDS and not h.doubtful]
        self.rows = [self._with_names(row, places) for row in rows]

    # --- names that only capitals show

    def _with_names(self, row: Row, places: Sequence[Span]) -> Row:
        """The row with every run of capitalised words that nothing explains as a person."""
        items: list[Item] = []
        run: list[Item] = []
        for position, item in enumerate(row.items):
            if self._may_be_name(row, position, places):
                run.append(item)
                continue
            self._close(run, items)
            items.append(item)
        self._close(run, items)
        return replace(row, items=items)

    def _may_be_name(self, row: Row, position: int, places: Sequence[Span]) -> bool:
        item = row.items[position]
        if (
            not item.is_word
            or not item.text[:1].isupper()
            or len(item.text) < 3
            or item.upos in _NO_NAME_UPOS
        ):
            return False
        if item.text.isupper() and len(item.text) < 4:
            return False
        before = row.items[position - 1] if position else None
        begins = before is None or before.text in (".", ":", "–", "-", "«", '"', "!", "?", "“")
        if begins and item.upos not in ("PROPN", "X"):
            # "Spugna aspetta": a common word with a capital, and a verb of its own
            after = row.items[position + 1] if position + 1 < len(row.items) else None
            if item.upos != "NOUN" or after is None or not after.is_finite_verb:
                return False
        return not any(s < item.end and item.start < e for s, e in places)

    def _close(self, run: list[Item], items: list[Item]) -> None:
        if not run:
            return
        start, end = run[0].start, run[-1].end
        surface = self.text[start:end]
        if surface.lower() in _NO_PERSON | _DIRECTIONS:
            items.extend(run)
            run.clear()
            return
        person = self._called(surface)
        ref = PersonRef(start, end, people=[person], core=(start, end))
        self.meaning[id(ref)] = person
        self._made.append(ref)
        items.append(
            Item(
                "person",
                surface,
                start,
                end,
                frozenset(),
                tuple(w for i in run for w in i.words),
                reference=ref,
            )
        )
        run.clear()

    def _called(self, surface: str) -> Person:
        words = name_words(surface)
        known = next((p for p in self.people if words and compatible(words, p.words)), None)
        if known is None:
            known = Person(name=surface, forms={surface})
            self.people.append(known)
        elif len(words) > len(known.words):
            known.name = surface
        return known

    # --- signs

    def _person(self, item: Item) -> Person | None:
        return (
            self.meaning.get(id(item.reference)) if item.kind == "person" and item.reference.named else None
        )

    def _signs(self, person: Person) -> Signs:
        if person not in self.signs:
            self.signs[person] = Signs()
            self.order.append(person)
        return self.signs[person]

    def read_titles(self, row: Row) -> None:
        """Titles before the name ("il tecnico Rossi") or beside it ("l'arbitro, il belga Rossi")."""
        for position, item in enumerate(row.items):
            if item.kind != "person":
                continue
            ref: PersonRef = item.reference
            office = ref.traits.get("staff", set())
            if not office:
                continue
            named = self._person(item) or self._apposed(row, position)
            if named is None:
                continue
            signs = self._signs(named)
            for kind in office:
                signs.add(kind, row.index, 3.0)
            for told in ref.traits.get("side", ()):
                signs.side[told] += 3  # type: ignore[index]
            for team in ref.teams:
                side = self.sides.side(team)
                if side:
                    signs.side[side] += 3

    def _apposed(self, row: Row, position: int) -> Person | None:
        """The person named after "l'arbitro," or "l'arbitro (", or just after the role."""
        at = position + 1
        while at < len(row.items) and at <= position + 4:
            item = row.items[at]
            if item.kind == "person" and item.reference.named:
                return self._person(item)
            if not item.is_word or not (item.text in (",", "(", ":") or item.upos in ("DET", "ADJ", "PROPN")):
                return None
            at += 1
        return None

    def read_phrases(self, row: Row) -> None:
        """The phrases of the lexicon."""
        index = _Index(row)
        for phrase in staff_phrases():
            for match in index.matches(phrase):
                roles: dict[str, list[int]] = {}
                for role, positions in match.slots:
                    roles.setdefault(role, []).extend(positions)
                if "team" in roles and not self._whose(row, roles["team"][0]):
                    continue
                if phrase.tells == "coach" and "team" in roles and self._is_club_of_a_place(row, roles):
                    continue
                for at in roles.get(phrase.tells) or self._unsaid(row, match, phrase):
                    person = self._person(row.items[at]) if at >= 0 else self._told_before(row)
                    if person is None or (at >= 0 and _after_article(row, at)):
                        continue
                    signs = self._signs(person)
                    signs.add(phrase.tells, row.index, phrase.weight)
                    if phrase.tells != "coach":
                        continue
                    self._send_on(roles.get("player", []), row)
                    for team in roles.get("team", []):
                        side = self.sides.side(row.items[team].reference)
                        if side:
                            signs.side[side] += 3
                    for player in roles.get("player", []):
                        other = self._person(row.items[player])
                        if other is not None and other is not person:
                            self.network.tie(person, other, same=True, weight=0.8)
                    if "team" not in roles and "player" not in roles:
                        self._tie_next(row, at, person)

    def _is_club_of_a_place(self, row: Row, roles: dict[str, list[int]]) -> bool:
        """ "La Robur di Borgo": a club that nothing knows, and one word that nobody else is called by."""
        team = row.items[roles["team"][0]].reference
        if (self.sides.home.known and self.sides.away.known) or set(team.teams) & (
            self.sides.home.known | self.sides.away.known
        ):
            return False
        name = row.items[roles["coach"][0]]
        person = self._person(name)
        return (
            team.kind == "club_name"
            and person is not None
            and len(name.text.split()) == 1
            and len(person.words) == 1
        )

    def _whose(self, row: Row, position: int) -> bool:
        """Whether "X di Rossi" may be Rossi's team: a club or its people, not "le ragazze d'Italia di"."""
        reference = row.items[position].reference
        return (
            self.sides.side(reference) is not None
            or reference.plural
            or not self.sides.is_other_team(reference)
        )

    def _unsaid(self, row: Row, match: Match, phrase: StaffPhrase) -> list[int]:
        """-1 where the phrase names nobody and the sentence has no subject: "Ha richiamato Rossi"."""
        if any(step.role == phrase.tells for step in phrase.steps):
            return []
        head = row.items[match.head]
        if head.feats.get("Number") == "Plur" or row.index == 0:
            return []
        before = row.items[: match.head]
        return [] if any(i.kind in ("person", "team") for i in before) or len(before) > 6 else [-1]

    def _told_before(self, row: Row) -> Person | None:
        """The first person of the sentence before, as its likely subject."""
        previous = next((r for r in self.rows if r.index == row.index - 1), None)
        if previous is None:
            return None
        for position, item in enumerate(previous.items):
            if self._person(item) is not None and preposition(previous, position) is None:
                return self._person(item)
        return None

    def _send_on(self, positions: Sequence[int], row: Row) -> None:
        """Whom a coach sends on or takes off plays."""
        for position in positions:
            player = self._person(row.items[position])
            if player is not None:
                self._signs(player).plays += 2.0

    def _tie_next(self, row: Row, position: int, person: Person) -> None:
        after = next(
            (i for i in row.items[position + 1 : position + 12] if self._person(i) is not None), None
        )
        if after is not None:
            other = self._person(after)
            if other is not person:
                self.network.tie(person, other, same=True, weight=0.2)

    def read_quotes(self, row: Row) -> None:
        """Who speaks after the match is mostly a coach; a weak sign."""
        for item in row.items:
            person = self._person(item)
            if person is None:
                continue
            after, before = (
                self.text[item.end : item.end + 80],
                self.text[max(0, item.start - 60) : item.start],
            )
            if _QUOTE_AFTER.match(after) or _QUOTE_BEFORE.search(before):
                self._signs(person).add("coach", row.index, 1.5)

    def read_aside(self, start: int, end: int, hits: Sequence[GazetteerHit]) -> None:
        """Coaches named where no match is told: "l'Italia di Rossi" in an introduction, an interview."""
        for hit in hits:
            if not start <= hit.start < end or not hit.kind.startswith(("club", "nation", "city_demonym")):
                continue
            after = _OF_NAME.match(self.text, hit.end, end)
            side = self.sides.side(
                TeamRef(hit.start, hit.end, hit.surface.lower(), hit.targets, kind=hit.kind)
            )
            if after is None or side is None:
                continue
            person = self._called(after[1])
            self._signs(person).add("coach", -hit.start - 2, 2.0)
            self._signs(person).side[side] += 3
        for expression, weight in ((_COLLEAGUE, 2.0), (_SAYS, 1.5), (_SAYS_BEFORE, 1.5)):
            for match in expression.finditer(self.text, start, end):
                if plain(match[1].split()[0]) in _SMALL_WORDS:
                    continue
                known = [p for p in self.people if compatible(name_words(match[1]), p.words)]
                if known and known[0].traits.get("plays"):
                    continue
                self._signs(self._called(match[1])).add("coach", -match.start() - 2, weight)

    def read_lists(self, text: str, rows: Sequence[Row]) -> None:
        """ "All. Rossi" and "Allenatori: Rossi e Verdi" outside a box score, with marks behind them perhaps."""
        for row in rows:
            for pattern in (_LISTED, _BOTH_LISTED):
                for match in pattern.finditer(text, row.start, row.end):
                    for name in match.groups():
                        person = self._called(name.title() if name.isupper() else name)
                        self._signs(person).add("coach", row.index, EXPLICIT)

    def read_cues(self, cues: Iterable[Cue]) -> None:
        """Who fills the referee's role in the events' phrases."""
        for cue in cues:
            weight = _REFEREE_CUES.get(cue.kind, 0.0)
            for position in cue.roles.get("referee", ()):
                person = self._person(cue.row.items[position])
                if person is not None and weight:
                    self._signs(person).add("referee", cue.row.index, weight)

    def read_box(self, box: BoxScore | None) -> None:
        """Coaches and referee of the box score: no doubt about them, nor about who stands in the line-ups."""
        if box is None:
            return
        for team in box.teams[:2]:
            for player in team.players:
                person = self._listed(player.name, make=False)
                if person is not None:
                    self._signs(person).plays += 3
        for number, team in enumerate(box.teams[:2]):
            person = self._listed(team.coach) if team.coach else None
            if person is not None:
                self._signs(person).add("coach", -1, 20.0)
                self._signs(person).side[_SIDES[number]] += 20
        person = self._listed(box.referee) if box.referee else None
        if person is not None:
            self._signs(person).add("referee", -1, 20.0)

    def _listed(self, name: str, make: bool = True) -> Person | None:
        words = name_words(name)
        fits = [p for p in self.people if words and compatible(words, p.words)]
        if not fits and make:
            fits = [Person(name=name, forms={name})]
            self.people.append(fits[0])
        return fits[0] if fits else None

    def _named_before(self, person: Person) -> Side | None:
        """The side named last before the person is first named; "our men" are the home side's."""
        last: Side | None = None
        for row in self.rows:
            for item in row.items:
                if item.kind == "team":
                    last = self.sides.side(item.reference) or ("home" if item.reference.ours else last)
                elif self._person(item) is person and last is not None:
                    return last
        return last

    # --- the verdict

    def decide(self) -> Staff:
        """Who is coach and who is referee."""
        staff = Staff()
        referees: list[tuple[float, int, Person]] = []
        for number, person in enumerate(self.order):
            signs = self.signs[person]
            kinds = {kind for kind, _ in signs.places}
            best = max(kinds, key=signs.total, default=None)
            if best is None:
                continue
            total = signs.total(best)
            if person.name.lower() in _NO_PERSON:
                continue
            needed = _ENOUGH if best == "coach" else _SURE
            if "line-up" in person.traits.get("plays", set()):
                needed += 3
            if total < needed or total <= signs.plays * 1.2:
                continue
            staff.people.add(person)
            if best == "referee":
                referees.append((total, -number, person))
            elif best == "coach":
                staff.coaches[person] = signs.side
                staff.weights[person] = total
        if referees:
            staff.referee = max(referees, key=lambda r: r[:2])[2]
        for person in staff.coaches:
            side = self._named_before(person)
            if side is not None:
                staff.near[person] = side
        if len(staff.coaches) > 2:
            surest = sorted(staff.coaches, key=lambda p: -staff.weights[p])[:4]
            staff.coaches = {p: signs for p, signs in staff.coaches.items() if p in surest[:2] or signs}
        return staff


#: Of two coaches the one told later is at home only where so much more speaks for it.
APART = 0.1


def place_coaches(
    coaches: dict[Person, Counter[Side]], network: SideNetwork, near: dict[Person, Side] | None = None
) -> dict[Side, Person]:
    """The coaches of a match, two at most, each on his side: by what stands beside his name and by his players.

    ``near`` is the side named last before a coach: it counts where he is alone and nothing else tells.
    ``coaches`` stand in the order of telling: two of whom nothing is told stand home first.
    """
    values = {p: votes["home"] - votes["away"] + 0.5 * network.belief(p) for p, votes in coaches.items()}
    if len(coaches) == 2:
        first, second = coaches
        apart = values[first] - values[second]
        return {"home": first, "away": second} if apart > -APART else {"home": second, "away": first}
    for coach, value in values.items():
        if abs(value) > 0.02:
            return {"home" if value > 0 else "away": coach}
        if near is not None and coach in near:
            return {near[coach]: coach}
    return {}


def without_section(name: str) -> str:
    """A referee's name without his section: "Rossi di Lecco" is Rossi."""
    return _OFFICE.split(name, maxsplit=1)[0] if " " in name else name
