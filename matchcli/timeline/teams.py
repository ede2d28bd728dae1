"""The two sides of a match: their names, and which words of the text mean which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit
from matchcli.extraction.mentions import Span
from matchcli.extraction.persons import name_words
from matchcli.extraction.references import SIDE_ADJECTIVE_KINDS, TeamRef
from matchcli.record import Side

_LEGAL = frozenset(
    {
        "fc",
        "ac",
        "as",
        "us",
        "ss",
        "ssc",
        "asd",
        "usd",
        "calcio",
        "1899",
        "1913",
        "femminile",
        "women",
        "primavera",
        "u19",
        "under",
    }
)


@dataclass(slots=True)
class TeamIdentity:
    """A side: its name as written, and the clubs or nations of the gazetteer that it may be."""

    name: str
    known: frozenset[str] = frozenset()
    forms: set[str] = field(default_factory=set)
    aliases: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> list[str]:
        return [w for w in name_words(self.name) if w not in _LEGAL]


def identity(name: str, gazetteer: Gazetteer) -> TeamIdentity:
    """The side that ``name`` names."""
    known = gazetteer.team(name)
    shown = name.strip(" .,:;-–—")
    if shown.isupper() and len(shown) > 4:
        shown = next((k for k in known if name_words(k) == name_words(shown)), None) or title_case(shown)
    return TeamIdentity(name=shown, known=frozenset(known))


def fullest(side: TeamIdentity, hits: Sequence[GazetteerHit]) -> TeamIdentity:
    """The side by the fullest name of the text: "City" is "Manchester City", "Toro" is "Torino"."""
    if not side.known:
        return side
    forms = [h.surface for h in hits if h.kind == "club_name" and set(h.targets) == set(side.known)]
    if not forms:
        return side
    own = [f for f in forms if name_words(f) == name_words(side.name)]
    best = max(forms, key=lambda f: (len(name_words(f)), f[:1].isupper() and not f.isupper(), len(f)))
    if own and len(name_words(best)) <= len(name_words(side.name)):
        return side
    if not own and not _is_alias(side, hits) and set(name_words(side.name)) - set(name_words(best)):
        return side
    side.name = best if not best.isupper() else best.title()
    return side


def _is_alias(side: TeamIdentity, hits: Sequence[GazetteerHit]) -> bool:
    """Whether the side is named by an alias or a nickname."""
    return any(
        h.kind in ("club_alias", "club_nickname") and name_words(h.surface) == name_words(side.name)
        for h in hits
    )


def title_case(name: str) -> str:
    """ "VIRTUS CASTELFRANCO" as "Virtus Castelfranco"; particles in lower case."""
    words = []
    for number, word in enumerate(name.split()):
        low = word.lower()
        if number and low in ("di", "del", "della", "dei", "e", "al", "la", "le"):
            words.append(low)
        else:
            words.append(
                "-".join("'".join(p[:1].upper() + p[1:] for p in part.split("'")) for part in low.split("-"))
            )
    return " ".join(words)


class Sides:
    """Which side a team reference means."""

    def __init__(self, home: TeamIdentity, away: TeamIdentity, gazetteer: Gazetteer) -> None:
        self.home, self.away = home, away
        self.gazetteer = gazetteer
        self.learned: dict[str, Side] = {}

    def name_spans(self, text: str, start: int, end: int) -> list[tuple[Span, Side]]:
        """Where the sides stand by name, or by a word of their names that the other has not."""
        found: list[tuple[Span, Side]] = []
        own: dict[Side, list[str]] = {"home": self.home.words, "away": self.away.words}
        forms: list[tuple[str, Side]] = []
        for side, identity_ in (("home", self.home), ("away", self.away)):
            other: Side = "away" if side == "home" else "home"
            forms.append((identity_.name, side))  # type: ignore[arg-type]
            for word in re.findall(r"[^\W\d_][\w'’]+", identity_.name):
                key = name_words(word)
                if (
                    len(word) > 2
                    and word[0].isupper()
                    and key
                    and key[0] not in own[other]
                    and key[0] not in _LEGAL
                ):
                    forms.append((word, side))  # type: ignore[arg-type]
        for form, side in sorted(forms, key=lambda f: -len(f[0])):
            pattern = re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]")
            for match in re.finditer(rf"(?<![\w]){pattern}(?![\w])", text[start:end]):
                span = (start + match.start(), start + match.end())
                if not any(s < span[1] and span[0] < e for (s, e), _ in found):
                    found.append((span, side))
        return sorted(found)

    def side(self, ref: TeamRef) -> Side | None:
        """The side that ``ref`` means; None when the words do not tell."""
        if ref.side in ("home", "away"):
            return ref.side  # type: ignore[return-value]
        key = name_words(ref.key)
        home = bool(set(ref.teams) & self.home.known) or key == name_words(self.home.name)
        away = bool(set(ref.teams) & self.away.known) or key == name_words(self.away.name)
        if not home and not away and len(ref.teams) == 1:
            words = set(name_words(ref.teams[0]))
            home = bool(words & set(self.home.words))
            away = bool(words & set(self.away.words))
        if home != away:
            return "home" if home else "away"
        if ref.key in self.learned:
            return self.learned[ref.key]
        if not home and not away and ref.kind in SIDE_ADJECTIVE_KINDS:
            # one side is known with all its names, the other is not: a strange colour is the other's
            if self.home.known and not self.away.known:
                return "away"
            if self.away.known and not self.home.known:
                return "home"
        return None

    def is_other_team(self, ref: TeamRef) -> bool:
        """Whether ``ref`` is a name of a club that does not play here."""
        return (
            ref.kind in ("club_name", "club_alias", "nation_name")
            and not set(ref.teams) & (self.home.known | self.away.known)
            and self.side(ref) is None
        )
