"""What the words around a form tell of it: its gender and number, and whether it may be something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matchcli.extraction.gazetteer.compile import (
    BEGINNING,
    EVERYDAY,
    GLUE,
    NEEDS_ARTICLE,
    ORDINARY_WORD,
    STADIUM_OF_PERSON,
    Morph,
)

_SENTENCE_BEGINS_AFTER = frozenset('.!?:;…\n\r«»"“”([—–•*#|/')


#: A word of the text: where it starts and ends, and how it is looked up.
Word = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a form stands in the text.

    ``determiner`` is what an article right before it says, None without one; ``capital`` whether
    the form has a capital, ``capital_tells`` whether that says anything (it does not where a
    sentence begins and among capitals); ``surname`` whether the form is also a surname.
    """

    determiner: Morph | None
    capital: bool
    capital_tells: bool
    surname: bool
    after_first_name: bool
    after_ground_word: bool
    before_capital: bool

    def doubts(self, flags: str, written_small: bool, number: str, role: bool) -> bool:
        """Whether a form is unsure here.

        ``flags`` are those of ``compile``; ``written_small`` tells forms of lower case (colours,
        demonyms, roles) from names.
        """
        bare = self.determiner is None
        if self.capital and self.after_first_name:
            return True
        if NEEDS_ARTICLE in flags and bare:
            return True
        if STADIUM_OF_PERSON in flags and bare and not self.after_ground_word:
            return True
        if ORDINARY_WORD in flags and not self.capital_tells:
            return True
        if BEGINNING in flags and self.before_capital:
            return True
        if EVERYDAY in flags and (bare or number != "p"):
            return True
        return self.capital and written_small and self._capital_makes_a_name(bare, number, role)

    def _capital_makes_a_name(self, bare: bool, number: str, role: bool) -> bool:
        """Whether a word of lower case that is capital here is rather a name ("Russo", "Rossi")."""
        if self.capital_tells:
            return bare or role
        return bare and (self.surname or (number == "s" and not role))


class SmallWords:
    """Words before a form that tell something of it: articles and their like, "stadio"."""

    def __init__(self, entries: dict[str, list[dict[str, Any]]]) -> None:
        """Take the entries of the compiled gazetteer."""
        self.determiners: dict[str, Morph] = {
            word: (entry["gender"], entry["number"])
            for entry in entries.get("determiner", [])
            for word in entry["words"]
        }
        self.ground_words = frozenset(
            word for entry in entries.get("ground_word", []) for word in entry["words"]
        )

    def determiner_before(self, text: str, words: list[Word], place: int) -> Morph | None:
        """What an article (or preposition with article) right before a word says, None without one."""
        if place == 0:
            return None
        _, end, word = words[place - 1]
        glue = GLUE.get(text[end : words[place][0]])
        if glue == " ":
            return self.determiners.get(word)
        return self.determiners.get(word + "'") if glue == "'" else None

    def ground_word_before(self, words: list[Word], place: int) -> bool:
        """Whether a word for a stadium stands right before."""
        return place > 0 and words[place - 1][2] in self.ground_words


def setting_of(
    text: str,
    words: list[Word],
    place: int,
    end: int,
    small_words: SmallWords,
    surname: bool,
    after_first_name: bool,
) -> Setting:
    """The setting of the form that begins with the word at ``place`` and ends at ``end``."""
    start = words[place][0]
    form = text[start:end]
    return Setting(
        determiner=small_words.determiner_before(text, words, place),
        capital=any(letter.isupper() for letter in form),
        capital_tells=not (_begins_sentence(text, start) or form.isupper()),
        surname=surname,
        after_first_name=after_first_name,
        after_ground_word=small_words.ground_word_before(words, place),
        before_capital=text[end : end + 1] == " " and text[end + 1 : end + 2].isupper(),
    )


def agree(morph: Morph, determiner: Morph | None) -> Morph:
    """Gender and number of a form after a determiner: what the form leaves open, that one tells."""
    if determiner is None:
        return morph
    gender, number = morph
    agrees = (not gender or not determiner[0] or gender == determiner[0]) and (
        not number or not determiner[1] or number == determiner[1]
    )
    return (gender or determiner[0], number or determiner[1]) if agrees else morph


def _begins_sentence(text: str, start: int) -> bool:
    before = (
        text[:start].rstrip(" \t\u00a0'’‘") if start < 40 else text[start - 40 : start].rstrip(" \t\u00a0'’‘")
    )
    return not before or before[-1] in _SENTENCE_BEGINS_AFTER
