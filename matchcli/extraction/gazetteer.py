"""The facts that an Italian football reader carries in the head, and where a text uses them.

The facts stand in ``matchcli/lexicon``: ``clubs/*.toml``, ``nations.toml``, ``places.toml``,
``competitions.toml``, ``roles.toml`` and ``people.toml``.  ``load`` reads them, once for a
process, from a compiled copy in the user's cache that is made anew whenever a table changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from matchcli.extraction import gazetteer_compile
from matchcli.extraction.gazetteer_compile import GLUE, WORD, fold, match_word
from matchcli.extraction.gazetteer_people import People

Kind = Literal[
    "club_name",
    "club_alias",
    "club_nickname",
    "club_colour",
    "club_demonym",
    "club_code",
    "nation_name",
    "nation_demonym",
    "nation_nickname",
    "nation_colour",
    "stadium",
    "competition",
    "round",
    "city",
    "city_demonym",
    "region",
    "region_demonym",
    "area",
    "area_demonym",
    "nation_stadium",
    "role",
]
Gender = Literal["m", "f"]
Number = Literal["s", "p"]

#: Which reading of a form comes first where it has several ("Napoli": the club, then the city).
_ORDER: dict[str, int] = {
    kind: place
    for place, kind in enumerate(
        (
            "club_name",
            "nation_name",
            "club_alias",
            "competition",
            "stadium",
            "nation_stadium",
            "club_code",
            "nation_code",
            "club_colour",
            "club_nickname",
            "nation_nickname",
            "club_demonym",
            "city_demonym",
            "nation_demonym",
            "region_demonym",
            "area_demonym",
            "nation_colour",
            "role",
            "round",
            "city",
            "region",
            "area",
        )
    )
}

_DETERMINERS: dict[str, tuple[str, str]] = {
    word: morph
    for words, morph in (
        ("il lo un uno del dello al allo dal dallo nel nello sul sullo col quel quello questo", ("m", "s")),
        ("i gli dei degli ai agli dai dagli nei negli sui sugli coi quei quegli questi", ("m", "p")),
        ("la una della alla dalla nella sulla colla quella questa", ("f", "s")),
        ("le delle alle dalle nelle sulle quelle queste", ("f", "p")),
        ("l dell all dall nell sull quell quest", ("", "s")),
        ("un'", ("f", "s")),
    )
    for word in words.split()
}

_GENDERS: dict[str, Gender | None] = {"m": "m", "f": "f", "": None}
_NUMBERS: dict[str, Number | None] = {"s": "s", "p": "p", "": None}

#: Marks that may belong to the end of a form: "all.", "Nardo'".
_FINAL_MARKS = {".": ".", "'": "'", "\u2019": "'", "\u02bc": "'", "`": "'"}

_GROUND_WORDS = frozenset(("stadio", "campo", "comunale", "impianto", "arena"))

_SENTENCE_BEGINS_AFTER = frozenset('.!?:;…\n\r«»"“”([—–•*#|/')


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a form: its kind and the entries that it may point to.

    ``targets`` are canonical names: of clubs for the ``club_`` kinds and ``stadium``, of nations,
    places, competitions, rounds or roles (``Role.name``) for theirs.  ``gender`` and ``number``
    are what the word and a determiner before it tell, else None.
    """

    kind: Kind
    targets: tuple[str, ...]
    gender: Gender | None = None
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class GazetteerHit:
    """A place where a text uses a known form.

    ``start`` and ``end`` count characters of the text, end exclusive; ``surface`` is what stands
    there, without an article.  ``senses`` has the likeliest first.  ``doubtful`` is true where
    the same letters may well be something else: an ordinary word at the start of a sentence
    ("Potenza"), a surname ("Russo" in mid sentence), a nickname in lower case or without its
    article ("dea").
    """

    start: int
    end: int
    surface: str
    senses: tuple[Sense, ...]
    doubtful: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where the form stands, as (start, end)."""
        return (self.start, self.end)

    @property
    def kind(self) -> Kind:
        """The kind of the likeliest sense."""
        return self.senses[0].kind

    @property
    def targets(self) -> tuple[str, ...]:
        """The canonical names of the likeliest sense."""
        return self.senses[0].targets

    @property
    def gender(self) -> Gender | None:
        """The gender of the likeliest sense."""
        return self.senses[0].gender

    @property
    def number(self) -> Number | None:
        """The number of the likeliest sense."""
        return self.senses[0].number

    def sense(self, *kinds: Kind) -> Sense | None:
        """The likeliest sense of one of these kinds, None when it has none."""
        return next((sense for sense in self.senses if sense.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Club:
    """A club, named as Italian newspapers name it.  ``nicknames`` have their article."""

    name: str
    article: str = ""
    gender: str = ""
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    code: str | None = None
    city: str | None = None
    demonyms: tuple[str, ...] = ()
    stadium: tuple[str, ...] = ()
    country: str | None = None
    common_words: tuple[str, ...] = ()
    also_people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nation:
    """A national side and its country; demonyms and colours are masculine plurals."""

    name: str
    article: str = ""
    gender: str = ""
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    code: str | None = None
    stadium: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A city, region or area (kind); ``region`` and ``country`` say where it lies.

    ``cities`` are those of an area or of a foreign region; the cities of an Italian region have
    it as their ``region``.  ``nations`` are those of an area of the world ("Sudamerica").
    """

    name: str
    kind: str = "city"
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    region: str | None = None
    country: str | None = None
    common_words: tuple[str, ...] = ()
    also_people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Competition:
    """A competition; ``scope`` has one or more of "clubs", "nations", "women", "youth", "both"."""

    name: str
    scope: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A word that a person is called by.

    ``group`` is what it says of the person: "goalkeeper", "defender", "midfielder", "forward",
    "player", "captain", "youth", "veteran", "age", "newcomer", "former", "scorer", "relation",
    "shirt_number" for players; "coach", "referee", "var_official", "assistant_referee",
    "president", "director", "staff" for those who do not play (``player`` is false).
    """

    name: str
    group: str
    player: bool


class Gazetteer:
    """All known forms, and the entries they belong to."""

    def __init__(self, compiled: dict[str, Any]) -> None:
        """Take what ``gazetteer_compile.compile_tables`` returns."""
        self._forms: dict[str, list[list[Any]]] = compiled["forms"]
        self._entries: dict[str, list[dict[str, Any]]] = compiled["entries"]
        self._patterns: dict[str, list[tuple[Kind, str, str, str]]] = {}
        for begins, kind, name, doubt, regex in compiled["patterns"]:
            for word in begins:
                self._patterns.setdefault(word, []).append((kind, name, doubt, regex))
        self._longest: dict[str, int] = compiled["longest"]

    @cached_property
    def clubs(self) -> dict[str, Club]:
        """All clubs by canonical name."""
        return {entry["name"]: Club(**_tuples(entry)) for entry in self._entries.get("club", [])}

    @cached_property
    def nations(self) -> dict[str, Nation]:
        """All nations by canonical name."""
        return {entry["name"]: Nation(**_tuples(entry)) for entry in self._entries.get("nation", [])}

    @cached_property
    def places(self) -> dict[str, Place]:
        """All cities, provinces and regions by name."""
        return {entry["name"]: Place(**_tuples(entry)) for entry in self._entries.get("place", [])}

    @cached_property
    def roles(self) -> dict[str, Role]:
        """All roles by name."""
        return {
            entry["name"]: Role(entry["name"], entry["group"], entry["player"])
            for entry in self._entries.get("role", [])
        }

    @cached_property
    def competitions(self) -> dict[str, Competition]:
        """All competitions by canonical name."""
        return {
            entry["name"]: Competition(entry["name"], tuple(entry["scope"]), tuple(entry.get("aliases", ())))
            for entry in self._entries.get("competition", [])
        }

    @cached_property
    def people(self) -> People:
        """What the names of people tell by themselves."""
        return People(self._entries)

    @cached_property
    def _clubs_by_city(self) -> dict[str, tuple[str, ...]]:
        return _group((club.city, club.name) for club in self.clubs.values() if club.city)

    @cached_property
    def _clubs_by_country(self) -> dict[str, tuple[str, ...]]:
        return _group((club.country, club.name) for club in self.clubs.values() if club.country)

    @cached_property
    def _clubs_by_region(self) -> dict[str, tuple[str, ...]]:
        of_city = self._clubs_by_city
        pairs = [
            (region, club)
            for place in self.places.values()
            for region, cities in ((place.region, (place.name,)), (place.name, place.cities))
            if region and (place.kind == "city" or cities is place.cities)
            for city in cities
            for club in of_city.get(city, ())
        ]
        return _group(dict.fromkeys(pairs))

    def clubs_of(self, sense: Sense) -> tuple[str, ...]:
        """The clubs that a sense may point to, by canonical name.

        A club's own name, nickname, colour or stadium points to that club; a city or its people
        to its clubs ("milanesi": Inter, Milan...), a region or a nation to all clubs from there.
        """
        if sense.kind.startswith("club_") or sense.kind == "stadium":
            return sense.targets
        if sense.kind.startswith("city"):
            by_place = self._clubs_by_city
        elif sense.kind.startswith(("region", "area")):
            by_place = self._clubs_by_region
        elif sense.kind in ("nation_name", "nation_demonym"):
            by_place = self._clubs_by_country
        else:
            return ()
        return tuple(club for target in sense.targets for club in by_place.get(target, ()))

    def teams_of(self, hit: GazetteerHit) -> tuple[str, ...]:
        """The clubs and nations that a hit may point to, over all its senses, likeliest first."""
        teams: dict[str, None] = {}
        for sense in hit.senses:
            if sense.kind.startswith("nation_"):
                teams.update(dict.fromkeys(sense.targets))
            elif sense.kind.startswith("area"):
                teams.update(
                    dict.fromkeys(nation for area in sense.targets for nation in self.places[area].nations)
                )
            teams.update(dict.fromkeys(self.clubs_of(sense)))
        return tuple(teams)

    def team(self, name: str) -> tuple[str, ...]:
        """The clubs or nations that a team's name as written may mean ("Ac Milan 1899" -> Milan).

        Words that only say the legal form ("Us", "Calcio", a year) are passed over; an unknown
        name gives an empty tuple.
        """
        words = [word.group() for word in WORD.finditer(name)]
        plain = [word for word in words if fold(word) not in self._legal_forms and not word.isdigit()]
        for form in (name.strip(" ."), " ".join(words), " ".join(plain)):
            teams: dict[str, None] = {}
            for sense in self._forms.get(_key_or_empty(form), []):
                if sense[0] in ("club_name", "club_alias", "nation_name"):
                    teams.update(dict.fromkeys(sense[-1]))
            if teams:
                return tuple(teams)
        return ()

    @cached_property
    def _women_suffix(self) -> re.Pattern[str]:
        """What follows a club's name when its women play, or nothing."""
        words = [word for entry in self._entries.get("women_suffix", []) for word in entry["words"]]
        return re.compile(rf"(?: (?:{'|'.join(words)})\b)?")

    @cached_property
    def _legal_forms(self) -> frozenset[str]:
        return frozenset(word for entry in self._entries.get("legal_form", []) for word in entry["words"])

    def find(self, text: str) -> list[GazetteerHit]:
        """All known forms in ``text``, in order, the longest where they overlap."""
        words = [(word.start(), word.end(), match_word(word.group())) for word in WORD.finditer(text)]
        hits: list[GazetteerHit] = []
        place = 0
        while place < len(words):
            hit = self._hit_at(text, words, place)
            if hit is None:
                place += 1
                continue
            hits.append(hit)
            while place < len(words) and words[place][0] < hit.end:
                place += 1
        return hits

    def _hit_at(self, text: str, words: list[tuple[int, int, str]], place: int) -> GazetteerHit | None:
        """The longest hit that begins with the word at ``place``."""
        word = words[place][2]
        longest = self._longest.get(word)
        hit = self._form_at(text, words, place, longest) if longest else None
        for pattern in self._patterns.get(word, ()):
            found = _pattern_at(text, words[place][0], *pattern)
            if found is not None and (hit is None or found.end > hit.end):
                hit = found
        return hit

    def _form_at(
        self, text: str, words: list[tuple[int, int, str]], place: int, longest: int
    ) -> GazetteerHit | None:
        """The longest form that begins with the word at ``place``."""
        keys = [words[place][2]]
        for following in range(place + 1, min(place + longest, len(words))):
            glue = GLUE.get(text[words[following - 1][1] : words[following][0]])
            if glue is None:
                break
            keys.append(keys[-1] + glue + words[following][2])
        for length in range(len(keys), 0, -1):
            end = words[place + length - 1][1]
            capitals = sum(1 << n for n in range(length) if text[words[place + n][0]].isupper())
            mark = _FINAL_MARKS.get(text[end : end + 1])
            if mark is not None:
                hit = self._read(text, words, place, end + 1, capitals, keys[length - 1] + mark)
                if hit is not None:
                    return hit
            hit = self._read(text, words, place, end, capitals, keys[length - 1])
            if hit is not None:
                return hit
        return None

    def _read(
        self, text: str, words: list[tuple[int, int, str]], place: int, end: int, capitals: int, key: str
    ) -> GazetteerHit | None:
        """The hit of ``key``, with the senses that its capitals and its determiner allow."""
        stored = self._forms.get(key)
        if stored is None:
            return None
        start = words[place][0]
        determiner = _determiner_before(text, words, place)
        first = _begins_sentence(text, start) or text[start:end].isupper()
        surname = self.people.word_class(key) is not None
        sure: list[Sense] = []
        unsure: list[Sense] = []
        for kind, needed, gender, number, flags, targets in stored:
            fits = capitals & needed == needed
            if (not fits and "n" not in flags) or ("u" in flags and not text[start:end].isupper()):
                continue
            gender, number = _agree((gender, number), determiner)
            sense = Sense(kind, tuple(targets), _GENDERS[gender], _NUMBERS[number])
            bare = determiner is None
            doubt = (
                not fits
                or ("a" in flags and bare)
                or ("s" in flags and bare and words[place - 1][2] not in _GROUND_WORDS)
                or ("c" in flags and first)
                or ("g" in flags and _capital_follows(text, end))
                or ("o" in flags and (bare or number != "p"))
                or (not needed and capitals and not first and (bare or kind == "role"))
                or (
                    not needed
                    and capitals
                    and first
                    and bare
                    and (surname or (number == "s" and kind != "role"))
                )
                or (bool(capitals) and self._follows_first_name(text, words, place))
            )
            (unsure if doubt else sure).append(sense)
        if not sure and not unsure:
            return None
        if any(sense.kind in ("club_name", "club_alias") for sense in sure + unsure):
            end = self._women_suffix.match(text, end).end()  # type: ignore[union-attr]
        return GazetteerHit(start, end, text[start:end], _put_together(sure, unsure), doubtful=not sure)

    def _follows_first_name(self, text: str, words: list[tuple[int, int, str]], place: int) -> bool:
        """Whether a first name stands right before, so that the form is rather a surname ("Marco Verona")."""
        if place == 0:
            return False
        start, end, word = words[place - 1]
        return (
            text[end : words[place][0]] == " "
            and text[start].isupper()
            and word not in self._forms
            and self.people.is_first_name(word)
        )


