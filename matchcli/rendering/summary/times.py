"""When something was, as a piece of a sentence: never closer than the record knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matchcli.rendering.summary.grammar import Value, fill, minute_noun
from matchcli.rendering.words import load

if TYPE_CHECKING:
    from matchcli.record import Event, Period

#: A window of at most this many minutes beyond its first is "around" its middle.
NARROW = 4
#: A wider window than this tells no more than its half.
WIDE = 15


def when(event: Event, lang: str) -> str:
    """Say when: "al 12'", "tra il 59' e il 72'", "nella ripresa"; empty where nothing is known."""
    times = load(lang)["times"]
    low, high = window(event)
    if low is None or high is None:
        return times[event.period] if event.period is not None else ""
    if event.stoppage is not None and event.minute is not None:
        values: dict[str, Value] = {
            "minute": minute_noun(event.minute, lang),
            "number": str(event.minute),
            "stoppage": str(event.stoppage),
        }
        return fill(times["stoppage"], values, lang)
    if low == high:
        return fill(times["at"], {"minute": minute_noun(low, lang)}, lang)
    if high - low <= NARROW:
        return fill(times["around"], {"minute": minute_noun((low + high) // 2, lang)}, lang)
    period = event.period or _only_period(low, high)
    if high - low > WIDE or (period is not None and _is_all_of(period, low, high)):
        return times[period] if period is not None else ""
    values = {"low": minute_noun(low, lang), "high": minute_noun(high, lang)}
    return fill(times["between"], values, lang)


def brief(event: Event, lang: str) -> str:
    """Say when in a list: ``12'``, ``45+2'``, ``59'-72'``, the name of a half, or nothing."""
    low, high = window(event)
    times = load(lang)["brief_times"]
    if low is None or high is None:
        return times[event.period] if event.period is not None else ""
    if event.stoppage is not None and event.minute is not None:
        return f"{event.minute}+{event.stoppage}'"
    if low == high:
        return f"{low}'"
    period = event.period or _only_period(low, high)
    if high - low > WIDE or (period is not None and _is_all_of(period, low, high)):
        return times[period] if period is not None else ""
    return f"{low}'-{high}'"


def window(event: Event) -> tuple[int, int] | tuple[None, None]:
    """Give the first and the last minute that an event may have."""
    if event.minute_range is not None:
        return min(event.minute_range), max(event.minute_range)
    if event.minute is not None:
        return event.minute, event.minute
    return None, None


def _only_period(low: int, high: int) -> Period | None:
    from matchcli.record import PERIOD_MINUTES

    for period, (first, last) in PERIOD_MINUTES.items():
        if first <= low and high <= last:
            return period
    return None


def _is_all_of(period: Period, low: int, high: int) -> bool:
    from matchcli.record import PERIOD_MINUTES

    first, last = PERIOD_MINUTES[period]
    return low <= first and last <= high
