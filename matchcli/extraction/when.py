"""When: the time expressions of football Italian, found by the rules in ``lexicon/time``.

A rule is a pattern over the *folded* text: lower case, accents gone, every apostrophe a plain
one, white space a single blank, and every number ("12", "dodici", "dodicesimo") one character.
So patterns are short, and a number word costs no more than a digit.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any, cast, get_args

from matchcli.extraction.line_minutes import find_line_minutes
from matchcli.extraction.mentions import Span, TimeKind, TimeMention
from matchcli.extraction.numbers import cardinals, fold, ordinals
from matchcli.extraction.wall_clock import find_wall_clock
from matchcli.record import PERIOD_MINUTES, Period

# One private-use character stands for one number: digits, cardinal words, ordinal words
# (masculine: only they tell minutes), other ordinals.
_DIGITS, _CARDINALS, _ORDINALS, _FEMININES, _NUMBERS_END = 0xE000, 0xE400, 0xE800, 0xEC00, 0xF000
_D = f"{chr(_DIGITS)}-{chr(_CARDINALS - 1)}"
_C = f"{chr(_DIGITS)}-{chr(_ORDINALS - 1)}"
_O = f"{chr(_ORDINALS)}-{chr(_FEMININES - 1)}"
# Lengths of time, four characters for each number of minutes: plain, less than, more than.
_DURATIONS, _MARKED_DURATIONS, _DURATIONS_END = 0xF0000, 0xF4000, 0xF8000
_LENGTH = f"{chr(_DURATIONS)}-{chr(_DURATIONS_END - 1)}"
_ANY = f"{chr(_DIGITS)}-{chr(_NUMBERS_END - 1)}{_LENGTH}"

#: Words that are also something else ("sei" stays a number: nothing else stands before "minuti").
_NOT_ALWAYS_NUMBERS = frozenset(
    stem + ending for stem in ("prim", "second", "quart", "un") for ending in ("o", "a", "i", "e")
)
_AMBIGUOUS = {"un": 1, "uno": 1, "una": 1, "mezzo": 1}
_AMBIGUOUS_ORDINALS = {"prim": 1, "second": 2, "quart": 4}

_APOSTROPHES = "'’‘`´′ʼ＇"
_DASHES = "-‐‑‒–—−"
#: Ends of words that plain keyboards write with an apostrophe for the accent: "piu'", "meta'".
_ASCII_ACCENTED = frozenset(
    [
        "cioe",
        "cosi",
        "e",
        "finche",
        "gia",
        "li",
        "meta",
        "perche",
        "pero",
        "piu",
        "poiche",
        "puo",
        "sara",
        "unita",
    ]
)

_TOKEN = re.compile(
    r"(?P<ordinal>[0-9]{1,3})(?i:esim|sim|m|im)(?i:[oaie])\b|(?P<digits>\d+)|(?P<word>[^\W\d_]+)|(?P<white>\s+)|.",
    re.S,
)

_ORDINAL = f"[{_O}]|(?:prim|second|quart)[oa](?![a-z])|[{_D}](?= ?[°ºª])"

#: The built-in pieces: numbers. ``n`` is the number of minutes, ``extra`` of stoppage minutes.
_NUMBER_PIECES = {
    "n": f"(?P<n>[{_C}]|un[oa]?(?![a-z]))",
    "d": f"(?P<n>[{_D}])",
    "count": f"(?P<n>[{_C}])",
    "ord": f"(?P<n>{_ORDINAL})[°ºª]?",
    "bigord": f"(?P<n>[{chr(_ORDINALS + 11)}-{chr(_FEMININES - 1)}])",
    "smallord": f"(?P<n>[{chr(_ORDINALS + 3)}-{chr(_ORDINALS + 10)}]|quarto(?![a-z]))",
    "extra": f"(?P<extra>[{_D}])",
    "extraord": f"(?P<extra>{_ORDINAL})[°ºª]?",
    "extran": f"(?P<extra>[{_C}]|un[oa]?(?![a-z]))",
    "num": f"(?:[{_C}]|un[oa]?(?![a-z]))",
    "digit": f"[{_D}]",
    "anyord": f"(?:{_ORDINAL}|[{chr(_FEMININES)}-{chr(_NUMBERS_END - 1)}])(?: ?[°ºª])?",
    "bigcount": f"(?P<n>[{chr(_CARDINALS + 11)}-{chr(_ORDINALS - 1)}])",
    "words": f"(?P<n>[{chr(_CARDINALS + 2)}-{chr(_ORDINALS - 1)}])",
    "one": f"[{chr(_DIGITS + 1)}]",
    "two": f"[{chr(_DIGITS + 2)}]",
    "d45": f"(?:[{chr(_DIGITS + 45)}{chr(_CARDINALS + 45)}])",
    "d90": f"(?:[{chr(_DIGITS + 90)}{chr(_CARDINALS + 90)}])",
    "o90": f"(?:[{chr(_ORDINALS + 90)}{chr(_MARKED_DURATIONS + 360)}]|[{chr(_DIGITS + 90)}] ?['°])",
    "o45": f"(?:[{chr(_ORDINALS + 45)}{chr(_MARKED_DURATIONS + 180)}]|[{chr(_DIGITS + 45)}] ?['°])",
    # Lengths of time: any, and those whose minutes are written out ("dieci minuti", not "10'").
    "duration": f"(?P<length>[{_LENGTH}])",
    "written_duration": f"(?P<length>[{chr(_DURATIONS)}-{chr(_MARKED_DURATIONS - 1)}])",
    "half_an_hour": f"[{chr(_DURATIONS + 120)}]",
    "quarter_of_an_hour": f"[{chr(_DURATIONS + 60)}]",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands in the lexicon, its pattern ready to run.

    ``window`` is the rule's own minutes, ``spread`` what is added to the number that the words
    give, ``base`` the minute that the number counts from, forwards or (below zero) backwards.
    ``kind`` None: the words look like a time and are none, so they hide what they cover.
    """

    name: str
    pattern: re.Pattern[str]
    kind: TimeKind | None
    window: tuple[int, int] | None
    spread: tuple[int, int]
    period: Period | None
    stoppage: bool
    new_period: bool
    anchor: str
    since: str | None
    base: int | None
    priority: int
    with_durations: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; ``starts`` and ``ends`` give each character's place in the report."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, match: re.Match[str]) -> Span:
        """The report's characters that a match covers, without white space at its edges."""
        words = match.group()
        first = match.start() + len(words) - len(words.lstrip())
        last = match.end() - len(words) + len(words.rstrip())
        return self.starts[first], self.ends[last - 1]


