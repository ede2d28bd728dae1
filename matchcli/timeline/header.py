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
from matchcli.timeline.sides import SideNetwork
from matchcli.timeline.teams import Sides

_SIDES: tuple[Side, Side] = ("home", "away")
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
    rows: Sequence[Row], sides: Sides, text: str, meaning: dict[int, Person], network: SideNetwork
) -> tuple[dict[Person, Counter[Side]], Person | None, set[Person]]:
    """The coaches with the sides that the words beside their names tell, the referee, and all who do not play."""
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
                    after = next((i for i in items[position + 1 : position + 12] if i.kind == "person"), None)
                    if after is not None and id(after.reference) in meaning:
                        network.tie(person, meaning[id(after.reference)], same=True, weight=0.2)
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
    coaches: dict[Person, Counter[Side]] = {}
    referees: list[tuple[int, Person]] = []
    for person, tally in votes.items():
        if not tally:
            continue
        kind, count = tally.most_common(1)[0]
        if count < 2 + len(person.traits.get("plays", ())):
            continue
        staff_people.add(person)
        if kind == "referee":
            referees.append((count, person))
        elif kind == "coach":
            coaches[person] = coach_side.get(person, Counter())
    referee = max(referees, key=lambda r: r[0])[1] if referees else None
    return coaches, referee, staff_people


def place_coaches(coaches: dict[Person, Counter[Side]], network: SideNetwork) -> dict[Side, Person]:
    """Each coach on his side: by what stands beside his name, by his players, by what is left."""
    placed: dict[Side, Person] = {}
    open_: list[Person] = []
    for person, votes in sorted(coaches.items(), key=lambda c: -sum(c[1].values())):
        value = votes["home"] - votes["away"] + 0.5 * network.belief(person)
        side: Side = "home" if value > 0 else "away"
        if abs(value) > 0.02 and side not in placed:
            placed[side] = person
        else:
            open_.append(person)
    free: list[Side] = [side for side in _SIDES if side not in placed]
    if len(free) == 1 and len(open_) == 1:
        placed[free[0]] = open_[0]
    return placed


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
            counts[hit.targets[0]] += 1
    return counts.most_common(1)[0][0] if counts else None


_FINAL_VERBS = frozenset("finire terminare concludere concludersi chiudere chiudersi".split())
_WIN_VERBS = frozenset(
    "vincere battere superare piegare espugnare imporsi regolare travolgere sconfiggere liquidare stendere domare"
    " sbancare passare rifilare superato spuntare avere".split()
)
_LOSE_VERBS = frozenset("perdere cadere soccombere cedere arrendersi crollare incassare".split())


def told_score(rows: Sequence[Row], sides: Sides) -> tuple[int, int] | None:
    """The final score as a sentence tells it: "è terminata 2-1", "il Parma piega il Pescara per 3-1".

    A winner told as the subject has the greater figure; else the figures stand home first.
    """
    best: tuple[float, tuple[int, int]] | None = None
    for row in rows:
        for position, item in enumerate(row.items):
            if item.kind != "score":
                continue
            first, second = item.reference
            before = row.items[max(0, position - 14) : position]
            stop = max((n for n, i in enumerate(before) if i.is_word and i.text in ".;"), default=-1)
            before = before[stop + 1 :]
            verbs = {k for i in before if i.is_word and i.upos in ("VERB", "AUX", "ADJ", "NOUN") for k in i.lemmas}
            side = next((sides.side(i.reference) for i in before if i.kind == "team"), None)
            value = None
            if verbs & _FINAL_VERBS or verbs & {"finito", "finita", "terminata", "terminato", "finale"}:
                value = (3.0, (first, second))
            elif side is not None and verbs & _WIN_VERBS and first != second:
                high, low = max(first, second), min(first, second)
                value = (2.0, (high, low) if side == "home" else (low, high))
            elif side is not None and verbs & _LOSE_VERBS and first != second:
                high, low = max(first, second), min(first, second)
                value = (1.5, (low, high) if side == "home" else (high, low))
            if value is not None:
                weight = value[0] - 0.02 * row.index
                if best is None or weight > best[0]:
                    best = (weight, value[1])
    return best[1] if best else None


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
