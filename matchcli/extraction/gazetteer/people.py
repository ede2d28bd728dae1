"""What the names of people tell by themselves: first names, particles, initials, ordinary words.

The facts stand in ``matchcli/lexicon/people.toml``; there is no list of players.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from matchcli.extraction.gazetteer.compile import fold
from matchcli.extraction.gazetteer.entries import Gender

_GENDERS: dict[str, Gender | None] = {"m": "m", "f": "f", "": None}


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name taken apart: ``first`` (first names or an initial, may be empty) and ``surname``."""

    first: str
    surname: str


class People:
    """Language facts about names.  Words are compared without case and diacritics."""

    def __init__(self, entries: dict[str, list[dict[str, Any]]]) -> None:
        """Take the entries of the compiled gazetteer."""
        self._genders: dict[str, str] = {
            fold(name): names["gender"] for names in entries.get("first_names", []) for name in names["names"]
        }
        self._particles = frozenset(
            fold(word) for particle in entries.get("particle", []) for word in particle["words"]
        )
        self._words: dict[str, str] = {
            fold(word): family["class"]
            for family in entries.get("surname_words", [])
            for word in family["words"]
        }
        self._titles: dict[str, str] = {
            word: title["gender"] for title in entries.get("title", []) for word in title["words"]
        }
        self._initials = [re.compile(initial["regex"]) for initial in entries.get("initial", [])]

    def is_first_name(self, word: str) -> bool:
        """Whether the word is a common first name, Italian or foreign."""
        return fold(word) in self._genders

    def gender(self, first_name: str) -> Gender | None:
        """The gender that a first name tells ("Giulia" -> "f"); None for unknown and shared names."""
        return _GENDERS[self._genders.get(fold(first_name), "")]

    def is_particle(self, word: str) -> bool:
        """Whether the word (or words) stands inside surnames: "De", "van der", "El", "Mc"."""
        return fold(word) in self._particles

    def title_gender(self, word: str) -> Gender | None:
        """The gender that a title tells ("signora" -> "f"); None for others."""
        return _GENDERS[self._titles.get(word.lower(), "")]

    def is_title(self, word: str) -> bool:
        """Whether the word comes before a name to call its bearer ("signor", "capitan")."""
        return word.lower() in self._titles

    def word_class(self, surname: str) -> str | None:
        """What a surname is as an ordinary word ("Costa" -> "noun", "Rossi" -> "adjective"), or None.

        Such a surname is sure only after a first name, an initial or a role, in a line-up, capital
        in mid sentence, or as the subject of what only a person does.
        """
        return self._words.get(fold(surname))

    def split(self, name: str) -> NameParts:
        """First names and surname of a name as written.

        "Joris van der Velde" gives Joris and van der Velde; "Fontanesi M." gives M. and Fontanesi;
        a name of one word is a surname.
        """
        for initial in self._initials:
            match = initial.fullmatch(name.strip())
            if match is not None:
                return NameParts(match["initial"], match["surname"])
        words = name.split()
        first = 1 if len(words) > 1 and not self.is_particle(words[0]) else 0
        while 0 < first < len(words) - 1 and self.is_first_name(words[first]):
            first += 1
        last = words[-1] if words else ""
        if (
            first == 1
            and not self.is_first_name(words[0])
            and self.is_first_name(last)
            and not self.is_particle(last)
        ):
            return NameParts(last, " ".join(words[:-1]))
        return NameParts(" ".join(words[:first]), " ".join(words[first:]))