def find_times(text: str, start: int = 0, end: int | None = None) -> list[TimeMention]:
    """The time expressions of ``text[start:end]``, in order, never overlapping.

    Spans count characters of ``text``.  Two readings that the words alone cannot give are left
    to the timeline: stoppage time of a half that is not named ("al terzo minuto di recupero",
    "nel recupero", "allo scadere") is ``half`` 45..45, with ``stoppage`` where the number is told;
    and "nei supplementari" is ``period`` ET1 with the rule ``extra_time``, either period meant.
    A number beyond 90 without a period ("al 95'") is ``clock`` 90 with ``stoppage``, which is
    minute 95 when extra time is being told; beyond 105 it is a minute of ET2.
    """
    end = len(text) if end is None else end
    folded = fold_text(text, start, end)
    shortened = shorten(folded)
    found: list[tuple[int, int, int, Rule, re.Match[str], Span]] = []
    for rule in rules():
        source = shortened if rule.with_durations else folded
        for match in rule.pattern.finditer(source.text):
            if match.group().strip():
                span = source.span(match)
                found.append((-rule.priority, span[0] - span[1], span[0], rule, match, span))
    # The weightiest rule has the words, then the longest expression, then the first.
    found.sort(key=lambda item: item[:3])
    taken = bytearray(end - start)
    mentions = []
    for *_, rule, match, span in found:
        place = slice(span[0] - start, span[1] - start)
        if any(taken[place]):
            continue
        mention = _mention(rule, match, span) if rule.kind is not None else None
        if mention is not None or rule.kind is None:
            taken[place] = b"\1" * (span[1] - span[0])
        if mention is not None:
            mentions.append(mention)
    seen = [mention.span for mention in mentions]
    mentions += [
        TimeMention(span, "clock", read[0], read[0], read[1], stoppage=read[2], rule="minute_of_line")
        for span, minute, extra in find_line_minutes(text, start, end)
        if not any(span[0] < last and first < span[1] for first, last in seen)
        and (read := on_clock(minute, None, extra))
    ]
    seen = [mention.span for mention in mentions]
    mentions += [
        mention
        for mention in find_wall_clock(text, start, end, mentions)
        if not any(mention.span[0] < last and first < mention.span[1] for first, last in seen)
    ]
    return sorted(_counted_on(mentions, text), key=lambda mention: mention.span)


