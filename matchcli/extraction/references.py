"""References to persons and teams: names, roles, nationalities, numbers, colours, pronouns.

Every reference becomes one chunk of a row.  What a reference points to is decided later, when
the sides and the story so far are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit
from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import Person

TEAM_KINDS = (
    "club_name", "club_alias", "club_nickname", "club_colour", "club_demonym", "nation_name",
    "nation_nickname", "nation_colour", "nation_demonym", "city_demonym", "region_demonym",
    "area_demonym", "club_code", "nation_code",
)  # fmt: skip
DEMONYM_KINDS = ("nation_demonym", "city_demonym", "region_demonym", "area_demonym", "club_demonym")
SIDE_ADJECTIVE_KINDS = (*DEMONYM_KINDS, "club_colour", "nation_colour")

_HOME = re.compile(
    r"\b(?:(?:i|ai|dei|dai|sui|coi|per i)\s+)?padron[ie] di casa\b|\b(?:i|ai|dei|dai|sui|gli)\s+(?:locali|casalinghi)\b|"
    r"\b(?:la|alla|della|dalla)\s+(?:squadra|formazione|compagine)\s+(?:di casa|locale)\b|"
    r"\b(?:le|alle|delle|dalle)\s+(?:padrone di casa|locali)\b|(?-i:(?<![\w'’])(?:Locali|Padron[ei] di casa)\b)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:gli|agli|degli|dagli|sugli|le|alle|delle|dalle)\s+(?:ospiti|avversari\s+ospiti)\b|"
    r"\b(?:la|alla|della|dalla)\s+(?:squadra|formazione|compagine)\s+ospite\b|\bi\s+viaggianti\b|"
    r"(?-i:(?<![\w'’])Ospiti\b)",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:i|ai|dei|dai|le)\s+nostr[ie]\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"(?:\b(?:il|lo|la|del|dello|della|al|allo|alla|dal|dallo|dalla|sul|sulla|col|quel|quello|quella|nostro|nostra|ex)\s+|"
    r"\b(?:l|dell|all|dall|sull|quell)['’]\s?)(?:(?:solito|stesso|giovane|bravissimo|bravo|esperto|proprio|neo|"
    r"nuovo|grande|piccolo|povero|ottimo|incolpevole|attento|gigante|solita|stessa|brava|bravissima|ex|baby|"
    r"diciannovenne|diciottenne|ventenne|numero)\s+){0,2}$",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"\b(?:lui|lei|egli|ella|costui|costei|quest['’]ultim[oa]|lo stesso|la stessa|il primo|il secondo)\b",
    re.I,
)
_NUMBER_WORDS = dict(
    zip(
        ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici"],
        range(1, 12),
        strict=True,
    )
)


@dataclass(eq=False)
class PersonRef:
    """A reference to one person.

    ``people`` are whom a name may mean (empty for a description).  ``traits`` are what the words
    around tell: ``group`` (goalkeeper, defender, coach...), ``nation``, ``place``, ``number``,
    ``age``, ``fresh`` (has just come on), ``side`` ("home", "away"), and ``team`` for the team words
    that qualify ("il portiere dei kazaki").
    """

    start: int
    end: int
    people: list[Person] = field(default_factory=list)
    core: Span | None = None
    traits: dict[str, set[str]] = field(default_factory=dict)
    teams: list[TeamRef] = field(default_factory=list)
    pronoun: bool = False
    gender: str | None = None

    @property
    def named(self) -> bool:
        return bool(self.people)

    def add(self, kind: str, *values: str) -> None:
        self.traits.setdefault(kind, set()).update(values)


@dataclass(eq=False)
class TeamRef:
    """A reference to a team: ``teams`` are the clubs or nations that the words may mean.

    ``side`` is set where the words tell it themselves ("i padroni di casa"); ``key`` is equal for
    references by the same word, whatever its number and gender.
    """

    start: int
    end: int
    key: str
    teams: tuple[str, ...] = ()
    side: str | None = None
    plural: bool = False
    ours: bool = False
    kind: str = ""


#: Colours that are ordinary words too ("rosso diretto", "giallo a").
_PLAIN_COLOURS = frozenset(
    ["ross", "giall", "ner", "bianc", "verd", "azzurr", "blu", "viol", "gran", "celest", "arancion", "rosa"]
)


def stem(word: str) -> str:
    """A colour or demonym without its ending: one key for nerazzurro, nerazzurri, nerazzurra."""
    low = word.lower().replace("’", "'")
    return re.sub(r"(?:hi|he|[oaie])$", "", low)


@dataclass(slots=True)
class References:
    """All references of a text, in order, not overlapping."""

    persons: list[PersonRef]
    teams: list[TeamRef]


def find_references(
    text: str,
    hits: Sequence[GazetteerHit],
    places: dict[Span, list[Person]],
    gazetteer: Gazetteer,
    own_teams: Sequence[Span] = (),
    playing: frozenset[str] = frozenset(),
) -> References:
    """References to persons and teams in ``text``.

    ``playing`` are the clubs of the match as the gazetteer names them: a doubtful form counts for them only.
    ``places`` are the namings of persons, ``own_teams`` places where the text's own teams stand by
    a name that the gazetteer may not know.
    """
    taken: list[Span] = list(places)
    persons = [
        PersonRef(start, end, people=people, core=(start, end)) for (start, end), people in places.items()
    ]
    teams: list[TeamRef] = []
    descriptions: list[PersonRef] = []

    for pattern, side in ((_HOME, "home"), (_AWAY, "away"), (_OURS, "")):
        for match in pattern.finditer(text):
            if not _free(match.span(), taken):
                continue
            start = match.start()
            teams.append(
                TeamRef(start, match.end(), key=side or "ours", side=side or None, plural=True, ours=not side)
            )
            taken.append(match.span())
    for span in own_teams:
        if _free(span, taken):
            name = text[slice(*span)]
            teams.append(TeamRef(*span, key=name.lower(), teams=(name,), kind="club_name"))
            taken.append(span)

    for hit in hits:
        span = (hit.start, hit.end)
        if not _free(span, taken):
            continue
        sense = next((s for s in hit.senses if s.kind in (*TEAM_KINDS, "role")), None)
        if sense is None:
            continue
        if hit.doubtful and sense.kind != "role" and not playing & set(gazetteer.teams_of(hit)):
            continue
        before = text[: hit.start]
        definite = bool(_DEFINITE.search(before[-40:]))
        if sense.kind == "role":
            role = gazetteer.roles[sense.targets[0]]
            if sense.number == "p" or role.name in CUE_WORDS:
                continue
            ref = PersonRef(hit.start, hit.end, gender=sense.gender)
            if role.group == "shirt_number":
                digits = re.search(r"\d{1,2}", hit.surface)
                word = hit.surface.lower().split()[-1]
                if digits is None and word not in _NUMBER_WORDS:
                    continue
                ref.add("number", digits[0] if digits else str(_NUMBER_WORDS[word]))
                definite = True
            else:
                ref.add("group", role.group)
            ref.add("role", role.name)
            if not role.player:
                ref.add("staff", role.group)
            ref.add("definite" if definite else "indefinite")
            descriptions.append(ref)
            taken.append(span)
        elif sense.kind in SIDE_ADJECTIVE_KINDS and _singular(hit, sense, text):
            ref = PersonRef(hit.start, hit.end, gender=sense.gender)
            _add_origin(ref, hit, gazetteer)
            ref.add("definite" if definite else "indefinite")
            ref.add("adjective")
            descriptions.append(ref)
            taken.append(span)
        else:
            teams.append(
                TeamRef(
                    hit.start,
                    hit.end,
                    key=stem(hit.surface) if sense.kind in SIDE_ADJECTIVE_KINDS else hit.surface.lower(),
                    teams=gazetteer.teams_of(hit),
                    plural=sense.number == "p",
                    kind=sense.kind,
                )
            )
            taken.append(span)
    for match in _PRONOUNS.finditer(text):
        if _free(match.span(), taken):
            low = match[0].lower()
            if low.startswith(("lo stesso", "la stessa", "il primo", "il secondo")) and not _stands_alone(
                text, match.end()
            ):
                continue
            ref = PersonRef(match.start(), match.end(), pronoun=True)
            descriptions.append(ref)
            taken.append(match.span())
    joined = _join(text, sorted(persons + descriptions, key=lambda r: r.start), teams)
    kept = [r for r in joined if r.named or r.pronoun or _is_description(r)]
    # "una chance gialloblù", "il legno colto": an adjective that refers to nobody still names a side
    for ref in joined:
        if not (ref.named or ref.pronoun or _is_description(ref)) and "adjective" in ref.traits:
            teams += [
                t
                for t in ref.teams
                if (t.start, t.end) == (ref.start, ref.end) and t.key not in _PLAIN_COLOURS
            ]
    return References(persons=kept, teams=sorted(teams, key=lambda t: t.start))


#: Words that name a role and tell an event or a foot as well: the event is read, not the role.
CUE_WORDS = frozenset(
    {"mancino", "espulso", "ammonito", "infortunato", "subentrato", "ex", "esterno", "interno", "torre", "spalla",
     "punta", "giovane", "primavera", "under", "internazionale", "diffidato", "play", "quinto", "dodicesimo",
     "terna", "avanti", "stella", "falco", "ala", "squalificato", "riserva", "gigante"}
)  # fmt: skip


def _stands_alone(text: str, end: int) -> bool:
    return bool(re.match(r"\s*(?:[,.;:]|$)", text[end : end + 3]))


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return not any(s < span[1] and span[0] < e for s, e in taken)


def _singular(hit: GazetteerHit, sense, text: str) -> bool:
    if sense.number == "p":
        return False
    if sense.number == "s":
        return True
    return bool(re.search(r"[oa]$", hit.surface)) and hit.surface[:1].islower()


def _add_origin(ref: PersonRef, hit: GazetteerHit, gazetteer: Gazetteer) -> None:
    """What a demonym or a colour in the singular tells of a person."""
    for sense in hit.senses:
        if sense.kind == "nation_demonym":
            ref.add("nation", *sense.targets)
        elif sense.kind in ("city_demonym", "region_demonym", "area_demonym"):
            ref.add("place", *sense.targets)
    ref.teams.append(
        TeamRef(hit.start, hit.end, key=stem(hit.surface), teams=gazetteer.teams_of(hit), kind=hit.kind)
    )


_GAP = re.compile(r"^\s*$")
_ROLE_GAP = re.compile(r"^(?:\s+|\s*['’]\s*)$")


def _join(text: str, refs: list[PersonRef], teams: list[TeamRef]) -> list[PersonRef]:
    """Neighbours that are one reference: role + adjective + name, role + "dei kazaki"."""
    joined: list[PersonRef] = []
    for ref in refs:
        last = joined[-1] if joined else None
        gap = text[last.end : ref.start] if last else "x"
        if (
            last is not None
            and not last.pronoun
            and re.fullmatch(r"\s+", gap)
            and not (last.named and ref.named)
            and "\n" not in gap
        ):
            last_desc = not last.named
            if last_desc or "adjective" in ref.traits:
                _absorb(last, ref)
                continue
        joined.append(ref)
    used: set[int] = set()
    for ref in joined:
        for team in teams:
            if id(team) in used or team.start < ref.end:
                continue
            gap = text[ref.end : team.start]
            describes = not ref.named
            if (
                describes and re.fullmatch(r"\s+(?:del|della|dello|dell['’]|dei|degli|delle)\s*", gap, re.I)
            ) or (describes and re.fullmatch(r"\s+", gap) and team.kind in SIDE_ADJECTIVE_KINDS):
                ref.teams.append(team)
                ref.end = team.end
                used.add(id(team))
            break
        _side_words(text, ref)
    teams[:] = [t for t in teams if id(t) not in used]
    # "il portiere del Verona Montipò", "l'estremo difensore ospite Rossi": description, then the name
    out: list[PersonRef] = []
    for ref in joined:
        last = out[-1] if out else None
        if (
            last is not None
            and not last.named
            and not last.pronoun
            and ref.named
            and re.fullmatch(r"\s+", text[last.end : ref.start])
            and "\n" not in text[last.end : ref.start]
        ):
            _absorb(last, ref)
            continue
        out.append(ref)
    return out


def _absorb(left: PersonRef, right: PersonRef) -> None:
    left.end = right.end
    if right.named:
        left.people, left.core = right.people, right.core
    for kind, values in right.traits.items():
        if kind not in ("definite", "indefinite", "adjective"):
            left.add(kind, *values)
    left.teams += right.teams
    left.gender = left.gender or right.gender
    if "adjective" in left.traits and "adjective" not in right.traits:
        left.traits.pop("adjective", None)


def _side_words(text: str, ref: PersonRef) -> None:
    match = re.match(
        r"\s+(ospite|ospiti|avversari[oa]|di casa|locale|casalingo|casalinga)\b", text[ref.end : ref.end + 14]
    )
    if match and not ref.named:
        word = match[1]
        ref.end += match.end()
        if word.startswith("ospit"):
            ref.add("side", "away")
        elif word.startswith("avversari"):
            ref.add("opposite")
        else:
            ref.add("side", "home")


def _is_description(ref: PersonRef) -> bool:
    """A description refers to somebody when it is definite ("il serbo"), not "un serbo"."""
    return "definite" in ref.traits
