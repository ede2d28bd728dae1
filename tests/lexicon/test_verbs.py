"""Irregular verbs: the lexicon's own examples."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from matchcli.extraction.verbs import infinitives

VERBS = tomllib.loads((files("matchcli.lexicon") / "verbs.toml").read_text(encoding="utf-8"))["verb"]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb["infinitive"])
def test_the_example_of_a_verb_has_its_infinitive(verb: dict[str, Any]) -> None:
    form, infinitive = verb["example"]
    assert any(form.endswith(ending) for ending in verb["forms"])
    assert infinitive.endswith(verb["infinitive"])
    assert infinitive in infinitives(form)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb["infinitive"])
def test_every_form_has_its_infinitive(verb: dict[str, Any]) -> None:
    assert [form for form in verb["forms"] if verb["infinitive"] not in infinitives(form)] == []