#: "57' st" may still be stoppage time, "58' st" is a minute of the match.
_LAST_OF_STOPPAGE = 57


def _counted_on(mentions: list[TimeMention], text: str) -> list[TimeMention]:
    """ "2T 46'" is the 46th minute, and not stoppage time, in a text that goes on with "2T 60'".

    A text whose second half begins with "2T 1'" counts anew, and its "2T 46'" is stoppage time.
    """
    written = {
        mention: max(map(int, numbers))
        for mention in mentions
        if mention.kind == "clock"
        and mention.period == "2H"
        and mention.low == mention.high
        and (numbers := re.findall(r"\d+", text[slice(*mention.span)]))
    }
    goes_on = any(_LAST_OF_STOPPAGE < number == mention.low for mention, number in written.items())
    if not goes_on or any(number <= 45 for number in written.values()):
        return mentions
    return [
        replace(mention, low=written[mention], high=written[mention], stoppage=None)
        if 45 < written.get(mention, 0) <= _LAST_OF_STOPPAGE and mention.low == 90
        else mention
        for mention in mentions
    ]


def fold_text(text: str, start: int, end: int) -> Folded:
    """``text[start:end]`` as the rules' patterns see it."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(character: str, first: int, last: int) -> None:
        characters.append(character)
        starts.append(first)
        ends.append(last)

    word_before = ""
    for match in _TOKEN.finditer(text, start, end):
        token, first, last = match.group(), match.start(), match.end()
        word, word_before = word_before, ""
        if match["ordinal"]:
            region = _ORDINALS if token[-1] in "oO" else _FEMININES
            put(chr(region + int(match["ordinal"])), first, last)
        elif match["digits"]:
            if len(token) <= 3 and token.isascii():
                put(chr(_DIGITS + int(token)), first, last)
            else:
                for place, character in enumerate(token, first):
                    put(character, place, place + 1)
        elif match["word"]:
            word_before = fold(token)
            number = _number_character(word_before)
            if number:
                put(number, first, last)
            else:
                for place, character in enumerate(word_before, first):
                    put(character, place, place + 1)
        elif match["white"]:
            put(_white(token, text, last, end), first, last)
        elif token in _APOSTROPHES:
            after = text[last : last + 1]
            if not (word in _ASCII_ACCENTED and not after.isalnum()):
                put("'", first, last)
        elif unicodedata.category(token) in ("Mn", "Cf"):
            word_before = word
        else:
            put("-" if token in _DASHES else token, first, last)
    return Folded("".join(characters), tuple(starts), tuple(ends))


def shorten(folded: Folded) -> Folded:
    """The folded text with every length of time ("dieci minuti", "mezz'ora") as one character.

    Rules that speak of such lengths are matched against this: their patterns stay short.
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for match in _spoken_duration().finditer(folded.text):
        said = _said(match)
        number = _number(said)
        if number is None:
            continue
        flags = 1 if said.get("under") else 2 if said.get("over") else 0
        region = _MARKED_DURATIONS if match.group().rstrip().endswith("'") else _DURATIONS
        characters += folded.text[place : match.start()]
        starts += folded.starts[place : match.start()]
        ends += folded.ends[place : match.start()]
        first, last = folded.span(match)
        characters.append(chr(region + number * 4 + flags))
        starts.append(first)
        ends.append(last)
        place = match.end()
    characters += folded.text[place:]
    starts += folded.starts[place:]
    ends += folded.ends[place:]
    return Folded("".join(characters), tuple(starts), tuple(ends))


