"""The facts that an Italian football reader carries in the head, and where a text uses them.

The facts stand in ``matchcli/lexicon``: ``clubs/*.toml``, ``nations.toml``, ``places.toml``,
``competitions.toml``, ``roles.toml`` and ``people.toml``.  ``load`` reads them, once for a
process, from a compiled copy in the user's cache that is made anew whenever a table changes.
"""

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
from matchcli.extraction.gazetteer.finding import Gazetteer
from matchcli.extraction.gazetteer.people import NameParts, People
from matchcli.extraction.gazetteer.store import load

__all__ = [
    "Club",
    "Competition",
    "Gazetteer",
    "GazetteerHit",
    "Gender",
    "Kind",
    "NameParts",
    "Nation",
    "Number",
    "People",
    "Place",
    "Role",
    "Sense",
    "load",
]
