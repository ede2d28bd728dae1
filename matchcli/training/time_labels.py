"""Whether a time expression of the text may be the time of an annotated event."""

from __future__ import annotations

from collections.abc import Iterator

from matchcli.extraction.mentions import TimeMention
from matchcli.record import PERIOD_MINUTES, Period
from matchcli.training.reports import GoldEvent

#: How many minutes wider or narrower than the annotation an expression's window may be.
_WIDTH_OF_CLOCK = 3
_WIDTH_OF_END = 4
_WIDTH_OF_OFFSET = 2
#: An annotated window wider than this does not come from the expression; it may still be compatible with it.
_WIDE = 8
#: "Poco dopo" without a number reaches so many minutes.
_SOON = 5

Window = tuple[int, int]


def tells_time(time: TimeMention, event: GoldEvent, previous: GoldEvent | None) -> bool | None:
    """Whether ``time`` may tell the event's minute; None where nobody can say.

    ``previous`` is the event told before, from which an offset counts.
    """
    if event.minute is None:
        return None
    if time.kind in ("clock", "half"):
        return _by_clock(time, event, event.minute)
    if time.kind == "from_end":
        return _from_end(time, event.period, event.minute)
    if time.kind in ("offset", "offset_before", "soon", "simultaneous"):
        if previous is None or previous.minute is None:
            return None
        return _from_event(time, event.minute, previous.minute)
    return None


def _meet(one: Window, other: Window) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _width(window: Window) -> int:
    return window[1] - window[0]


def _by_clock(time: TimeMention, event: GoldEvent, minute: Window) -> bool | None:
    if time.low is None or time.high is None:
        return None
    if event.stoppage and time.stoppage and event.stoppage != time.stoppage:
        return False
    return any(
        _meet(window, minute) and abs(_width(window) - _width(minute)) <= _WIDTH_OF_CLOCK
        for window in _clock_windows(time.low, time.high, time.period)
    )


def _clock_windows(low: int, high: int, period: Period | None) -> Iterator[Window]:
    """The minutes of the match that minutes without a period may be: those of any half that is long enough."""
    yield low, high
    if period is None and high <= 45:
        yield low + 45, high + 45
    if period is None and high <= 15:
        yield low + 90, high + 90
        yield low + 105, high + 105


def _from_end(time: TimeMention, event_period: str | None, minute: Window) -> bool:
    ends = {name: last for name, (_, last) in PERIOD_MINUTES.items()}
    period = time.period or event_period
    low, high = time.low or 0, time.high or 0
    return any(
        _meet((end - high, end - low), minute) and abs(high - low - _width(minute)) <= _WIDTH_OF_END
        for end in ([ends[period]] if period in ends else [ends["1H"], ends["2H"]])
    )


def _from_event(time: TimeMention, minute: Window, previous: Window) -> bool | None:
    first, last = previous
    low, high = time.low or 0, time.high or _SOON
    if time.kind == "simultaneous":
        window = previous
    elif time.kind == "offset_before":
        window = (first - high, last - low)
    else:
        window = (first + low, last + high)
    if _meet(window, minute) and _width(minute) <= _width(window) + _WIDTH_OF_OFFSET:
        return True
    return False if _width(minute) <= _WIDE else None