@cache
def _spoken_duration() -> re.Pattern[str]:
    return re.compile(_distinct(_bounded(_expand("{spoken_duration}"))))


def _white(token: str, text: str, after: int, end: int) -> str:
    """A blank, or a line break where the line ends a block and not just the column."""
    if "\n" not in token and "\r" not in token:
        return " "
    follows = text[after : after + 1] if after < end else ""
    return " " if token.count("\n") < 2 and follows.islower() else "\n"


@cache
def _number_character(word: str) -> str | None:
    if word in _NOT_ALWAYS_NUMBERS:
        return None
    value = cardinals().get(word)
    if value is not None:
        return chr(_CARDINALS + value)
    value = ordinals().get(word)
    if value is None:
        return None
    return chr((_ORDINALS if word.endswith("o") else _FEMININES) + value)


def _value(word: str) -> int:
    """The number that a captured piece stands for."""
    code = ord(word[0])
    if _DIGITS <= code < _NUMBERS_END:
        return (code - _DIGITS) % (_CARDINALS - _DIGITS)
    if word in _AMBIGUOUS:
        return _AMBIGUOUS[word]
    return _AMBIGUOUS_ORDINALS[word[:-1]]


def _mention(rule: Rule, match: re.Match[str], span: tuple[int, int]) -> TimeMention | None:
    """What one match says, or None where the numbers make no sense ("al 300'")."""
    assert rule.kind is not None
    said = _said(match)
    period = rule.period or _table_value(said, "period")
    extra = _value(said["extra"]) if said.get("extra") else None
    number = _number(said)
    low: int | None = None
    high: int | None = None
    stoppage: int | None = None
    if rule.kind == "clock" and rule.window:
        low, high = rule.window
    elif rule.kind == "clock":
        if rule.base and number is not None:
            # Minutes of extra time, both halves in one count.
            number += rule.base
            period = "ET1" if number <= PERIOD_MINUTES["ET1"][1] else "ET2"
        if number is None or not (read := on_clock(number, period, extra)):
            return None
        low, period, stoppage = read
        if rule.since == "half":
            low, high = (1 if low <= 45 else 46), low + rule.spread[1]
        elif rule.since == "end":
            low, high = low + rule.spread[0], (45 if low < 45 else 90 if low <= 90 else 120)
        else:
            low, high = low + rule.spread[0], low + rule.spread[1]
            if rule.spread != (0, 0):
                stoppage = None
    elif rule.kind not in ("period", "simultaneous"):
        window = rule.window
        if window is None:
            if number is None:
                return None
            less, more = _modifier(said)
            if rule.base is not None:
                number = rule.base + number if rule.base > 0 else -rule.base - number
            window = (number + rule.spread[0] + less, number + rule.spread[1] + more)
            if rule.since == "start":
                window = (0, window[1])
        low, high = max(window[0], 0), max(window[1], 0)
        if rule.kind == "half":
            low, high = max(low, 1), max(high, 1)
            if low > 45:
                return None
            high = min(high, 45)
            if rule.stoppage:
                stoppage = extra
            if period:
                low, high = half_minutes(period, low, high)
        elif high > 90:
            return None
    return TimeMention(
        span=span,
        kind=rule.kind,
        low=low,
        high=high,
        period=cast(Period | None, period),
        stoppage=stoppage,
        new_period=rule.new_period,
        anchor=cast(Any, rule.anchor),
        rule=rule.name,
    )


