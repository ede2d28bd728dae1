"""What the gazetteer knows (clubs, nations, places, competitions, roles) and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
