"""Every form and every pattern of the gazetteer's tables is found in a sentence and tells its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from matchcli.extraction.gazetteer import Gazetteer, store
from matchcli.extraction.gazetteer import compile as gazetteer_compile

TABLES = gazetteer_compile.read_tables(store.LEXICON)
KINDS = ("nation", "place", "competition", "round", "role")
PATTERNS = [
    (entry, pattern) for kind in KINDS for entry in TABLES[kind] for pattern in entry.get("patterns", [])
]
ROLE_FIELDS = (
    "masculine", "feminine", "masculine_plural", "feminine_plural", "either", "either_plural", "invariable",
)  # fmt: skip


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer(gazetteer_compile.compile_tables(TABLES))


def forms_of(kind: str, entry: dict[str, Any]) -> Iterator[str]:
    """The forms that an entry is written by."""
    if kind == "role":
        for field in ROLE_FIELDS:
            yield from entry.get(field, [])
        return
    if not entry.get("unnamed"):
        yield entry["name"]
    for field in ("aliases", "nicknames", "stadium"):
        yield from entry.get(field, [])
    if "code" in entry:
        yield entry["code"]
    for field in ("colours", "demonyms"):
        for base in entry.get(field, []):
            yield from (form for form, _ in gazetteer_compile.inflect(base))


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_is_found_in_a_sentence(known: Gazetteer, kind: str) -> None:
    missed = [
        f"{entry['name']}: {form}"
        for entry in TABLES[kind]
        for form in forms_of(kind, entry)
        if not any(
            entry["name"] in sense.targets
            for hit in known.find(f"Oggi {form} ne esce a testa alta.")
            for sense in hit.senses
        )
    ]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize(
    ("entry", "pattern"), PATTERNS, ids=[f"{entry['name']}-{n}" for n, (entry, _) in enumerate(PATTERNS)]
)
def test_every_pattern_is_found_in_its_example(
    known: Gazetteer, entry: dict[str, Any], pattern: dict[str, Any]
) -> None:
    """The example stands beside the pattern, or is the entry's own."""
    text = pattern.get("example", entry["example"])
    told = re.search(pattern["regex"], text)
    assert told is not None
    wanted = told[1] if told.re.groups else told[0]
    assert any(
        hit.surface == wanted and entry["name"] in sense.targets
        for hit in known.find(text)
        for sense in hit.senses
    )


@pytest.mark.parametrize("first_names", TABLES["first_names"], ids=lambda names: names["example"])
def test_every_first_name_tells_its_gender(known: Gazetteer, first_names: dict[str, Any]) -> None:
    gender = first_names["gender"] or None
    assert [name for name in first_names["names"] if known.people.gender(name) != gender] == []


@pytest.mark.parametrize("particle", TABLES["particle"], ids=lambda particle: particle["example"])
def test_every_particle_stays_with_the_surname(known: Gazetteer, particle: dict[str, Any]) -> None:
    first_names = {name for names in TABLES["first_names"] for name in names["names"]}
    if known.people.split(particle["example"]).surname.lower() in particle["words"]:
        surnames = [f"Fontanesi {word}" for word in particle["words"]]  # "Fontanesi junior"
    else:
        glue = "" if particle.get("joined") else " "
        surnames = [f"{word}{glue}Fontanesi" for word in particle["words"] if word not in first_names]
    assert [s for s in surnames if known.people.split(f"Marco {s}").surname != s] == []


@pytest.mark.parametrize("family", TABLES["surname_words"], ids=lambda family: family["family"])
def test_every_surname_of_a_family_is_an_ordinary_word(known: Gazetteer, family: dict[str, Any]) -> None:
    assert [word for word in family["words"] if known.people.word_class(word) is None] == []


@pytest.mark.parametrize("title", TABLES["title"], ids=lambda title: title["example"])
def test_every_title_tells_its_gender(known: Gazetteer, title: dict[str, Any]) -> None:
    assert all(known.people.is_title(word) for word in title["words"])
    assert {known.people.title_gender(word) for word in title["words"]} == {title["gender"] or None}
