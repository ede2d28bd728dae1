"""Number words: each word of the table is read as its value."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from matchcli.extraction.numbers import cardinal, ordinal

TABLE = tomllib.loads((files("matchcli.lexicon") / "time" / "numbers.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", [kind for kind in TABLE if kind != "ordinals"])
def test_every_cardinal_has_its_value(kind: str) -> None:
    assert {word: cardinal(word) for word in TABLE[kind]} == TABLE[kind]


def test_every_ordinal_has_its_value_in_both_genders() -> None:
    for stem, value in TABLE["ordinals"].items():
        assert {ordinal(stem + ending) for ending in "oaie"} == {value}
