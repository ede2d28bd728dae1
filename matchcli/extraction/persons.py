"""Who is named: the persons of a text, and every place where one is named.

Persons are told apart by their names alone here; their sides and roles come later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from matchcli.extraction.gazetteer import load
from matchcli.extraction.mentions import Span
from matchcli.language.annotation import Annotation, Sentence

PARTICLES = frozenset(
    [
        "de",
        "di",
        "del",
        "della",
        "dello",
        "dei",
        "da",
        "dal",
        "dalla",
        "d",
        "la",
        "le",
        "lo",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "el",
        "al",
        "ben",
        "bin",
        "abd",
        "mac",
        "mc",
        "o",
        "st",
        "san",
        "dos",
        "das",
        "do",
        "du",
        "des",
        "zu",
        "af",
        "y",
        "e",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?|[^\W\d_]\.", re.UNICODE)
_TITLES = re.compile(
    r"^(?:(?:il|lo|la|l['’]|un|una|i|le|gli|del|dal|al|e|ed|signor[ae]?|sig(?:\.\s?ra|\.ra|\.)?|mister|mr\.?|"
    r"dott\.?|capitan|capitano|don|san|arbitro|all\.?|allenatore|tecnico|ct|c\.t\.|portiere|bomber|"
    r"ammonit[oiae]|espuls[oiae]|gol|rete|ris\.?)\s+)+",
    re.IGNORECASE,
)


def plain(name: str) -> str:
    """Lower-case ASCII of a name, apostrophes dropped: the form in which names are compared."""
    folded = unicodedata.normalize(
        "NFKD",
        name.replace("ø", "o")
        .replace("Ø", "O")
        .replace("ł", "l")
        .replace("ı", "i")
        .replace("đ", "d")
        .replace("ß", "ss"),
    )
    return re.sub("['’‘`´]", "", folded.encode("ascii", "ignore").decode()).casefold()


def name_words(name: str) -> list[str]:
    """The words of a name for comparison; hyphens and dots separate."""
    return re.findall(r"[a-z0-9]+", plain(name))


@dataclass(slots=True, eq=False)
class Person:
    """Somebody named in the text.  ``name`` is the fullest form; ``words`` all words of its forms."""

    name: str
    forms: set[str] = field(default_factory=set)
    mentions: list[Span] = field(default_factory=list)
    traits: dict[str, set[str]] = field(default_factory=dict)
    nicknames: set[str] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        return name_words(self.name)

    def trait(self, kind: str) -> set[str]:
        return self.traits.setdefault(kind, set())

    def __repr__(self) -> str:
        return f"Person({self.name})"


@dataclass(slots=True, frozen=True)
class Naming:
    """A place where a name stands.  ``sure`` is false for names guessed from capitals alone."""

    start: int
    end: int
    surface: str
    sure: bool = True


def compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, as words, may be one person's: the shorter's words all stand in the longer.

    An initial stands for a word that begins with it; a bare first name does not make two different
    surnames one.
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return False
    content = [w for w in short if w not in PARTICLES]
    if not any(len(w) > 1 for w in content):
        return False
    return all(
        any(w == v or (len(w) == 1 and v.startswith(w)) or (len(v) == 1 and w.startswith(v)) for v in long)
        for w in content
    )


def trim_name(text: str, start: int, end: int) -> Span | None:
    """A name without titles, articles and marks at its edges; None when nothing is left."""
    title = _TITLES.match(text[start:end])
    if title:
        start += title.end()
    words = list(_WORD.finditer(text, start, end))
    while words and not words[0].group()[0].isupper() and plain(words[0].group()) not in PARTICLES:
        words.pop(0)
    while words and not words[-1].group()[0].isupper():
        words.pop()
    if not words:
        return None
    start, end = words[0].start(), words[-1].end()
    name = text[start:end]
    if name.endswith(".") and not re.search(r"\b[^\W\d_]\.$", name) and not name.endswith("jr."):
        end -= 1
    return (start, end) if end > start else None


def gather_namings(
    text: str,
    annotation: Annotation,
    known: Iterable[Span],
    blocked: Sequence[Span],
) -> list[Naming]:
    """Every place where a person is named, in text order, not overlapping.

    ``known`` are names that the layout gives (line-ups, lists of scorers); ``blocked`` are places
    that name a club, a city, a stadium or a competition: an entity inside one is no person, unless
    it is longer.
    """
    found: dict[Span, Naming] = {}
    for start, end in known:
        span = trim_name(text, start, end)
        if span:
            found[span] = Naming(*span, text[slice(*span)])
    for sentence in annotation.sentences:
        for entity in sentence.entities:
            if entity.label != "PER" and not _has_first_name(text[entity.start : entity.end]):
                continue
            for piece in _split_entity(text, entity.start, entity.end):
                span = trim_name(text, *piece)
                # "in Serie B." ends a sentence: the full stop makes no initial of the B
                if span is None or _inside(span, blocked, spare=text[span[1] - 1] == "."):
                    continue
                if not _overlaps(span, found) and not _is_ordinary(text, span, sentence):
                    found[span] = Naming(*span, text[slice(*span)])
    _add_repeats(text, annotation, found, blocked)
    _add_unlabelled(text, annotation, found, blocked)
    return _join_first_names(text, sorted(found.values(), key=lambda n: n.start))


def _join_first_names(text: str, namings: list[Naming]) -> list[Naming]:
    """ "Marcelo Lunardi", which the entity model took for two persons, as one: a first name alone stands
    before no other name."""
    joined: list[Naming] = []
    for naming in namings:
        last = joined[-1] if joined else None
        if (
            last is not None
            and text[last.end : naming.start] in (" ", "\u00a0")
            and " " not in last.surface
            and load().people.is_first_name(last.surface)
        ):
            joined[-1] = Naming(last.start, naming.end, text[last.start : naming.end])
        else:
            joined.append(naming)
    return joined


_NO_NAMES = frozenset({"var", "avar", "fvs", "ct", "all", "rigore", "gol", "calcio", "mister", "pt", "st"})
#: What a live line or a short sentence opens with; a surname only where the text has it inside a sentence too.
_CALLS = frozenset(
    [
        "giallo",
        "rosso",
        "penalty",
        "cambio",
        "cambi",
        "ammonito",
        "ammonita",
        "ammoniti",
        "espulso",
        "espulsa",
        "fallo",
        "intervento",
        "testata",
        "pugno",
        "tackle",
        "contatto",
        "contrasto",
        "mani",
        "mano",
        "marcia",
        "palo",
        "traversa",
        "corner",
        "angolo",
        "punizione",
        "fuori",
        "dentro",
        "silent",
        "check",
        "rimpallo",
        "spazio",
        "tocco",
        "spinta",
        "trattenuta",
        "sgambetto",
        "gomitata",
        "pestone",
        "entrata",
        "infortunio",
        "problema",
        "doppio",
        "doppia",
        "triplo",
        "secondo",
        "seconda",
        "cartellino",
        "espulsione",
        "ammonizione",
        "sostituzione",
        "occasione",
        "parata",
        "tiro",
        "cross",
        "colpo",
        "destro",
        "sinistro",
        "tocca",
        "applausi",
        "standing",
        "ovazione",
        "staffetta",
        "esordio",
        "debutto",
        "spiccioli",
        "rissa",
        "proteste",
        "protesta",
        "crampi",
        "barella",
        "out",
    ]
)


def _is_ordinary(text: str, span: Span, sentence: Sentence) -> bool:
    """Whether a single word that begins its sentence is an ordinary word that the entity model took for a name."""
    surface = text[slice(*span)]
    if plain(surface) in _NO_NAMES:
        return True
    if " " in surface or "'" in surface:
        return False
    index = next((n for n, w in enumerate(sentence.words) if w.start == span[0]), None)
    if index is None or any(w.upos not in ("PUNCT", "SYM", "X", "NUM") for w in sentence.words[:index]):
        return False
    if plain(surface) in _CALLS:
        return re.search(rf"(?<=[a-zà,] ){re.escape(surface)}\b", text) is None
    if sentence.words[index].upos in ("PROPN", "X"):
        return False
    elsewhere = re.search(rf"(?<=[a-zà,] ){re.escape(surface)}\b", text)
    return elsewhere is None


def _has_first_name(surface: str) -> bool:
    """Whether an entity of another label reads like first name and surname ("Simone Inzaghi")."""
    words = surface.split()
    return (
        len(words) in (2, 3) and all(w[:1].isupper() for w in words) and load().people.is_first_name(words[0])
    )


def _split_entity(text: str, start: int, end: int) -> list[Span]:
    """An entity that swallowed a separator is several names."""
    pieces: list[Span] = []
    at = start
    for stop in re.finditer(
        r"\s*[;:,(\n]\s*|\s+(?:e|ed|per|il|i|gli|lo|un|con|che|in|su|al|alla|poi)\s+|\s[-–—]\s",
        text[start:end],
    ):
        pieces.append((at, start + stop.start()))
        at = start + stop.end()
    pieces.append((at, end))
    return [p for p in pieces if p[1] > p[0]]


def _inside(span: Span, others: Sequence[Span], spare: int = 0) -> bool:
    """Whether ``span`` lies inside one of the others, but for ``spare`` characters at its end."""
    return any(s <= span[0] and span[1] <= e + spare for s, e in others)


def _overlaps(span: Span, found: Iterable[Span]) -> bool:
    return any(s < span[1] and span[0] < e for s, e in found)


def _add_repeats(
    text: str, annotation: Annotation, found: dict[Span, Naming], blocked: Sequence[Span]
) -> None:
    """Surnames known from one place of the text are names in every place."""
    surnames: dict[str, int] = {}
    for naming in found.values():
        for word in _WORD.findall(naming.surface):
            if len(word) > 2 and word[0].isupper() and plain(word) not in PARTICLES:
                surnames[plain(word)] = surnames.get(plain(word), 0) + 1
    for sentence in annotation.sentences:
        words = sentence.words
        run: list[tuple[int, int]] = []
        for index, word in enumerate(words):
            surface = text[word.start : word.end]
            if word.start in {s for s, _ in run} or not surface[:1].isupper():
                continue
            if plain(surface) not in surnames:
                continue
            span = (word.start, word.end)
            if _inside(span, blocked) or _overlaps(span, found):
                continue
            if index == 0 and not _name_at_start(words, index):
                continue
            found[span] = Naming(*span, surface)


def _name_at_start(words: Sequence, index: int) -> bool:
    """At the start of a sentence a capital tells nothing: a common noun there needs a verb after it."""
    if words[index].upos == "PROPN":
        return True
    following = words[index + 1] if index + 1 < len(words) else None
    return (
        following is None
        or following.upos in ("VERB", "AUX", "PRON", "PUNCT")
        or following.text in ("non", "in", "per", "al", "a", "si")
    )


def _add_unlabelled(
    text: str, annotation: Annotation, found: dict[Span, Naming], blocked: Sequence[Span]
) -> None:
    """Proper nouns inside a sentence that nothing else explains are guessed to be persons."""
    for sentence in annotation.sentences:
        entities = [(e.start, e.end) for e in sentence.entities if e.label != "PER"]
        run: Span | None = None
        for index, word in enumerate(sentence.words):
            surface = text[word.start : word.end]
            proper = (
                word.upos == "PROPN"
                and index > 0
                and surface[:1].isupper()
                and not surface.isupper()
                and len(surface) > 2
            )
            if proper:
                run = (
                    (run[0], word.end)
                    if run and text[run[1] : word.start].strip() == ""
                    else (word.start, word.end)
                )
                following = sentence.words[index + 1] if index + 1 < len(sentence.words) else None
                if following is not None and following.upos == "PROPN" and text[following.start].isupper():
                    continue
            if run is not None:
                if not (
                    _inside(run, blocked)
                    or _overlaps(run, found)
                    or _overlaps(run, blocked)
                    or _overlaps(run, entities)
                ):
                    found[run] = Naming(*run, text[slice(*run)], sure=False)
                run = None


_ALIAS = re.compile(
    r",?\s*\(?(?:che tutti chiamano|detto|detta|soprannominat[oa]|per tutti|alias|al secolo|meglio not[oa] come|per gli"
    r" amici|che (?:qui|tutti|i tifosi) chiamano)\s*(?:(?:il|la|lo)\s+|l['’])?[«“\"]?"
)


def aliases(text: str, namings: Sequence[Naming]) -> list[tuple[str, str]]:
    """Pairs of names that the text calls one person's: "Rossi, che tutti chiamano Pablito"."""
    return [
        (one.surface, other.surface)
        for one, other in pairwise(namings)
        if _ALIAS.fullmatch(text[one.end : other.start])
    ]


