"""The header of a match from the sheet: result, competition, ground, who leads and who referees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from matchcli.extraction.gazetteer import GazetteerHit
from matchcli.extraction.gazetteer.entries import Kind
from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import Person, compatible, name_words
from matchcli.extraction.reader.sheet_reading import Named, Sheet
from matchcli.reading.report import Report
from matchcli.timeline.matches import inside
from matchcli.timeline.result import Goals, clause_up_to, tells
from matchcli.timeline.staff import Staff
from matchcli.timeline.teams import title_case

#: Least weight of what a name or a score is taken for.
ENOUGH = 0.5
#: The same for a coach, whom the reader takes for nobody likelier.
COACH_ENOUGH = 0.4
#: Probability from which the reader is believed against the goals.
SURE = 0.85
_GAZETTEER: dict[str, tuple[Kind, ...]] = {
    "competition": ("competition",),
    "venue": ("stadium", "nation_stadium"),
}
_PEOPLE = ("coach", "referee", "player", "person")


def staff_of(sheet: Sheet, spans: Sequence[Span], people: list[Person], text: str) -> Staff:
    """Coaches, referee and all others who do not play, among the persons of the text."""
    staff = Staff()
    weights: dict[Person, dict[str, float]] = defaultdict(lambda: dict.fromkeys(_PEOPLE, 0.0))
    surest: dict[Person, float] = defaultdict(float)
    order: dict[Person, int] = {}
    for name in sheet.names:
        if name.kind not in _PEOPLE or not inside(name.span, spans):
            continue
        person = _person_at(name, people, text)
        if person is None:
            continue
        order.setdefault(person, name.span[0])
        for kind in _PEOPLE:
            weights[person][kind] += name.kinds.get(kind, 0.0)
        surest[person] = max(surest[person], name.kinds.get("coach", 0.0))
    referees: list[tuple[float, Person]] = []
    for person in sorted(weights, key=lambda p: order[p]):
        told = weights[person]
        if "plays" in person.traits:
            continue
        best = max(_PEOPLE, key=lambda k: told[k])
        if best == "player":
            staff.players.add(person)
            continue
        staff.people.add(person)
        if best == "coach" and told["coach"] >= COACH_ENOUGH:
            staff.coaches[person] = Counter()
            staff.weights[person] = surest[person]
        elif best == "referee" and told["referee"] >= ENOUGH:
            referees.append((told["referee"], person))
    if referees:
        staff.referee = max(referees, key=lambda r: r[0])[1]
    return staff


def _person_at(name: Named, people: list[Person], text: str) -> Person | None:
    start, end = name.span
    surface = text[start:end].strip(" .,:;")
    for person in people:
        if any(s < end and start < e for s, e in person.mentions):
            rest = surface.removeprefix(person.name)
            if rest != surface and rest[:1].isalpha():
                person.name = surface  # the tokenizer had parted it: "Lefè", "vre"
            return person
    words = name_words(surface)
    if not words:
        return None
    fits = [p for p in people if compatible(words, p.words)]
    if fits:
        return fits[0]
    if name.kind in ("coach", "referee") and surface[:1].isupper() and len(max(words, key=len)) > 2:
        person = Person(name=surface, forms={surface}, mentions=[name.span])
        people.append(person)
        return person
    return None


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What the reader makes of the scores of a match, all home first; None where it is not sure enough.

    ``finals`` has for every score the sum of its probabilities of being the final one; ``sure_half`` says
    whether the reader is sure of the half-time score.
    """

    finals: dict[Goals, float]
    half_time: Goals | None
    sure_half: bool
    shootout: Goals | None


def read_result(sheet: Sheet, spans: Sequence[Span]) -> ReadResult:
    """Final, half-time and shoot-out score by what the reader makes of the scores in ``spans``."""
    votes: dict[str, dict[Goals, float]] = defaultdict(lambda: defaultdict(float))
    for figures in sheet.figures:
        if not inside(figures.span, spans):
            continue
        first, second = figures.goals
        for kind in ("final", "half", "shootout"):
            votes[kind][first, second] += figures.says[kind]
            votes[kind][second, first] += figures.says[f"{kind}_away_first"]
    kicks = _likeliest(votes["shootout"])
    if kicks is not None and kicks[0] == kicks[1]:
        kicks = None
    half = _likeliest(votes["half"])
    sure = half is not None and votes["half"][half] >= SURE
    return ReadResult(dict(votes["final"]), half, sure, kicks)


def _likeliest(votes: dict[Goals, float]) -> Goals | None:
    best = max(votes, key=lambda goals: votes[goals], default=None)
    return best if best is not None and votes[best] >= ENOUGH else None


def named(
    sheet: Sheet, kind: str, spans: Sequence[Span], report: Report, hits: Sequence[GazetteerHit]
) -> str | None:
    """The name that is likeliest the ``kind`` (competition, venue), in its fullest form; None if none is.

    A headline's name counts twice; what a clause tells of another match ("all'andata, a Marassi") counts
    for nothing.  ``hits`` are the gazetteer's finds: a name that stands inside one is all of it ("S. Siro").
    """
    text = report.text
    hits = [hit for hit in hits if hit.sense(*_GAZETTEER[kind]) is not None]
    weight: dict[str, float] = defaultdict(float)
    form: dict[str, str] = {}
    for name in sheet.names:
        if name.kind != kind or not inside(name.span, spans):
            continue
        surface = " ".join(text[slice(*name.span)].split()).strip(' .,:;«»“”"')
        key = " ".join(name_words(surface))
        head = _in_headline(name.span[0], report)
        if (
            not key
            or surface.islower()
            or (not head and tells("elsewhere", near=clause_up_to(text, name.span).lower()))
        ):
            continue
        weight[key] += name.kinds.get(kind, 0.0) * (2 if head else 1)
        if key not in form or (form[key].isupper() and not surface.isupper()):
            form[key] = surface
    if not weight:
        return None
    best = max(weight, key=lambda k: weight[k])
    longer = [k for k in weight if set(best.split()) < set(k.split())]
    written = form[max(longer, key=len)] if longer else form[best]
    return title_case(written) if written.isupper() and len(written) > 3 else written


def _in_headline(place: int, report: Report) -> bool:
    block = next((b for b in report.blocks if b.start <= place < b.end), None)
    return block is not None and block.kind in ("title", "heading")
