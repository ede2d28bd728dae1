"""The pieces that the lists of a box score are made of: minutes, names, marks, separators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from matchcli.extraction.boxscore.clock import MINUTE, Minute
from matchcli.extraction.boxscore.names import read_name
from matchcli.extraction.boxscore.vocabulary import Vocabulary, meaning, vocabulary

Kind = Literal[
    "time", "period", "score", "number", "mark", "swap", "tag", "name", "letter", "word",
    "open", "close", "comma", "semicolon", "dash", "and", "stop", "colon", "line", "sign",
]  # fmt: skip

_SCORE = re.compile(r"(?<![\d'’])(\d{1,2})\s?[-–:]\s?(\d{1,2})(?![\d'’′´°]|\s?['’]|-\d|[.,]\d)")
_GRADE = re.compile(
    r"(?<!\d)(?:(?:10|\d)[.,]\d{1,2}(?!\d)[+-]?|\d½[+-]?|[4-9][+-]+(?!\d)"
    r"|(?:s\.?v\.?|n\.?g\.?|SV|NG|senza voto)(?!\w))"
)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’.]?")
_PUNCTUATION: dict[str, Kind] = {
    **dict.fromkeys("([{", "open"),
    **dict.fromkeys(")]}", "close"),
    **dict.fromkeys(",•·/", "comma"),
    **dict.fromkeys(";|", "semicolon"),
    **dict.fromkeys("-–—", "dash"),
    ".": "stop",
    ":": "colon",
    "\n": "line",
    "&": "and",
}

#: A period word right after one of these begins a group of minutes.
_BEFORE_PREFIX = ("comma", "semicolon", "open", "line", "stop", "score")
_EARLIER = {"2H": "1H", "ET1": "2H", "ET2": "ET1"}


@dataclass(slots=True)
class Token:
    """A piece of a list.

    ``value`` is the meaning of a keyword, ``surface`` what stands there; ``minute`` is set for
    times, ``score`` for scores.  ``bracket`` is the number of the bracket around it, 0 for none.
    """

    kind: Kind
    start: int
    end: int
    value: str = ""
    minute: Minute | None = None
    score: tuple[int, int] | None = None
    bracket: int = 0
    surface: str = ""


def read_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, in order; every character but spaces belongs to one."""
    words = vocabulary()
    tokens: list[Token] = []
    at = start
    while at < end:
        if text[at] in " \t\r\u00a0*":
            at += 1
            continue
        token = _next(text, at, end, words, tokens)
        token.surface = text[token.start : token.end]
        tokens.append(token)
        at = max(token.end, at + 1)
    _beside_periods(tokens)
    return tokens


def _next(text: str, at: int, end: int, words: Vocabulary, before: list[Token]) -> Token:
    character = text[at]
    if character.isdecimal():
        return _figures(text, at, end, words)
    for kind, pattern, table in (
        ("swap", words.swap_pattern, words.swaps),
        ("period", words.period_pattern, words.periods),
        ("mark", words.mark_pattern, words.marks),
        ("tag", words.tag_pattern, words.tags),
    ):
        match = pattern.match(text, at, end)
        if match is None or _is_a_name_after_all(text, match, kind, end):
            continue
        if kind == "tag" and match.group()[0].isalpha() and not (before and before[-1].kind == "open"):
            continue
        if kind == "swap" and match.group() == "/":
            continue
        return Token(kind, at, match.end(), meaning(table, match.group()))  # type: ignore[arg-type]
    if character in _PUNCTUATION:
        return Token(_PUNCTUATION[character], at, at + 1)
    grade = _GRADE.match(text, at, end)
    if grade is not None:
        return Token("number", at, grade.end(), "grade")
    if character.isalpha():
        name_end = read_name(text, at, end)
        if name_end is not None:
            return Token("name", at, name_end, text[at:name_end])
        word = _WORD.match(text, at, end)
        if word is not None:
            plain = word.group().rstrip(".'’")
            if plain in ("e", "ed", "E", "ED", "and") and not text.startswith("]", word.end()):
                return Token("and", at, at + len(plain))
            if len(plain) == 1 and plain.isupper():
                return Token("letter", at, at + 1, plain)
            return Token(
                "word", at, word.end() if not word.group().endswith(".") else word.end() - 1, plain.lower()
            )
    return Token("sign", at, at + 1, character)


