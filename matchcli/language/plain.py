"""The text as the models know it: every change keeps the length, so offsets stay true.

The models were trained on text with plain apostrophes and few foreign letters.  What a report
writes otherwise is replaced character by character; the surface that matchcli shows is always
taken from the report itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from matchcli.language.orthography import word_list

# Apostrophes, primes and quotation marks of typesetting.
MARKS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'", "‛": "'", "ʹ": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "−": "-", "―": "—",
})  # fmt: skip

ITALIAN = frozenset("àèéìòùÀÈÉÌÒÙîÎ")

# Letters whose stroke or shape does not come apart by Unicode's decomposition.
BASE_LETTERS = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
    "ı": "i", "ħ": "h", "Ħ": "H", "ß": "s", "æ": "e", "Æ": "E", "œ": "e", "Œ": "E",
    "þ": "t", "Þ": "T", "ə": "e", "Ə": "E", "ŋ": "n",
})  # fmt: skip

# A final vowel with an apostrophe for its accent ("perche'", "e'", "Kone'"), but not a cut word.
APOSTROPHE_ACCENT = re.compile(r"(?<![\w'])(?P<word>(?:\w+')?\w*[aeiouAEIOU])'(?!\w)")
ACCENTED = dict(zip("aeiouAEIOU", "àéìòùÀÉÌÒÙ", strict=True))
OPENED = str.maketrans("éÉ", "èÈ")


@lru_cache(maxsize=4096)
def plain_letter(letter: str) -> str:
    """The letter without marks that Italian does not use: "č" gives "c", "è" stays.

    White space and control characters become a blank.
    """
    if letter in ITALIAN:
        return letter
    category = unicodedata.category(letter)
    if letter.isspace() or category in ("Cc", "Cf", "Cs", "Co", "Zs"):
        return " "
    base = unicodedata.normalize("NFD", letter)[0] if category[0] == "L" else letter
    return base.translate(BASE_LETTERS)


def plain_text(text: str) -> str:
    """``text`` as the models know it, of the same length."""
    text = text.translate(MARKS)
    if not text.isascii():
        text = "".join(letter if letter < "\x7f" else plain_letter(letter) for letter in text)
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)


def write_accents(text: str) -> tuple[str, list[int]]:
    """Write "perche'" as "perché ", and give the places of the apostrophes that went.

    ``text`` is plain text.  The apostrophe becomes a blank, so lengths stay; a token that ends
    right before such a place owns the apostrophe too.
    """
    places: list[int] = []

    def accented(match: re.Match[str]) -> str:
        word = match["word"]
        known = word.lower()
        if (
            known in word_list("cut_words")
            or (len(word) == 1 and known != "e")
            or is_closing_quote(text, match.start())
        ):
            return match[0]
        places.append(match.end() - 1)
        vowel = ACCENTED[word[-1]]
        if known in word_list("open_e") or (word[0].isupper() and len(word) > 1):
            vowel = vowel.translate(OPENED)
        return word[:-1] + vowel + " "

    return APOSTROPHE_ACCENT.sub(accented, text), places


def is_closing_quote(text: str, start: int) -> bool:
    """Whether an apostrophe used as a quotation mark opens shortly before ``start`` and is not closed."""
    before = text[max(0, start - 60) : start]
    openings = [mark.end() for mark in re.finditer(r"(?<!\w)'(?!\d|\s)", before)]
    return bool(openings) and not re.search(r"(?<=\w)'(?!\w)", before[openings[-1] :])
