"""Other names for the people, clubs and places of an annotated line."""

from __future__ import annotations

import importlib
import random
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("names.toml")

# Countries whose names faker gives in Latin letters; Italy thrice, it has most players.
LOCALES = (
    ["it_IT"] * 3
    + ["es_ES", "es_AR", "es_MX", "fr_FR", "fr_CA", "fr_DZ", "de_DE", "de_AT", "nl_NL", "nl_BE", "pt_BR"]
    + ["pt_PT", "en_GB", "en_NG", "ha_NG", "ig_NG", "yo_NG", "tw_GH", "sv_SE", "no_NO", "da_DK", "fi_FI"]
    + ["cs_CZ", "sk_SK", "hr_HR", "sl_SI", "hu_HU", "ro_RO", "tr_TR", "lt_LT", "lv_LV", "et_EE", "az_AZ"]
)  # fmt: skip


@cache
def tables() -> dict[str, list[str]]:
    """The lists of ``names.toml``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def people(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Surnames and first names of a country, from the package faker."""
    provider: Any = importlib.import_module(f"faker.providers.person.{locale}").Provider
    surnames = getattr(provider, "last_names", None) or getattr(provider, "last_names_male", ())
    men = getattr(provider, "first_names_male", None) or getattr(provider, "first_names", ())
    women = getattr(provider, "first_names_female", None) or ()
    return tuple(surnames or ()), (*(men or ()), *women)


@cache
def clubs() -> tuple[str, ...]:
    """Names of clubs from the lexicon."""
    names: list[str] = []
    folder = Path(str(resources.files("matchcli.lexicon"))) / "clubs"
    for table in sorted(folder.glob("*.toml")):
        for club in tomllib.loads(table.read_text(encoding="utf-8")).get("club", []):
            names += [club["name"], *club.get("aliases", [])[:2]]
    return tuple(names)


@cache
def cities() -> tuple[str, ...]:
    """Italian cities and villages, from the package faker."""
    provider: Any = importlib.import_module("faker.providers.address.it_IT").Provider
    return tuple(sorted({city for city in provider.cities if city[:1].isupper() and "(" not in city}))


def surname(generator: random.Random) -> tuple[str, str]:
    """A surname and a first name that goes with it."""
    table = tables()
    if generator.random() < 0.22:
        chosen = generator.choice(table["common"])
        first = generator.choice(people("it_IT")[1])
    elif generator.random() < 0.25:
        chosen = generator.choice(table["more"])
        first = generator.choice(people(generator.choice(LOCALES))[1])
    else:
        locale = generator.choice(LOCALES)
        surnames, firsts = people(locale)
        chosen, first = generator.choice(surnames), generator.choice(firsts)
    if generator.random() < 0.08 and " " not in chosen:
        prefix = generator.choice(table["prefixes"])
        chosen = prefix + ("" if prefix.endswith("'") or prefix in ("Mc", "Mac") else " ") + chosen
    if generator.random() < 0.04 and " " not in chosen and "-" not in chosen:
        chosen += "-" + generator.choice(people(generator.choice(LOCALES))[0]).split()[0]
    return chosen, first


def other_person(name: str, generator: random.Random) -> str:
    """Another person, written as ``name`` is: full, surname alone, with an initial, in capitals."""
    chosen, first = surname(generator)
    parts = name.split()
    if len(parts) > 1 and is_initial(parts[-1]):
        result = f"{chosen} {first[0]}."
    elif len(parts) > 1 and is_initial(parts[0]):
        result = f"{first[0]}. {chosen}"
    elif len(parts) > 1 and parts[0] not in tables()["prefixes"]:
        result = f"{first} {chosen}"
    else:
        result = chosen
    return result.upper() if name.isupper() and len(name) > 3 else result


def is_initial(part: str) -> bool:
    """Whether a part of a name is an abbreviated first name: "M.", "Ch."."""
    return part.endswith(".") and len(part) <= 3 and part[0].isupper()


def begins_with_vowel(name: str) -> bool:
    """Whether an article before the name would be elided."""
    return name[:1].lower() in "aeiouàèéìòùáíóúäöü"


def like(name: str, pool: tuple[str, ...] | list[str], generator: random.Random) -> str:
    """One of ``pool`` that can stand after the same article and in the same capitals."""
    for _ in range(50):
        chosen = generator.choice(pool)
        if begins_with_vowel(chosen) == begins_with_vowel(name):
            break
    return chosen.upper() if name.isupper() and len(name) > 3 else chosen


def other_name(label: str, name: str, generator: random.Random) -> str:
    """Another name of the same kind, or the same one where only it fits."""
    if label == "PER":
        return other_person(name, generator)
    table = tables()
    known = name.title() if name.isupper() else name
    if known in table["countries"]:
        return like(name, table["countries"], generator)
    if label == "ORG":
        return like(name, clubs(), generator) if known in set(clubs()) else name
    if known in table["stadiums"]:
        return like(name, table["stadiums"], generator)
    if known in set(cities()) and generator.random() < 0.7:
        return like(name, cities(), generator)
    return name
