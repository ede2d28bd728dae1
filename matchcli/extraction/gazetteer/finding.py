"""Finding known forms in a text, and what they point to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from matchcli.extraction.gazetteer.compile import CODE, GLUE, NICKNAME, WORD, fold, key_of, match_word
from matchcli.extraction.gazetteer.doubts import SmallWords, Word, agree, setting_of
from matchcli.extraction.gazetteer.entries import (
    Club,
    Competition,
    GazetteerHit,
    Gender,
    Kind,
    Nation,
    Number,
    Place,
    Role,
    Sense,
)
from matchcli.extraction.gazetteer.people import People

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

_GENDERS: dict[str, Gender | None] = {"m": "m", "f": "f", "": None}
_NUMBERS: dict[str, Number | None] = {"s": "s", "p": "p", "": None}

#: Marks that may belong to the end of a form: "all.", "Nardo'".
_FINAL_MARKS = {".": ".", "'": "'", "\u2019": "'", "\u02bc": "'", "`": "'"}


class Gazetteer:
    """All known forms, and the entries they belong to."""

    def __init__(self, compiled: dict[str, Any]) -> None:
        """Take what ``compile.compile_tables`` returns."""
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
        """All cities, regions and areas by name."""
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
        plain = [word for word in words if fold(word) not in self.legal_forms and not word.isdigit()]
        for form in (name.strip(" ."), " ".join(words), " ".join(plain)):
            teams: dict[str, None] = {}
            for sense in self._forms.get(_key_or_empty(form), []):
                if sense[0] in ("club_name", "club_alias", "nation_name"):
                    teams.update(dict.fromkeys(sense[-1]))
            if teams:
                return tuple(teams)
        return ()

    @cached_property
    def club_beginnings(self) -> frozenset[str]:
        """Words that begin the names of clubs, known or not: "Virtus", "Pro", "Fortitudo"."""
        return self._words("club_beginning")

    @cached_property
    def legal_forms(self) -> frozenset[str]:
        """Words of a club's name that only tell its legal form or sport, folded: "us", "calcio"."""
        return self._words("legal_form")

    def _words(self, kind: str) -> frozenset[str]:
        return frozenset(word for entry in self._entries.get(kind, []) for word in entry["words"])

    @cached_property
    def _small_words(self) -> SmallWords:
        return SmallWords(self._entries)

    @cached_property
    def _women_suffix(self) -> re.Pattern[str]:
        """What follows a club's name when its women play."""
        return re.compile(rf" (?:{'|'.join(sorted(self._words('women_suffix')))})\b")

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

    def _hit_at(self, text: str, words: list[Word], place: int) -> GazetteerHit | None:
        """The longest hit that begins with the word at ``place``."""
        word = words[place][2]
        longest = self._longest.get(word)
        hit = self._form_at(text, words, place, longest) if longest else None
        for pattern in self._patterns.get(word, ()):
            found = _pattern_at(text, words[place][0], *pattern)
            if found is not None and (hit is None or found.end > hit.end):
                hit = found
        return hit

    def _form_at(self, text: str, words: list[Word], place: int, longest: int) -> GazetteerHit | None:
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
        self, text: str, words: list[Word], place: int, end: int, capitals: int, key: str
    ) -> GazetteerHit | None:
        """The hit of ``key``, with the senses that its capitals and its determiner allow."""
        stored = self._forms.get(key)
        if stored is None:
            return None
        start = words[place][0]
        setting = setting_of(
            text,
            words,
            place,
            end,
            self._small_words,
            surname=self.people.word_class(key) is not None,
            after_first_name=self._follows_first_name(text, words, place),
        )
        sure: list[Sense] = []
        unsure: list[Sense] = []
        for kind, needed, gender, number, flags, targets in stored:
            fits = capitals & needed == needed
            if (not fits and NICKNAME not in flags) or (CODE in flags and not text[start:end].isupper()):
                continue
            gender, number = agree((gender, number), setting.determiner)
            sense = Sense(kind, tuple(targets), _GENDERS[gender], _NUMBERS[number])
            doubtful = not fits or setting.doubts(flags, needed == 0, number, kind == "role")
            (unsure if doubtful else sure).append(sense)
        if not sure and not unsure:
            return None
        if any(sense.kind in ("club_name", "club_alias") for sense in sure + unsure):
            suffix = self._women_suffix.match(text, end)
            end = suffix.end() if suffix is not None else end
        return GazetteerHit(start, end, text[start:end], _put_together(sure, unsure), doubtful=not sure)

    def _follows_first_name(self, text: str, words: list[Word], place: int) -> bool:
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
        return key_of(form)
    except ValueError:
        return ""