def cluster(
    namings: Sequence[Naming], same: Sequence[tuple[str, str]] = ()
) -> tuple[list[Person], dict[Span, list[Person]]]:
    """The persons behind the namings, and for each naming whom it may mean (usually one).

    ``same`` are pairs of surfaces that name one person.
    """
    by_length = sorted(
        {n.surface: None for n in namings}, key=lambda s: (-len([w for w in name_words(s) if len(w) > 1]), s)
    )
    persons: list[Person] = []
    meaning: dict[str, list[Person]] = {}
    for surface in by_length:
        words = name_words(surface)
        if not words:
            continue
        fits = [p for p in persons if any(compatible(words, name_words(f)) for f in {p.name} | p.forms)]
        if len(words) > 1 and fits:
            # "Luis Sartori" is no form of "Ivo Sartori": whole agreement of the longer names is needed
            fits = [p for p in fits if _agree(words, p)]
        if not fits:
            person = Person(name=surface)
            persons.append(person)
            fits = [person]
        if len(fits) == 1:
            fits[0].forms.add(surface)
            if len(name_words(fits[0].name)) < len(words):
                fits[0].name = surface
        meaning[surface] = fits
    for one, other in same:
        if len(meaning.get(one, [])) == 1 and len(meaning.get(other, [])) == 1:
            keep, lose = meaning[one][0], meaning[other][0]
            if keep is not lose:
                if len(name_words(lose.name)) > len(name_words(keep.name)):
                    keep, lose = lose, keep
                keep.forms |= lose.forms
                persons.remove(lose)
                for surface, people in meaning.items():
                    meaning[surface] = [keep if p is lose else p for p in people]
    places: dict[Span, list[Person]] = {}
    for naming in namings:
        people = meaning.get(naming.surface, [])
        if people:
            places[(naming.start, naming.end)] = people
            if len(people) == 1:
                people[0].mentions.append((naming.start, naming.end))
    for person in persons:
        if person.name.isupper() and len(person.name) > 3:
            mixed = [f for f in person.forms if not f.isupper()]
            person.name = max(mixed, key=len) if mixed else person.name.title()
    return persons, places


def _agree(words: Sequence[str], person: Person) -> bool:
    return compatible(words, name_words(person.name))
