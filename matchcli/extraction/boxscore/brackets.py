"""Bracketed lists of scorers in prose: "(12' pt Verri, 29' pt Orsi, 7' st Verri)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matchcli.extraction.boxscore.clock import Minute
from matchcli.extraction.boxscore.names import read_name
from matchcli.extraction.boxscore.tokens import attach_periods, read_tokens
from matchcli.extraction.boxscore.vocabulary import vocabulary
from matchcli.extraction.mentions import Span

_BRACKET = re.compile(r"\(([^()]{4,600}(?:\([^()]{1,20}\)[^()]{0,300})*)\)")
_OF_A_LIST = frozenset(
    "time period name mark comma semicolon and open close letter score dash line colon".split()  # noqa: SIM905
)
_SCORE_BEFORE = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}[\s.,:»\"”]*$")


def scorer_brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """The inside of each bracket that holds scorers with their minutes and nothing else.

    One name with a minute is a scorer only where a score or a word of scoring stands before;
    "(32')" and "(dal 25' st Verri)" are none.
    """
    words = vocabulary()
    for match in _BRACKET.finditer(text, start, end):
        first, last = match.start(1), match.end(1)
        tokens = read_tokens(text, first, last)
        kinds = [token.kind for token in tokens]
        names, times = kinds.count("name"), kinds.count("time")
        if not names or not times or times < names:
            continue
        if any(
            t.kind not in _OF_A_LIST and not (t.kind == "word" and t.value in words.small_words)
            for t in tokens
        ):
            continue
        if any(t.kind == "word" and t.value == "dal" for t in tokens):
            continue
        if any(t.kind == "mark" and t.value in ("coach", "second_yellow", "straight_red") for t in tokens):
            continue
        before = text[max(start, match.start() - 90) : match.start()]
        sentence = re.split(r"[.!?;]\s", before)[-1]
        if words.other_match_pattern.search(sentence):
            continue
        told = _SCORE_BEFORE.search(sentence) or words.before_scorers_pattern.search(sentence[-60:])
        if times >= 2 or told:
            yield (first, last)


@dataclass(frozen=True, slots=True)
class SwapBracket:
    """A substitution told beside a name in prose."""

    on: str
    off: str
    minute: Minute
    span: Span


_SWAP_BRACKET = re.compile(r"(?<=[\w.])\s?\((?=dal(?:l['’])?\s?\d)([^()]{5,40})\)")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,3}$")


def swap_brackets(text: str, start: int, end: int) -> Iterator[SwapBracket]:
    """Brackets like "(dal 60' Orsi)" right after a name: who comes on for whom."""
    for match in _SWAP_BRACKET.finditer(text, start, end):
        before = _NAME_BEFORE.search(text[max(start, match.start() - 50) : match.start()])
        tokens = read_tokens(text, match.start(1), match.end(1))
        attach_periods(tokens)
        names = [token for token in tokens if token.kind == "name"]
        times = [token.minute for token in tokens if token.kind == "time" and token.minute is not None]
        if before is None or len(names) != 1 or len(times) != 1:
            continue
        off_start = match.start() - len(before.group())
        off_end = read_name(text, off_start, match.start())
        if off_end == match.start():
            off = text[off_start:off_end]
            yield SwapBracket(names[0].value, off, times[0], (off_start, match.end()))
