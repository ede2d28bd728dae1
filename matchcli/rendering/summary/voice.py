"""The voice that tells a match: its language, its names, and how it chooses its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matchcli.rendering.clean import clean
from matchcli.rendering.summary.grammar import Noun, Value, fill, team_noun
from matchcli.rendering.words import load

if TYPE_CHECKING:
    from matchcli.record import Match, Side

#: A phrase of the lexicon: its text and its example.
Phrase = Mapping[str, Any]


class Voice:
    """Tells one match.

    ``data`` is the lexicon's table of the language, ``teams`` the names of the sides as nouns;
    ``women`` is true where the record tells that women play: only then do players have a gender.
    """

    def __init__(self, match: Match, lang: str) -> None:
        self.lang = lang
        self.data: dict[str, Any] = load(lang)
        self.teams: dict[Side, Noun] = {
            "home": self._team(match.home.name, "home"),
            "away": self._team(match.away.name, "away"),
        }
        known = (match.competition, match.home.name, match.away.name)
        words = " ".join(part or "" for part in known).lower()
        self.women = any(sign in words for sign in self.data["women"]["signs"])
        self._match = "|".join(
            str(part)
            for part in (match.home.name, match.away.name, match.score, match.competition, match.date)
        )
        self._used: set[str] = set()

    def _team(self, name: str | None, side: Side) -> Noun:
        name = clean(name or "")
        return team_noun(name, self.lang) if name else Noun(**self.data["sides"][side])

    def say(self, phrases: Iterable[Phrase], slot: str, values: Mapping[str, Value] | None = None) -> str:
        """Choose one of the phrases for a place in the summary, and set the values into it."""
        chosen = self.choose([phrase["text"] for phrase in phrases], slot)
        return fill(chosen, values or {}, self.lang)

    def choose(self, texts: Sequence[str], slot: str) -> str:
        """Choose by the match alone, so that it is the same each time; none twice if it can be."""
        fresh = [text for text in texts if text not in self._used] or texts
        digest = hashlib.sha256(f"{self._match}|{slot}".encode("utf-8", "surrogatepass")).digest()
        chosen = fresh[int.from_bytes(digest[:4], "big") % len(fresh)]
        self._used.add(chosen)
        return chosen

    def listed(self, parts: Sequence[str]) -> str:
        """Join parts as a list: ``A, B e C``."""
        lists = self.data["lists"]
        if len(parts) == 1:
            return parts[0]
        return lists["comma"].join(parts[:-1]) + lists["and"] + parts[-1]
