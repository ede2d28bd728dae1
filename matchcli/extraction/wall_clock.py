"""Times of day as times of the match: "alle 21.06" is the sixth minute where it began at 21.

Forum threads and some newspapers tell a match by the clock on the wall.  Its minutes can be read
where the text tells when the match began and gives at least three times of day after that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.numbers import fold
from matchcli.record import PERIOD_MINUTES, Period

_STAMP = re.compile(
    r"(?:\balle\s+|\bore\s+|\balle ore\s+)?(?<![\d.,:])"
    r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?(?![\d'’°%]|[.:,]\d)",
    re.I,
)
_REACH = 60
_LONGEST = 150
_FEWEST = 3
_BESIDE = 12


def find_wall_clock(text: str, start: int, end: int, known: Sequence[TimeMention]) -> list[TimeMention]:
    """The times of day in ``text[start:end]`` as ``clock`` mentions with the rule ``wall_clock``.

    Where the minute of the match stands beside a time of day ("21.14 - 29'") it says enough.
    Empty where the text does not tell when the match began.
    """
    stamps = [stamp for match in _STAMP.finditer(text, start, end) if (stamp := _minutes(match)) is not None]
    if len(stamps) < _FEWEST:
        return []
    table = _table()
    kick_off = next(
        (minute for minute, span in stamps if _beside(text, span, start, end, table["kick_off"])), None
    )
    if kick_off is None:
        return []
    later = [(minute, span) for minute, span in stamps if 0 < minute - kick_off <= _LONGEST]
    restart = next(
        (m for m, span in later if m - kick_off > 45 and _beside(text, span, start, end, table["restart"])),
        kick_off + table["usual_restart"],
    )
    beside = [mention.span[0] for mention in known if mention.kind == "clock"]
    found = []
    for minute, span in later:
        if any(0 <= place - span[1] <= _BESIDE for place in beside):
            continue
        period: Period = "2H" if minute >= restart else "1H"
        first, last = PERIOD_MINUTES[period]
        elapsed = first - 1 + minute - (restart if period == "2H" else kick_off)
        # A line is written after its event; "alle 21.06" in a story is the time of the event itself.
        behind = 0 if text[span[0]].isalpha() else table["behind"]
        low = min(max(first, elapsed - behind), last)
        high = min(max(first, elapsed + table["ahead"]), last)
        found.append(TimeMention(span, "clock", low, high, period, rule="wall_clock"))
    return found if len(found) >= _FEWEST else []


def _minutes(match: re.Match[str]) -> tuple[int, tuple[int, int]] | None:
    """The minutes since midnight; a bare hour only after "alle" and "ore"."""
    if match[2] is None and not match[0][:1].isalpha():
        return None
    return int(match[1]) * 60 + int(match[2] or 0), match.span()


def _beside(text: str, span: tuple[int, int], start: int, end: int, patterns: Sequence[str]) -> bool:
    """Whether one of the words stands in the line of a time of day, not far from it."""
    line_start = max(text.rfind("\n", 0, span[0]) + 1, span[0] - _REACH, start)
    line_end = text.find("\n", span[1])
    line_end = min(line_end if line_end >= 0 else end, span[1] + _REACH, end)
    words = fold(text[line_start:line_end]).replace("’", "'")
    return any(re.search(pattern, words) for pattern in patterns)


@cache
def _table() -> dict[str, Any]:
    source = files("matchcli.lexicon") / "time" / "wall_clock.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def examples() -> list[tuple[str, dict[str, str]]]:
    """The lexicon's example texts, each with what some of its expressions must say."""
    return [(example["text"], example["times"]) for example in _table()["example"]]