def _is_a_name_after_all(text: str, match: re.Match[str], kind: str, end: int) -> bool:
    """Whether a keyword in capitals is an initial or a surname: "R. Bianchi", "C", "Ripresa"."""
    found = match.group()
    if found in ("(R)", "(A)"):
        return True  # a club's letter
    if not found[0].isupper():
        return False
    if kind == "mark" and len(found.rstrip(".")) == 1:
        return True
    if kind == "swap" and found.lower() in ("x", "in", "out", "per"):
        return found.istitle() and found.lower() != "in" and len(found) > 1 and found.lower() != "per"
    return kind == "tag" and len(found.rstrip(".")) == 1 and not text.startswith((")", "]"), match.end())


def _figures(text: str, at: int, end: int, words: Vocabulary) -> Token:
    period = words.period_pattern.match(text, at, end)
    if period is not None:
        return Token("period", at, period.end(), meaning(words.periods, period.group()))
    minute = MINUTE.match(text, at, end)
    if minute is not None:
        plus = minute["plus"] or minute["plus2"]
        value = Minute(int(minute["minute"]), int(plus) if plus else None, (at, minute.end()))
        return Token("time", at, minute.end(), minute=value)
    mark = words.mark_pattern.match(text, at, end)
    if mark is not None:
        return Token("mark", at, mark.end(), meaning(words.marks, mark.group()))
    grade = _GRADE.match(text, at, end)
    if grade is not None:
        return Token("number", at, grade.end(), "grade")
    score = _SCORE.match(text, at, end)
    if score is not None:
        return Token("score", at, score.end(), score=(int(score[1]), int(score[2])))
    number = _NUMBER.match(text, at, end)
    assert number is not None
    return Token("number", at, number.end(), number.group())


def _beside_periods(tokens: list[Token]) -> None:
    """A bare figure beside a period word is a minute: "12 pt", "st 7", and no shirt: "32' st 14 Verri"."""
    for place, token in enumerate(tokens):
        if token.kind != "number" or not token.value.isdecimal() or int(token.value) > 130:
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        before = [other.kind for other in tokens[max(0, place - 2) : place]]
        leads = after is not None and after.kind == "period"
        follows = before[-1:] == ["period"] and before[:1] != ["time"]
        if leads or (follows and (after is None or after.kind != "number")):
            token.kind = "time"
            token.minute = Minute(int(token.value), None, (token.start, token.end))


def attach_periods(tokens: list[Token]) -> None:
    """Give every minute the period that the list tells for it.

    A period word before a minute holds for those that follow ("st 7' Verri, 20' Orsi"); one right
    after a minute or a name closes the group of minutes before it ("Verri al 7', Orsi al 20' s.t.").
    """
    periods = [token for token in tokens if token.kind == "period"]
    if not periods:
        return
    meaningful = [token for token in tokens if token.kind in ("time", "period", "name", "score")]
    separators = [t for t in tokens if t.kind in ("time", "period", "name", "close", *_BEFORE_PREFIX)]
    place_of = {id(token): place for place, token in enumerate(separators)}
    open_prefix: str | None = None
    waiting: list[Minute] = []
    last_suffix: str | None = None
    for place, token in enumerate(meaningful):
        following = meaningful[place + 1] if place + 1 < len(meaningful) else None
        if token.kind == "period":
            if following is not None and following.kind == "score":
                continue
            at = place_of[id(token)]
            before = separators[at - 1] if at else None
            stands_first = before is None or before.kind in _BEFORE_PREFIX
            if stands_first and following is not None and following.kind in ("time", "name"):
                _close(waiting, last_suffix)
                open_prefix = token.value
            else:
                _close(_end_group(waiting, token.value), last_suffix or _EARLIER.get(token.value))
                waiting.clear()
                last_suffix = token.value
                open_prefix = None
        elif token.kind == "time" and token.minute is not None:
            if open_prefix is not None:
                token.minute.period = open_prefix  # type: ignore[assignment]
            else:
                waiting.append(token.minute)
    _close(waiting, last_suffix)


def _end_group(waiting: list[Minute], period: str) -> list[Minute]:
    """Give the last rising run of minutes their period; return those before it."""
    first = len(waiting)
    while first > 0 and (first == len(waiting) or waiting[first - 1].value <= waiting[first].value):
        first -= 1
        if waiting[first].value <= 45 or first == len(waiting) - 1:
            waiting[first].period = waiting[first].period or period  # type: ignore[assignment]
    return waiting[:first]


def _close(waiting: list[Minute], period: str | None) -> None:
    """Minutes left without a period word go on in the period of the group before them."""
    if period is not None:
        for minute in waiting:
            if minute.value <= 45:
                minute.period = period  # type: ignore[assignment]
    waiting.clear()
