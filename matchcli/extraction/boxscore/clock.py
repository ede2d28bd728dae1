"""Minutes as box scores write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matchcli.extraction.mentions import Span, TimeMention
from matchcli.record import Period

_APOSTROPHE = r"['’′´`‘]"
#: A minute with its sign ("12'", "45'+2", "45+2'", "90'+'3", "12°"), not the figure of a score or a decimal.
MINUTE = re.compile(
    rf"(?<![\d.,+])(?P<minute>\d{{1,3}})"
    rf"(?:\s?{_APOSTROPHE}{{1,2}}\s?\+\s?{_APOSTROPHE}?(?P<plus>\d{{1,2}})(?!\d)\s?{_APOSTROPHE}?"
    rf"|\s?\+\s?(?P<plus2>\d{{1,2}})\s?{_APOSTROPHE}"
    rf"|\s?{_APOSTROPHE}{{1,2}}(?!\d)"
    rf"|{_APOSTROPHE}(?=\d?[a-z])"
    rf"|°(?!\s?t)|º(?!\s?t)|\s?min\.?(?![a-z])|\s?minuto(?![a-z])|m(?![a-z]))"
)
#: A bare figure that may be a minute where the place says so.
FIGURE = re.compile(r"(?<![\d.,+'’-])(\d{1,3})(?:\+(\d{1,2}))?(?![\d.,'’+-])")

LAST_MINUTE: dict[Period, int] = {"1H": 45, "2H": 90, "ET1": 105, "ET2": 120}
_FIRST: dict[Period, int] = {"1H": 0, "2H": 45, "ET1": 90, "ET2": 105}
_LENGTH: dict[Period, int] = {"1H": 45, "2H": 45, "ET1": 15, "ET2": 15}
#: Beyond this many minutes, a minute written with a second-half sign counts from the kick-off.
_LONGEST_STOPPAGE = 12


@dataclass(slots=True)
class Minute:
    """A minute as written: the figure, the added minutes, the period beside it, its place."""

    value: int
    plus: int | None
    span: Span
    period: Period | None = None


def on_the_clock(minute: Minute, extra_time: bool = False) -> TimeMention:
    """The match clock of a written minute: "7' st" is 52, "47' st" is 90 with 2 of stoppage.

    ``extra_time`` says that the match had extra time, so that a bare 97' is one of its minutes.
    """
    value, plus, period = minute.value, minute.plus, minute.period
    low, stoppage = value, plus
    if period is None:
        if plus is not None:
            period = next((p for p, last in LAST_MINUTE.items() if last == value), None)
        elif value > 120:
            low, stoppage, period = 120, value - 120, "ET2"
        elif value > 105 or (extra_time and value > 90):
            period = "ET2" if value > 105 else "ET1"
        elif value > 90:
            low, stoppage, period = 90, value - 90, "2H"
        elif value > 45:
            period = "2H"
    else:
        first, last, length = _FIRST[period], LAST_MINUTE[period], _LENGTH[period]
        if value <= length:
            low = first + value
        elif value - length <= _LONGEST_STOPPAGE:
            low, stoppage = last, value - length
        elif value > last:
            low, stoppage = last, value - last
        if plus is not None:
            stoppage = plus
    if stoppage == 0:
        stoppage = None
    return TimeMention(
        span=minute.span, kind="clock", low=low, high=low, period=period, stoppage=stoppage, rule="boxscore"
    )
