"""Tokens of football lines, where only sentences and entities are annotated.

The tokenizer that is there already cuts the line; the annotation corrects it: a token never
crosses the edge of an entity, and "D'Ambrosio", "Saint-Germain" inside one stay whole.
"""

from __future__ import annotations

import re
from itertools import pairwise

from matchcli.language.sentences import Token
from matchcli.language.training.football import Line

NAME = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)+")
ABBREVIATED = re.compile(r"(?:[A-Z]\.)+|(?:[Jj]r|[Ss]r|St|Ch|Th|Fr|Al)\.")
CLOCK = re.compile(
    r"""(?<![\w'+]) (?:
        \d{1,3} '? \+ \d{1,2} '? (?![\w+'])   # 45'+2  90+4  45'+2'
      | \d{1,3} ' (?!\w|\+\d)                # 12'
      | \d{1,3} ' (?=[ps]\.?t)               # 12'pt
    )""",
    re.VERBOSE,
)
PERIOD = re.compile(r"(?<!\w)[ps]\.t\.", re.IGNORECASE)
# Multi-word tokens: articulated prepositions, and infinitives, gerunds, participles with a pronoun.
ARTICULATED = re.compile(r"(?:a|da|de|ne|su|co)(?:l|llo|lla|ll'|i|gli|lle)", re.IGNORECASE)
WITH_PRONOUN = re.compile(
    r"[a-zà-ù]{2,}(?:[aei]r|rr|[ae]ndo|[aiu]t[oaie])"
    r"(?:mi|ti|si|ci|vi|lo|la|li|le|ne|gli|(?:me|te|se|ce|ve|glie)(?:lo|la|li|le|ne))"
)
COLON = re.compile(r"[:;](?=\s)")


def corrected_tokens(line: Line, tokens: list[Token]) -> list[Token]:
    """The tokens with the annotation's edges, names and clock times in one piece."""
    whole = [match.span() for match in CLOCK.finditer(line.text)]
    whole += [match.span() for match in PERIOD.finditer(line.text)]
    for _, start, end in line.entities:
        name = line.text[start:end]
        whole += [(start + match.start(), start + match.end()) for match in NAME.finditer(name)]
        whole += [
            (start + match.start(), start + match.end())
            for match in ABBREVIATED.finditer(name)
            if match.start() == 0 or not name[match.start() - 1].isalnum()
        ]
    edges = {edge for _, start, end in line.entities for edge in (start, end)}
    edges |= {edge for span in whole for edge in span}
    pieces = [piece for token in tokens for piece in cut_at(token, edges)]
    joined: list[Token] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and any(start <= last.start and last.end < end and piece.end <= end for start, end in whole):
            last.end, last.mwt = piece.end, False
        else:
            joined.append(piece)
    tokens = [token for token in joined if line.text[token.start : token.end].strip()]
    for token in tokens:
        named = any(start <= token.start and token.end <= end for _, start, end in line.entities)
        token.mwt = not named and is_multi_word(line.text[token.start : token.end], token.mwt)
    return tokens


def is_multi_word(surface: str, marked: bool) -> bool:
    """Whether a token is several words; ``marked`` is what the tokenizer says."""
    if ARTICULATED.fullmatch(surface):
        return True
    return marked and bool(WITH_PRONOUN.fullmatch(surface))


def cut_at(token: Token, edges: set[int]) -> list[Token]:
    """The token in pieces where an edge stands inside it."""
    inside = sorted(edge for edge in edges if token.start < edge < token.end)
    if not inside:
        return [Token(token.start, token.end, token.mwt)]
    places = [token.start, *inside, token.end]
    return [Token(start, end) for start, end in pairwise(places)]


def clause_ends(line: Line, tokens: list[Token]) -> set[int]:
    """Numbers of the tokens after which the treebanks end a sentence: colon and semicolon."""
    marks = {match.start() for match in COLON.finditer(line.text)}
    return {number for number, token in enumerate(tokens) if token.start in marks}