def on_clock(
    number: int, period: Period | None, extra: int | None
) -> tuple[int, Period | None, int | None] | None:
    """A minute as written, on the clock of the match: (minute, period, stoppage) or None.

    "7" of 2H is (52, 2H, None); "47" of 1H is (45, 1H, 2); "95" is (90, None, 5); "45+2" is
    (45, 1H, 2); "52" is (52, None, None).
    """
    if extra is not None:
        if period is None:
            base = {45: "1H", 90: "2H", 105: "ET1", 120: "ET2"}.get(number)
            return (number, cast(Period, base), extra) if base and 0 < extra < 30 else None
        first, last = PERIOD_MINUTES[period]
        return (last, period, extra) if number in (last, last - first + 1) and extra > 0 else None
    if number < 1 or number > 135:
        return None
    if period is None:
        if number <= 90:
            return number, None, None
        if number <= 105:
            return 90, None, number - 90
        return (number, "ET2", None) if number <= 120 else (120, "ET2", number - 120)
    first, last = PERIOD_MINUTES[period]
    length = last - first + 1
    if number <= length:
        return first - 1 + number, period, None
    # "49' st" is stoppage time; "67' st" was written with the clock of the match.
    if number <= length + 12 and not (period.startswith("ET") and number >= first):
        return last, period, number - length
    if first <= number <= last:
        return number, period, None
    return (last, period, number - last) if last < number <= last + 20 else None


