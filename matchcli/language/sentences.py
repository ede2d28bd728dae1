"""Tokens and sentences as Stanza's tokenizer cuts them, and the corrections that hold for football.

A token here is its offsets in the text of one block.  The corrections work on offsets alone, so
they hold for any models.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matchcli.language.orthography import word_list

# A sentence of more words costs the parser memory that grows with the square of its length.
LONGEST_SENTENCE = 200

# What stays one token: added time, scores and formations, initials.
ONE_TOKEN = re.compile(
    r"""(?<![\w+-]) (?:
        \d{1,3} '? \+ \d{1,2} '?        # 45'+2  90+4'
      | \d{1,2} -\d{1,2} (?:-\d{1,2})*  # 2-1  4-2-3-1
    ) (?![\w+-])""",
    re.VERBOSE,
)


# Abbreviations of capitals, as in a club's name: "A.S.D. Gualtierese", "U.S. Cremonese".
CAPITALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}$")


@dataclass(slots=True)
class Token:
    """A token of a block: offsets in the block's text; ``mwt`` for a multi-word token."""

    start: int
    end: int
    mwt: bool = False


def correct(text: str, sentences: list[list[Token]]) -> list[list[Token]]:
    """Join what must stay together and cut what is too long; tokens and sentences keep their order."""
    sentences = join_tokens(text, sentences)
    sentences = join_sentences(text, sentences)
    return [part for sentence in sentences for part in cut_long(text, sentence)]


def join_tokens(text: str, sentences: list[list[Token]]) -> list[list[Token]]:
    """Make one token of each stretch of `ONE_TOKEN`, across sentences that the tokenizer cut in it."""
    stretches = [match.span() for match in ONE_TOKEN.finditer(text)]
    if not stretches:
        return sentences
    joined: list[list[Token]] = []
    current: list[Token] = []
    for sentence in sentences:
        for token in sentence:
            if current and any(
                start <= current[-1].start and current[-1].end < end and start < token.end <= end
                for start, end in stretches
            ):
                current[-1] = Token(current[-1].start, token.end)
            else:
                current.append(token)
        last = current[-1].end
        if not any(start < last < end for start, end in stretches):
            joined.append(current)
            current = []
    if current:
        joined.append(current)
    return joined


def join_sentences(text: str, sentences: list[list[Token]]) -> list[list[Token]]:
    """Join a sentence that is not at its end with the one after it.

    The treebanks end a sentence after every colon and semicolon; a reader of reports does not, and
    "Reti: 12' Rossi; 40' Bianchi" is one piece of news.
    """
    joined: list[list[Token]] = []
    for sentence in sentences:
        if joined and goes_on(text, joined[-1], sentence):
            joined[-1] = joined[-1] + sentence
        else:
            joined.append(sentence)
    return joined


def goes_on(text: str, sentence: list[Token], following: list[Token]) -> bool:
    """Whether ``following`` is still the same sentence."""
    if text[sentence[-1].end - 1] in ":;" or ends_in_abbreviation(text, sentence):
        return True
    # "nessuna speranza... cioè una": three dots with a small letter after them are a pause.
    return text[: sentence[-1].end].endswith(("...", "…")) and text[following[0].start].islower()


def ends_in_abbreviation(text: str, sentence: list[Token]) -> bool:
    """Whether the sentence ends in a full stop that belongs to its last word.

    An initial belongs to the name after it ("a S. Siro", "D. Rossi"), but not after a word with a
    capital: "la Serie B.", "entra Rossi M." end their sentences.
    """
    if CAPITALS.search(text[sentence[0].start : sentence[-1].end]):
        return True
    match = re.search(r"(?:(\w)\w*\s+)?(?<![\w.'])(\w+)\.$", text[sentence[0].start : sentence[-1].end])
    if not match:
        return False
    before, word = match.groups()
    if len(word) == 1 and word.isupper():
        return not (before and before.isupper())
    return word.lower() in word_list("abbreviations")


def cut_long(text: str, sentence: list[Token]) -> list[list[Token]]:
    """Cut a sentence of more than `LONGEST_SENTENCE` tokens, after a stop, semicolon or comma if it can."""
    parts = []
    while len(sentence) > LONGEST_SENTENCE:
        at = LONGEST_SENTENCE
        for marks in (".!?", ";", ",:"):
            places = [
                index + 1
                for index in range(LONGEST_SENTENCE // 2, LONGEST_SENTENCE)
                if text[sentence[index].end - 1] in marks
            ]
            if places:
                at = places[-1]
                break
        parts.append(sentence[:at])
        sentence = sentence[at:]
    parts.append(sentence)
    return parts
