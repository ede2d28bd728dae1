"""The words of box scores, read once from ``lexicon/boxscore.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from matchcli.extraction.word_patterns import words_pattern


@dataclass(frozen=True)
class Vocabulary:
    """What each word of a box score means.

    The dictionaries go from a lower-case word to its meaning; the patterns match any of those
    words where it stands alone, the longest first.
    """

    labels: dict[str, str]
    bare_labels: frozenset[str]
    marks: dict[str, str]
    periods: dict[str, str]
    swaps: dict[str, str]
    tags: dict[str, str]
    missed_phrases: tuple[str, ...]
    before_scorers: frozenset[str]
    other_match: frozenset[str]
    particles_inside: frozenset[str]
    particles_first: frozenset[str]
    name_suffixes: frozenset[str]
    not_names: frozenset[str]
    not_initials: frozenset[str]
    small_words: frozenset[str]
    label_pattern: re.Pattern[str]
    mark_pattern: re.Pattern[str]
    period_pattern: re.Pattern[str]
    swap_pattern: re.Pattern[str]
    tag_pattern: re.Pattern[str]
    before_scorers_pattern: re.Pattern[str]
    other_match_pattern: re.Pattern[str]


def tables() -> dict[str, Any]:
    """The lexicon's tables as they stand in the file."""
    source = resources.files("matchcli.lexicon").joinpath("boxscore.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, compiled once for the process."""
    data = tables()

    def meanings(table: str, key: str) -> dict[str, str]:
        return {word: entry[key] for entry in data[table] for word in entry["words"]}

    def compiled(words: Iterable[str]) -> re.Pattern[str]:
        return re.compile(words_pattern(words), re.IGNORECASE)

    labels = meanings("label", "section")
    marks = meanings("mark", "means")
    periods = meanings("period", "period")
    swaps = meanings("swap", "means")
    tags = meanings("tag", "means")
    before_scorers = frozenset(word for entry in data["before_scorers"] for word in entry["words"])
    other_match = frozenset(word for entry in data["other_match"] for word in entry["words"])
    return Vocabulary(
        labels=labels,
        bare_labels=frozenset(word for entry in data["label"] for word in entry["bare"]),
        marks=marks,
        periods=periods,
        swaps=swaps,
        tags=tags,
        missed_phrases=tuple(phrase for entry in data["missed"] for phrase in entry["phrases"]),
        before_scorers=before_scorers,
        other_match=other_match,
        particles_inside=frozenset(data["names"]["particles_inside"]),
        particles_first=frozenset(data["names"]["particles_first"]),
        name_suffixes=frozenset(data["names"]["suffixes"]),
        not_names=frozenset(data["names"]["not_names"]),
        not_initials=frozenset(data["names"]["not_initials"]),
        small_words=frozenset(data["small_words"]["words"]),
        label_pattern=compiled(labels),
        mark_pattern=compiled(marks),
        period_pattern=compiled(periods),
        swap_pattern=compiled(swaps),
        tag_pattern=compiled(tags),
        before_scorers_pattern=compiled(before_scorers),
        other_match_pattern=compiled(other_match),
    )


def meaning(table: dict[str, str], matched: str) -> str:
    """The meaning of a matched word, whatever its case, apostrophe and spaces."""
    key = " ".join(matched.replace("’", "'").replace("\u00a0", " ").split())
    return table.get(key) or table[key.lower()]
