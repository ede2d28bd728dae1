"""Which person of an annotation a name means."""

from __future__ import annotations

from collections.abc import Iterable

from matchcli.extraction.persons import name_words


def fits(one: str, other: str) -> bool:
    """Whether two names of an annotation may be one person's: the shorter's words all stand in the longer.

    Stricter than `matchcli.extraction.persons.compatible`, which lets particles go and an initial E, O or
    Y with them: "Motta E." would fit "Portanova M.".
    """
    short, long = sorted((name_words(one), name_words(other)), key=len)
    return bool(short) and all(any(_stands_for(word, own) for own in long) for word in short)


def _stands_for(word: str, other: str) -> bool:
    """Whether two words are one, or one is the other's initial."""
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])


def best_fit(name: str, people: Iterable[str]) -> str | None:
    """Who of ``people`` is meant: who is called just so, else who shares most words, the first of equals."""
    words = name_words(name)
    fitting = [person for person in people if fits(name, person)]
    exact = next((person for person in fitting if name_words(person) == words), None)
    return exact or max(fitting, key=lambda p: len(set(name_words(p)) & set(words)), default=None)