def _pattern_at(text: str, start: int, kind: Kind, name: str, doubt: str, regex: str) -> GazetteerHit | None:
    """The hit of a pattern that begins at ``start``; it covers the pattern's first group if it has one."""
    match = _compiled(regex).match(text, start)
    if match is None:
        return None
    group = 1 if match.re.groups else 0
    return GazetteerHit(*match.span(group), match.group(group), (Sense(kind, (name,)),), doubtful=bool(doubt))


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _put_together(sure: list[Sense], unsure: list[Sense]) -> tuple[Sense, ...]:
    """Senses with the likeliest first, one for each kind and morphology, the sure ones before."""
    merged: dict[tuple[str, str | None, str | None], Sense] = {}
    for senses in (sure, unsure):
        for sense in sorted(senses, key=lambda sense: _ORDER[sense.kind]):
            key = (sense.kind, sense.gender, sense.number)
            known = merged.get(key)
            targets = sense.targets if known is None else tuple(dict.fromkeys(known.targets + sense.targets))
            merged[key] = Sense(sense.kind, targets, sense.gender, sense.number)
    return tuple(merged.values())


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _key_or_empty(form: str) -> str:
    try:
        return gazetteer_compile.key_of(form)
    except ValueError:
        return ""


def _determiner_before(text: str, words: list[tuple[int, int, str]], place: int) -> tuple[str, str] | None:
    """What the article (or preposition with article) right before a word says, None without one."""
    if place == 0:
        return None
    _, end, word = words[place - 1]
    between = text[end : words[place][0]]
    if between not in GLUE or GLUE[between] not in (" ", "'"):
        return None
    if word == "un" and GLUE[between] == "'":
        word = "un'"
    return _DETERMINERS.get(word)


