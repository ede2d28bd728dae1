"""Every phrase of the event tables is matched by an example of its entry, and the roles are filled.

An entry has ``examples = [["Ferrari rileva Colombo.", { on = "Ferrari", off = "Colombo" }], ...]``; an
example with ``{ none = true }`` shows words that the entry must leave alone.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from matchcli.extraction.arguments import Grammar, fill_roles
from matchcli.extraction.cues import Entry, find_cues, load_entries
from matchcli.extraction.items import Row
from matchcli.extraction.patterns import RowIndex

TABLES = sorted(
    p.name
    for p in (files("matchcli.lexicon") / "events").iterdir()
    if p.name.endswith(".toml") and p.name != "kinds.toml"
)
ENTRIES = load_entries()


def _examples(entry: Entry) -> list[tuple[str, dict]]:
    return [(text, wanted) for text, wanted in entry.examples]


@pytest.fixture(scope="module")
def rows_of(read_rows) -> dict[str, list[Row]]:
    """The rows of each example, where the names that it wants are known."""
    names: dict[str, set[str]] = {}
    for entry in ENTRIES:
        for text, want in _examples(entry):
            names.setdefault(text, set()).update(n for n in want.values() if isinstance(n, str))
    return read_rows(names)


@pytest.mark.parametrize("table", TABLES)
def test_every_entry_has_examples(table):
    bare = [e.name for e in ENTRIES if e.name.startswith(table) and not e.examples]
    assert not bare, "\n".join(bare)


@pytest.mark.parametrize("table", TABLES)
def test_every_phrase_is_matched_by_an_example(table, rows_of):
    unmatched = []
    raw = tomllib.loads((files("matchcli.lexicon") / "events" / table).read_text(encoding="utf-8"))
    phrases = {f"{table}:{n}": cue["phrases"] for n, cue in enumerate(raw.get("cue", []))}
    for entry in (e for e in ENTRIES if e.name.startswith(table) and e.examples):
        rows = [RowIndex(r) for text, want in _examples(entry) if "none" not in want for r in rows_of[text]]
        for words, steps in zip(phrases[entry.name], entry.phrases, strict=True):
            if not any(any(True for _ in row.find(steps)) for row in rows):
                unmatched.append(f"{entry.name}: {words}")
    assert not unmatched, "\n".join(unmatched)


@pytest.mark.parametrize("table", TABLES)
def test_examples_give_their_cue_and_its_roles(table, rows_of):
    wrong = []
    for entry in (e for e in ENTRIES if e.name.startswith(table)):
        for text, wanted in _examples(entry):
            told = _roles(entry, rows_of[text])
            if "none" in wanted:
                if told is not None:
                    wrong.append(f"{entry.name}: {text!r} should tell no {entry.kind}")
            elif told is None:
                wrong.append(f"{entry.name}: {text!r} tells no {entry.kind}")
            else:
                wrong += [
                    f"{entry.name}: {text!r} has {role} {told.get(role)}, not {name}"
                    for role, name in wanted.items()
                    if name not in " ".join(told.get(role, []))
                ]
    assert not wrong, "\n".join(wrong)


def _roles(entry: Entry, rows: list[Row]) -> dict[str, list[str]] | None:
    """The names in the roles of all cues of the entry's kind in ``rows``; None without such a cue."""
    names: dict[str, list[str]] = {}
    seen = False
    for row in rows:
        grammar = Grammar(row)
        for cue in find_cues(row):
            fill_roles(cue, grammar)
            if cue.kind != entry.kind:
                continue
            seen = True
            for role, positions in cue.roles.items():
                names.setdefault(role, []).extend(row.items[p].text for p in positions)
    return names if seen else None
