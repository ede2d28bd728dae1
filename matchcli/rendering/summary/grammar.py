"""Articles, prepositions and agreement: names set into sentences.

What is known of the language stands in the lexicon; English has no tables there, and its names
come out as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matchcli.rendering.words import load


@dataclass(frozen=True, slots=True)
class Noun:
    """A name with what its article needs.

    ``kind`` is ``m``, ``f``, ``mp`` or ``fp`` (gender and number), or ``bare`` for a name that
    takes no article.  ``article`` overrides the article that the letters would give; ``own`` is
    true where the article is part of the name ("L'Aquila").
    """

    text: str
    kind: str = "bare"
    article: str | None = None
    own: bool = False

    @property
    def plural(self) -> bool:
        """Whether a verb agrees with it in the plural."""
        return self.kind in ("mp", "fp")


Value = Noun | str

_PLACE = re.compile(r"\{(?:([^{} ]+) )?([a-z_]+)\}")


def fill(template: str, values: Mapping[str, Value], lang: str) -> str:
    """Set values into a phrase of the lexicon.

    ``{name}`` is a value with its article, ``{bare name}`` without, ``{di name}`` with a
    preposition and its article, ``{vince/vincono name}`` a verb that agrees with it.  Empty
    values leave no gap.
    """

    def place(found: re.Match[str]) -> str:
        word, value = found[1], values[found[2]]
        if word is not None and "/" in word:
            singular, plural = word.split("/")
            return plural if isinstance(value, Noun) and value.plural else singular
        return say(word, value, lang)

    return tidy(_PLACE.sub(place, template))


def tidy(text: str) -> str:
    """Close the gaps that empty values leave."""
    return re.sub(r" +([,;:](?: |$))", r"\1", re.sub(r" {2,}", " ", text)).strip()


def sentence(text: str) -> str:
    """Begin with a capital letter and end with one full stop."""
    text = text.strip()
    if not text:
        return ""
    # "ß" and ligatures would grow into two capitals: then the letter stays as it is.
    first = text[0].upper() if len(text[0].upper()) == 1 else text[0]
    return first + text[1:] + ("" if text[-1] in ".!?" else ".")


def say(word: str | None, value: Value, lang: str) -> str:
    """Give a value with a preposition, with its article (``il`` or no word) or without (``bare``)."""
    noun = value if isinstance(value, Noun) else Noun(value)
    if not noun.text:
        return ""
    if word == "bare":
        return _own_article(noun) + noun.text
    article = article_of(noun, lang)
    if word is None or word == "il":
        return (_own_article(noun) or article) + noun.text
    forms = load(lang)["prepositions"][word]
    if article:
        return forms[article] + noun.text
    if "before_a" in forms and _plain(noun.text).startswith("a"):
        return forms["before_a"] + noun.text
    return forms["alone"] + noun.text


def _own_article(noun: Noun) -> str:
    return "L'" if noun.own else ""


def article_of(noun: Noun, lang: str) -> str:
    """Give the article with the space or apostrophe that joins it, or an empty string."""
    if noun.article is not None:
        return noun.article
    if noun.kind == "bare":
        return ""
    return load(lang)["articles"][noun.kind][_opening(noun.text, lang)]


def _opening(text: str, lang: str) -> str:
    """Tell how a name begins: ``vowel``, ``impure`` (s and consonant, z, gn, ...) or ``plain``."""
    names, plain = load(lang)["names"], _plain(text)
    if _begins_with(plain, names["lo"]):
        return "impure"
    if _begins_with(plain, names["il"]):
        return "plain"
    number = re.match(r"\d+", plain)
    if number:
        return _opening_of_ordinal(int(number[0][:6]))
    first_word = text.split(" ")[0]
    if re.match("[aeiouh]|y[^aeiou]", plain):
        return "vowel"
    # Letters that are spelt out are not read as the beginning of a word: "il PSV".
    if len(first_word) > 1 and first_word.isupper() and not re.match("[SZ][A-Z]*[AEIOU]", first_word):
        return "plain"
    return "impure" if re.match("s[^aeiou ]|[zx]|gn|ps|pn|y[aeiou]", plain) else "plain"


def _opening_of_ordinal(number: int) -> str:
    # ottavo, undicesimo, ottantesimo to ottantanovesimo
    return "vowel" if number in (8, 11) or 80 <= number <= 89 else "plain"


def _plain(text: str) -> str:
    """Give small letters without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _begins_with(text: str, words: list[str]) -> bool:
    return any(text == word or text.startswith(f"{word} ") for word in words)


@cache
def _kinds(lang: str) -> dict[str, str]:
    """Map the names of the lexicon, in small letters, to their kinds."""
    names = load(lang)["names"]
    kinds = dict.fromkeys(names.get("feminine_countries", ()), "f")
    for kind, key in (
        ("m", "masculine"),
        ("f", "feminine"),
        ("mp", "masculine_plural"),
        ("fp", "feminine_plural"),
        ("bare", "without_article"),
    ):
        kinds |= dict.fromkeys(names.get(key, ()), kind)
    return kinds


def team_noun(name: str, lang: str) -> Noun:
    """Give the noun of a club or of a national team, without the letters of its legal form."""
    if "articles" not in load(lang):
        return Noun(name)
    name = _without_letters(name, load(lang)["names"]["club_letters"])
    if re.match(r"[Ll]['’]\w", name):
        return Noun(name[2:], _kind(name[2:], lang), article="l'", own=True)
    return Noun(name, _kind(name, lang))


def _kind(name: str, lang: str) -> str:
    names = load(lang)["names"]
    words = re.split("[ -]", name.lower())
    for length in range(len(words), 0, -1):
        kind = _kinds(lang).get(" ".join(words[:length]))
        if kind is not None:
            return kind
    first = words[0]
    return "f" if len(first) > 5 and first.endswith(tuple(names["feminine_endings"])) else "m"


def _without_letters(name: str, letters: list[str]) -> str:
    words = name.split(" ")
    if len(words) > 1 and _bare_letters(words[0]) in letters and words[1][:1].isalpha():
        words = words[1:]
    if len(words) > 1 and _bare_letters(words[-1]) in letters:
        words = words[:-1]
    return " ".join(words)


def _bare_letters(word: str) -> str:
    # Only capitals are letters of a legal form: "As Roma" may be, "as" is a word.
    return word.replace(".", "").lower() if word.isupper() else ""


def score_noun(first: int, second: int, lang: str) -> Noun:
    """Give a score that in Italian can take an article: lo 0-0, l'1-1, il 2-2."""
    if lang != "it":
        return Noun(f"{first}-{second}")
    if first == 0:
        article = "lo "
    elif first in (1, 8, 11) or 80 <= first <= 89:
        article = "l'"
    else:
        article = "il "
    return Noun(f"{first}-{second}", "m", article=article)


def minute_noun(minute: int, lang: str) -> Noun:
    """Give a minute that can take an article: il 12', l'8'; in English an ordinal number."""
    return Noun(f"{minute}'", "m") if lang == "it" else Noun(_ordinal(minute))


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