def _agree(morph: tuple[str, str], determiner: tuple[str, str] | None) -> tuple[str, str]:
    """Gender and number of a form after a determiner: what the form leaves open, that one tells."""
    if determiner is None:
        return morph
    gender, number = morph
    agrees = (not gender or not determiner[0] or gender == determiner[0]) and (
        not number or not determiner[1] or number == determiner[1]
    )
    return (gender or determiner[0], number or determiner[1]) if agrees else morph


def _capital_follows(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _begins_sentence(text: str, start: int) -> bool:
    before = (
        text[:start].rstrip(" \t\u00a0'’‘") if start < 40 else text[start - 40 : start].rstrip(" \t\u00a0'’‘")
    )
    return not before or before[-1] in _SENTENCE_BEGINS_AFTER


LEXICON = Path(__file__).resolve().parent.parent / "lexicon"


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer, read once for a process.

    Raises OSError when the tables of the package cannot be read, tomllib.TOMLDecodeError,
    KeyError or ValueError when one of them is damaged.  A cache that cannot be read or written
    only costs the time to compile.
    """
    digest = _digest(LEXICON)
    cache = _cache_path()
    compiled = _read_cache(cache, digest)
    if compiled is None:
        compiled = gazetteer_compile.compile_tables(gazetteer_compile.read_tables(LEXICON))
        _write_cache(cache, digest, compiled)
    return Gazetteer(compiled)


def _digest(folder: Path) -> str:
    """A fingerprint of the tables and of the code that compiles them."""
    digest = hashlib.blake2b(gazetteer_compile.SOURCE, digest_size=16)
    for path in gazetteer_compile.table_paths(folder):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_path() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("matchcli") / "gazetteer.json"


def _read_cache(path: Path, digest: str) -> dict[str, Any] | None:
    try:
        with path.open(encoding="utf-8") as file:
            if file.readline().strip() != digest:
                return None
            compiled: dict[str, Any] = json.load(file)
    except (OSError, ValueError):
        return None
    return compiled


def _write_cache(path: Path, digest: str, compiled: dict[str, Any]) -> None:
    """Store the compiled tables, whole or not at all."""
    import tempfile  # only where something is written

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="gazetteer-", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(digest + "\n")
            json.dump(compiled, file, ensure_ascii=False, separators=(",", ":"))
        os.replace(name, path)
    except OSError:
        return