def half_minutes(period: Period, low: int, high: int) -> tuple[int, int]:
    """Minutes 1..45 of a half as minutes of the match; extra time's short halves are scaled."""
    first, last = PERIOD_MINUTES[period]
    length = last - first + 1
    if length < 45 and high > 10:
        # Near the end stays near the end, the middle stays the middle.
        low, high = (low - 30, high - 30) if low >= 35 else (low // 3, -(-high // 3))
    return first - 1 + max(1, min(low, length)), first - 1 + max(1, min(high, length))


def _number(said: dict[str, str]) -> int | None:
    """The minutes that the words give: a number, a number of seconds, "un quarto d'ora"."""
    if said.get("length"):
        code = ord(said["length"])
        return (code - (_DURATIONS if code < _MARKED_DURATIONS else _MARKED_DURATIONS)) // 4
    if said.get("span"):
        return cast(int, _table_value(said, "span"))
    word = said.get("n")
    if not word:
        return None
    number = _value(word)
    if said.get("seconds"):
        return round(number / 60)
    return number


def _modifier(said: dict[str, str]) -> tuple[int, int]:
    """What "meno di" takes from a length of time and "più di" adds to it."""
    flags = ord(said["length"]) % 4 if said.get("length") else 0
    return {0: (0, 0), 1: (-1, -1), 2: (0, 2)}[flags]


def _table_value(said: dict[str, str], name: str) -> Any:
    """The value of a captured word by the tables of ``pieces.toml``; None where nothing was captured."""
    for table, entries in _tables().items():
        if table.startswith(name) and said.get(table):
            for value, pattern in entries:
                if pattern.fullmatch(cast(str, said[table])):
                    return value
    return None


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of all the files of ``lexicon/time``, in file order."""
    return tuple(_rule(entry) for entry in rule_entries())


@cache
def rule_entries() -> tuple[dict[str, Any], ...]:
    """The rules as written, with their examples."""
    entries: list[dict[str, Any]] = []
    for path in sorted(_folder().iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml") and path.name not in ("pieces.toml", "numbers.toml"):
            entries += tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    return tuple(entries)


def _rule(entry: dict[str, Any]) -> Rule:
    kind = entry["kind"]
    if kind != "none" and kind not in get_args(TimeKind):
        raise ValueError(f"time rule {entry['name']}: unknown kind {kind}")
    window = entry.get("window")
    return Rule(
        name=entry["name"],
        pattern=re.compile(_distinct(_bounded(_expand(_alternatives(entry["pattern"]))))),
        kind=None if kind == "none" else kind,
        window=(window[0], window[1]) if window else None,
        spread=tuple(entry.get("spread", (0, 0))),  # type: ignore[arg-type]
        period=entry.get("period"),
        stoppage=entry.get("stoppage", False),
        new_period=entry.get("new_period", False),
        anchor=entry.get("anchor", "event"),
        since=entry.get("since"),
        base=entry.get("base"),
        priority=entry.get("priority", 0),
        with_durations="duration}" in _alternatives(entry["pattern"]),
    )


def _alternatives(pattern: str | list[str]) -> str:
    return pattern if isinstance(pattern, str) else "|".join(pattern)


def _bounded(pattern: str) -> str:
    """The pattern, never beginning or ending inside a word or between two digits."""
    inside = rf"[a-z{_ANY}]"
    return rf"(?:(?<!{inside})|(?!{inside}))(?:{pattern})(?:(?!{inside})|(?<!{inside}))"


def _distinct(pattern: str) -> str:
    """The pattern with a number at the name of each group, for a name may not come twice."""
    numbers = count()
    return re.sub(r"\(\?P<(\w+)>", lambda match: f"(?P<{match[1]}__{next(numbers)}>", pattern)


def _said(match: re.Match[str]) -> dict[str, str]:
    """What the groups caught, by their names in the rule."""
    return {name.split("__")[0]: caught for name, caught in match.groupdict().items() if caught}


def _expand(pattern: str) -> str:
    """The pattern with its ``{pieces}`` put in."""
    known = _pieces()

    def piece(match: re.Match[str]) -> str:
        try:
            return known[match[1]]
        except KeyError:
            raise ValueError(f"time rules: no piece {{{match[1]}}}") from None

    while re.search(r"\{[a-z]\w*\}", pattern):
        pattern = re.sub(r"\{([a-z]\w*)\}", piece, pattern)
    return pattern


@cache
def _pieces() -> dict[str, str]:
    source = _pieces_file()
    known = dict(_NUMBER_PIECES)
    known.update((name, f"(?:{_alternatives(pattern)})") for name, pattern in source["piece"].items())
    for name, table in source["table"].items():
        words = "|".join(word for entry in table for word in entry["words"])
        known[name] = f"(?P<{name}>{words})"
    return known


@cache
def _tables() -> dict[str, list[tuple[Any, re.Pattern[str]]]]:
    return {
        name: [(entry["value"], re.compile(_distinct(_expand("|".join(entry["words"]))))) for entry in table]
        for name, table in _pieces_file()["table"].items()
    }


@cache
def _pieces_file() -> dict[str, Any]:
    return tomllib.loads((_folder() / "pieces.toml").read_text(encoding="utf-8"))


def _folder() -> Any:
    return files("matchcli.lexicon") / "time"


def examples(entry: dict[str, Any]) -> Iterator[tuple[str, tuple[int, int], str]]:
    """The rule's examples: the sentence, the place of the expression, what it must say."""
    for marked, wanted in entry.get("examples", []):
        first, last = marked.index("<"), marked.index(">") - 1
        yield marked.replace("<", "", 1).replace(">", "", 1), (first, last), wanted


def texts_without_times() -> list[str]:
    """The lexicon's sentences in which nothing may be found."""
    return list(tomllib.loads((_folder() / "not_times.toml").read_text(encoding="utf-8"))["texts"])


def describe(mention: TimeMention) -> str:
    """A mention in short, as the lexicon's examples write it: "2H 52", "28..32", "45+2", "2H"."""
    minutes = "" if mention.low is None else str(mention.low)
    if mention.high != mention.low:
        minutes += f"..{mention.high}"
    if mention.stoppage is not None:
        minutes += f"+{mention.stoppage}"
    return " ".join(part for part in (mention.period, minutes) if part)
