"""The header: coaches, referee, venue, competition, half-time score."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from matchcli.extraction.gazetteer import GazetteerHit
from matchcli.extraction.items import Row
from matchcli.extraction.persons import Person
from matchcli.extraction.references import PersonRef, TeamRef
from matchcli.record import Side
from matchcli.timeline.teams import Sides

_GROUP = frozenset(
    "uomo uomini ragazzo ragazzi ragazze squadra formazione undici banda truppa creatura allievi giocatori compagine"
    " gruppo discepoli team".split()
)
_COACH_VERBS = frozenset(
    "inserire richiamare ridisegnare schierare cambiare ruotare affidarsi rispondere ridisegna pescare gettare"
    " mischiare sostituire ritrovare confermare rinunciare ordinare scuotere svuotare optare lanciare aspettare".split()
)
_REFEREE_VERBS = frozenset(
    "fischiare indicare estrarre arbitrare dirigere ammonire espellere convalidare annullare concedere assegnare"
    " sventolare decretare ravvisare".split()
)
_REFEREE = re.compile(r"\b(?:arbitr[oa]|direttore di gara|fischietto|sig(?:nor(?:a|e)?|\.(?:\s?ra)?)|dirige(?:\s+(?:la|il)\s+\w+)?)\s*:?\s*$", re.I)
_SECTION = re.compile(r"\s+(?:di|della sezione di)\s+[A-Z]")


def coaches_and_referee(
    rows: Sequence[Row], sides: Sides, text: str, meaning: dict[int, Person]
) -> tuple[dict[Side, Person], Person | None, set[Person]]:
    """Coach of each side and the referee, as far as the text tells; and all who do not play."""
    votes: dict[Person, Counter[str]] = {}
    coach_side: dict[Person, Counter[Side]] = {}
    for row in rows:
        items = row.items
        for position, item in enumerate(items):
            if item.kind != "person":
                continue
            ref: PersonRef = item.reference
            person = meaning.get(id(ref))
            if person is None:
                continue
            tally = votes.setdefault(person, Counter())
            staff = ref.traits.get("staff", set())
            if "coach" in staff:
                tally["coach"] += 3
                for team in ref.teams:
                    side = sides.side(team)
                    if side:
                        coach_side.setdefault(person, Counter())[side] += 3
            if "referee" in staff:
                tally["referee"] += 3
            for other in staff - {"coach", "referee"}:
                tally[other] += 3
            before = text[max(0, ref.start - 30) : ref.start]
            if _REFEREE.search(before):
                tally["referee"] += 3
            if ref.core and _SECTION.match(text[ref.core[1] : ref.core[1] + 30]) and position == 0:
                tally["referee"] += 0
            previous = [items[p] for p in range(max(0, position - 4), position)]
            # "i ragazzi di X", "la squadra di X"; "il Parma di X", "i granata di X"
            if previous and previous[-1].is_word and previous[-1].lemmas & {"di", "del", "d"}:
                owner = previous[-2] if len(previous) > 1 else None
                if owner is not None and owner.is_word and owner.upos == "ADJ" and len(previous) > 2:
                    owner = previous[-3]
                if owner is not None and owner.is_word and owner.lemmas & _GROUP:
                    tally["coach"] += 3
                    _vote_near(coach_side, person, row, position, sides)
                elif owner is not None and owner.kind == "team":
                    side = sides.side(owner.reference)
                    team: TeamRef = owner.reference
                    if side is not None or team.plural:
                        tally["coach"] += 2
                        if side:
                            coach_side.setdefault(person, Counter())[side] += 3
            following = next((i for i in items[position + 1 : position + 4] if i.is_word and i.upos in ("VERB", "AUX")), None)
            if following is not None:
                keys = set(following.lemmas)
                if keys & _COACH_VERBS:
                    tally["coach"] += 1
                if keys & _REFEREE_VERBS:
                    tally["referee"] += 1
            if position and items[position - 1].is_word and items[position - 1].lemmas & {"mister", "ct", "tecnico", "allenatore"}:
                tally["coach"] += 3
    staff_people: set[Person] = set()
    coaches: dict[Side, Person] = {}
    referees: list[tuple[int, Person]] = []
    for person, tally in votes.items():
        if not tally:
            continue
        kind, count = tally.most_common(1)[0]
        playing = len(person.traits.get("plays", ()))
        if count < 2 + playing:
            continue
        staff_people.add(person)
        if kind == "referee":
            referees.append((count, person))
        elif kind == "coach" and coach_side.get(person):
            side = coach_side[person].most_common(1)[0][0]
            coaches.setdefault(side, person)
    for person in staff_people:
        if votes[person].most_common(1)[0][0] == "coach" and person not in coaches.values():
            free: list[Side] = [s for s in ("home", "away") if s not in coaches]  # type: ignore[misc]
            if len(free) == 1:
                coaches[free[0]] = person
    referee = max(referees, key=lambda r: r[0])[1] if referees else None
    return coaches, referee, staff_people


def _vote_near(
    coach_side: dict[Person, Counter[Side]], person: Person, row: Row, position: int, sides: Sides
) -> None:
    """A team named in the same row beside "gli uomini di X" is a weak sign of his side."""
    for at in range(len(row.items)):
        item = row.items[at]
        if item.kind == "team":
            side = sides.side(item.reference)
            if side:
                coach_side.setdefault(person, Counter())[side] += 1 if at < position else 0


def competition(hits: Sequence[GazetteerHit], start: int, end: int) -> str | None:
    """The competition of the match: the one named most, first where even."""
    counts: Counter[str] = Counter()
    for hit in hits:
        if start <= hit.start < end and hit.kind == "competition" and not hit.doubtful:
            counts[hit.surface if hit.surface[:1].isupper() else hit.targets[0]] += 1
    return counts.most_common(1)[0][0] if counts else None


_VENUE = re.compile(
    r"\b((?:allo|dello|nello)\s+[Ss]tadio|[Ss]tadio|Campo(?:\s+sportivo)?)\s+((?:(?:di|del|della|comunale|olimpico|Comunale|Olimpico)\s+)*[«\"“]?[A-Z][\w'’]+(?:[\s-](?:[A-Z][\w'’.]+|d[ei]l?(?:la)?\s[A-Z][\w'’]+))*)"
)
_AT = re.compile(r"\b(?:al|allo|all['’]|alla|dal|del|nel)\s*[«\"“]([A-Z][\w'’. ]+)[»\"”]")


def venue(text: str, hits: Sequence[GazetteerHit], start: int, end: int, sides: Sides) -> str | None:
    """The ground: a known stadium of the home side first, then what the text calls a ground."""
    own: list[str] = []
    any_: list[str] = []
    for hit in hits:
        if not start <= hit.start < end:
            continue
        sense = hit.sense("stadium")
        if sense is None or hit.kind not in ("stadium",):
            continue
        (own if set(sense.targets) & sides.home.known else any_).append(hit.surface)
    if own:
        return own[0]
    named = _VENUE.search(text, start, end)
    if named:
        return named[2].strip(" «\"“»”")
    quoted = _AT.search(text, start, end)
    if quoted:
        return quoted[1].strip()
    return any_[0] if any_ else None
