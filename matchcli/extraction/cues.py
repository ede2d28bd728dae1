"""Cues: the words of a report that tell a shot, a goal, a save, a foul, a card...

The words stand in ``matchcli/lexicon/events/*.toml``.  A cue is one place where an entry matched,
with the persons that fill its roles.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matchcli.extraction.items import Row
from matchcli.extraction.patterns import RowIndex, Step, anchor_words, compile_pattern

#: What a cue may tell.  ``kinds.toml`` says of each which roles a verb and a noun of it give.
KINDS = (
    "goal", "attempt", "save", "block", "woodwork", "miss", "clear", "disallow", "pass", "foul", "handball",
    "penalty", "award", "overturn", "appeal", "deny", "spot_goal", "spot_miss", "yellow", "second_yellow",
    "red", "sub", "injury", "var", "manner", "position", "beaten", "not_event", "coach", "referee", "aside", "duel", "turn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon: phrases of one meaning.

    ``verb_roles`` and ``noun_roles`` map a grammatical function (``subj``, ``obj`` or a preposition) to a
    role, for a match whose head is a verb and for one whose head is a noun.
    """

    name: str
    kind: str
    phrases: tuple[tuple[Step, ...], ...]
    verb_roles: dict[str, str]
    noun_roles: dict[str, str]
    outcome: str | None = None
    qualifiers: tuple[str, ...] = ()
    weight: float = 1.0
    flags: frozenset[str] = frozenset()
    examples: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True, eq=False)
class Cue:
    """A place where an entry of the lexicon matched.

    ``position`` and ``stop`` are item positions in the row; ``head`` the item that governs.
    ``roles`` are the items (positions in the row) that fill the entry's roles.
    """

    entry: Entry
    row: Row
    position: int
    stop: int
    head: int
    roles: dict[str, list[int]] = field(default_factory=dict)
    negated: bool = False
    unreal: bool = False
    named: int = 0  # how many words the pattern itself names

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def start(self) -> int:
        return self.row.items[self.position].start

    @property
    def end(self) -> int:
        return self.row.items[self.stop - 1].end

    def __repr__(self) -> str:
        words = " ".join(i.text for i in self.row.items[self.position : self.stop])
        return f"Cue({self.kind}: {words})"


@lru_cache(maxsize=1)
def load_entries() -> tuple[Entry, ...]:
    """All entries of the lexicon's event tables.  Raises ValueError for an entry that cannot be read."""
    folder = files("matchcli.lexicon") / "events"
    defaults = tomllib.loads((folder / "kinds.toml").read_text(encoding="utf-8"))
    entries: list[Entry] = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml") or path.name == "kinds.toml":
            continue
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, raw in enumerate(table.get("cue", [])):
            entries.append(_read_entry(f"{path.name}:{number}", raw, defaults))
    return tuple(entries)


def _read_entry(name: str, raw: dict[str, Any], defaults: dict[str, Any]) -> Entry:
    kind = raw["kind"]
    if kind not in KINDS:
        raise ValueError(f"{name}: unknown kind {kind!r}")
    own = raw.get("roles", {})
    verb_roles, noun_roles = (
        {k: v for k, v in {**defaults.get(kind, {}).get(shape, {}), **own}.items() if v}
        for shape in ("verb", "noun")
    )
    if own == {} and "roles" in raw:  # an empty table: the slots of the phrases are all there is
        verb_roles = noun_roles = {}
    return Entry(
        name=name,
        kind=kind,
        phrases=tuple(compile_pattern(p) for p in raw["phrases"]),
        verb_roles=verb_roles,
        noun_roles=noun_roles,
        outcome=raw.get("outcome"),
        qualifiers=tuple(raw.get("qualifiers", ())),
        weight=float(raw.get("weight", 1.0)),
        flags=frozenset(raw.get("flags", ())),
        examples=tuple(raw.get("examples", ())),
    )


@lru_cache(maxsize=1)
def _by_anchor() -> dict[str, tuple[tuple[Entry, tuple[Step, ...]], ...]]:
    table: dict[str, list[tuple[Entry, tuple[Step, ...]]]] = {}
    for entry in load_entries():
        for steps in entry.phrases:
            for word in anchor_words(steps):
                table.setdefault(word, []).append((entry, steps))
    return {word: tuple(pairs) for word, pairs in table.items()}


def find_cues(row: Row) -> list[Cue]:
    """The cues of a row in text order; of cues that overlap on their head, the longest match wins."""
    index = RowIndex(row)
    table = _by_anchor()
    wanted: dict[int, tuple[Entry, tuple[Step, ...]]] = {}
    for key in sorted(index.by_key):  # not in the order of a set: the same text gives the same record
        for pair in table.get(key, ()):
            wanted[id(pair)] = pair
    cues: list[Cue] = []
    for entry, steps in wanted.values():
        for match in index.find(steps):
            cue = Cue(entry, row, match.start, match.end, match.head)
            cue.named = sum(1 for s in steps if s.kind == "word" and not s.optional)
            for role, positions in match.slots:
                cue.roles.setdefault(role, []).extend(positions)
            cues.append(cue)
    return _prune(cues)


def _words_in(cue: Cue) -> int:
    return (
        sum(1 for i in cue.row.items[cue.position : cue.stop] if i.is_word) * 10
        + 2 * cue.named
        + sum(len(v) for v in cue.roles.values())
    )


def _prune(cues: Iterable[Cue]) -> list[Cue]:
    """One cue for each head word and kind group: the one that explains most words."""
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (-_words_in(c), c.kind in _SECOND, c.position)):
        clash = next(
            (
                k
                for k in kept
                if cue.position < k.stop
                and k.position < cue.stop
                and (cue.head == k.head or k.position <= cue.head < k.stop)
                and not _may_share(k, cue)
            ),
            None,
        )
        if clash is None:
            kept.append(cue)
    return sorted(kept, key=lambda c: (c.position, c.stop))


#: Kinds that yield to another kind of as many words: "trafigge" is a goal before it is a duel.
_SECOND = frozenset({"duel", "manner", "position", "pass", "coach", "referee"})
_CARDS = frozenset({"yellow", "second_yellow", "red"})
_FOULS = frozenset({"foul", "handball"})


def _may_share(one: Cue, other: Cue) -> bool:
    """The manner of a shot stands inside the shot's words, on the same head or beside it.

    "Deve rinunciare a Rossi" is what a coach does, a change and an injury.
    """
    kinds = {one.kind, other.kind}
    if len(kinds) == 2 and (kinds <= {"sub", "injury", "coach"} or (kinds & _CARDS and kinds & _FOULS)):
        return True
    if one.kind == other.kind or "manner" not in (one.kind, other.kind):
        return False
    manner, cue = (one, other) if one.kind == "manner" else (other, one)
    return manner.head == cue.head or cue.position <= manner.head < cue.stop


def cues_of(rows: Sequence[Row]) -> list[list[Cue]]:
    """The cues of each row."""
    return [find_cues(row) for row in rows]
