"""The thread of the telling: which period the text has come to at each time expression.

A report goes through the match period by period, but its lead may speak of the end first, and a
flashback of the beginning; and a minute below 46 told of the second half may count from its start.
Of all ways to read the expressions one after the other, the cheapest is taken: each expression
that does not fit where the telling stands, each step back in minutes, has a price.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.when import half_minutes
from matchcli.record import PERIOD_MINUTES, Period

PERIODS: tuple[Period, ...] = ("1H", "2H", "ET1", "ET2")

# What it costs to read an expression in a way that does not suit it.
ASIDE = 1.0  # it stands apart from the thread: a lead, a flashback
ASIDE_NAMED = 0.8  # the same for "nel primo tempo", often a look back
UNANNOUNCED = 0.5  # a new period that no words open
SKIPPED = 0.7  # a period that is passed over
COUNTS_ANEW = 0.2  # the clock of the second half starts from 1
COUNTS_ANEW_UNOPENED = 0.8  # the same, where no words have opened the second half
MIXED_CLOCKS = 2.2  # a clock that has run on to 46 and more starts anew after all
LATE_START = 0.6  # the thread begins after the first half
NEW_PASSAGE = 3.0  # the match is told once more from the start: a list of its moments, then the story


# How many ways of reading are followed up at once, and how often a match may be told anew.
_BEAM = 150
_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """How one expression was read.

    ``period`` is the one being told there; ``aside`` is true where the expression does not belong to
    the thread.  ``shift`` is added to a minute that counts from the start of a later half,
    ``stoppage`` is set where a minute beyond the half's last was read as stoppage time.  ``told`` is
    true from the first expression that shows a period.  ``passage`` counts how often the match was
    told from the start before.
    """

    period: Period
    aside: bool = False
    shift: int = 0
    stoppage: int | None = None
    told: bool = True
    passage: int = 0


class _State(NamedTuple):
    """Where the telling stands."""

    period: int
    minute: int
    opened: bool
    style: Literal["", "anew", "on"]
    rested: bool
    passage: int = 0


class _Step(NamedTuple):
    cost: float
    state: _State
    reading: Reading


def opens_period(mention: TimeMention) -> bool:
    """Whether the words move the telling on to a period."""
    return mention.new_period and mention.period is not None


def closes_first_half(mention: TimeMention) -> bool:
    """Whether the words end the first half ("si va al riposo")."""
    return mention.rule in ("end_of_first_half", "heading_half_time")


def read_thread(
    mentions: Sequence[TimeMention], *, live: bool, extra_time: bool, breaks: Container[int] = ()
) -> list[Reading]:
    """A reading for each of the expressions, given in the order of telling.

    ``breaks`` are the numbers of the expressions that begin a paragraph: there the telling of the
    match may begin once more.
    """
    paths: dict[_State, tuple[float, tuple[_Step, object] | None]] = {
        _State(period, 0, False, "", False): (period * LATE_START, None)
        for period in range(len(PERIODS) if extra_time else 2)
    }
    for number, mention in enumerate(mentions):
        # Of two that do not agree the later told is the flashback.
        later = (len(mentions) - number) / 1000
        longer: dict[_State, tuple[float, tuple[_Step, object] | None]] = {}
        if number in breaks:
            _begin_again(paths)
        for state, (cost, path) in paths.items():
            for step in _steps(mention, state, live, extra_time):
                total = cost + step.cost + (later if step.reading.aside else 0)
                step = step._replace(reading=replace(step.reading, passage=state.passage))
                if step.state not in longer or total < longer[step.state][0]:
                    longer[step.state] = (total, (step, path))
        paths = dict(sorted(longer.items(), key=lambda item: item[1][0])[:_BEAM])
    _, chosen = min(paths.values(), key=lambda path: path[0])
    readings: list[Reading] = []
    while chosen is not None:
        readings.append(chosen[0].reading)
        chosen = chosen[1]  # type: ignore[assignment]
    return readings[::-1]


def _begin_again(paths: dict[_State, tuple[float, tuple[_Step, object] | None]]) -> None:
    """Add the ways to tell the match from the start at this place, for a price."""
    for state, (cost, path) in list(paths.items()):
        fresh = _State(0, 0, False, "", False, state.passage + 1)
        if (
            state.passage + 1 < _PASSAGES
            and (state.minute or state.period)
            and (fresh not in paths or cost + NEW_PASSAGE < paths[fresh][0])
        ):
            paths[fresh] = (cost + NEW_PASSAGE, path)


def _steps(mention: TimeMention, state: _State, live: bool, extra_time: bool) -> Iterator[_Step]:
    """The ways in which the telling may take up one expression."""
    here = PERIODS[state.period]
    shows = mention.kind not in ("soon", "simultaneous", "offset_before") and not (
        mention.kind == "offset" and mention.anchor != "period_start"
    )
    if not shows:
        yield _Step(0, state, Reading(here, told=False))
        return
    named = mention.kind == "period" and not mention.new_period
    yield _Step(ASIDE_NAMED if named else ASIDE, state, Reading(here, aside=True))
    if closes_first_half(mention):
        yield _Step(0 if here == "1H" else 0.3, state._replace(rested=True), Reading(here, told=here == "1H"))
        return
    for target in range(state.period, len(PERIODS) if extra_time else 2):
        period = PERIODS[target]
        cost = 0.0
        if target > state.period:
            announced = opens_period(mention) or (state.rested and target == 1)
            cost = 0.0 if announced else UNANNOUNCED
            cost += SKIPPED * (target - state.period - 1)
        for more, minute, reading, style in _fits(mention, period, state, live):
            same = target == state.period
            back = same and minute is not None and minute < state.minute
            if back:
                # As dear as an aside, and it leaves the thread where it was.
                continue
            opened = (same and state.opened) or opens_period(mention) or (period == "2H" and state.rested)
            yield _Step(
                cost + more,
                _State(
                    target,
                    max(minute or 0, state.minute if same else 0),
                    opened or style == "anew",
                    style or (state.style if same else ""),
                    state.rested and same,
                    state.passage,
                ),
                reading,
            )


def _fits(
    mention: TimeMention, period: Period, state: _State, live: bool
) -> Iterator[tuple[float, int | None, Reading, Literal["", "anew", "on"]]]:
    """How the expression may be read while ``period`` is told: price, minute, reading, way of counting."""
    first, last = PERIOD_MINUTES[period]
    low = mention.low or 0
    plain = Reading(period)
    if mention.kind == "period":
        if mention.rule == "extra_time":
            if period in ("ET1", "ET2"):
                yield 0, None if period == "ET2" else first, plain, ""
        elif mention.period == period:
            yield 0, first if mention.new_period else None, plain, ""
        return
    if mention.period is not None:
        if (
            mention.rule == "minute_plus"
            and mention.period == "1H"
            and period == "2H"
            and state.style == "anew"
        ):
            # "45'+2" where the second half counts from 1.
            yield 0.0 if state.minute >= 46 else 0.5, 90, Reading(period, shift=45), "anew"
        if mention.period == period:
            minute = low if mention.kind in ("clock", "half") else last - (mention.high or 0)
            if mention.kind == "offset":
                minute = first - 1 + low
            counted = (
                mention.kind == "clock" and mention.stoppage is None and mention.rule == "minute_of_half"
            )
            yield 0, minute, plain, "anew" if counted and period == "2H" else ""
        return
    if mention.kind == "clock":
        yield from _clock_fits(mention, period, state, live)
    elif mention.kind == "half":
        ending = low >= 40
        low_minute, _ = half_minutes(period, low, mention.high or low)
        price = 0.0 if period in ("1H", "2H") or ending else 0.5
        yield price, low_minute, plain, ""
    elif mention.kind == "from_end":
        high = mention.high or 0
        if mention.rule.startswith("minutes_from"):
            if period == "2H" or (period == "ET2" and high <= 15):
                yield 0, last - high, plain, ""
            elif period == "ET1":
                yield 0.5, None, plain, ""
        else:
            yield 0 if period in ("2H", "ET2") else 0.3, last - high if period != "ET1" else None, plain, ""


def _clock_fits(
    mention: TimeMention, period: Period, state: _State, live: bool
) -> Iterator[tuple[float, int | None, Reading, Literal["", "anew", "on"]]]:
    """The same for a minute without a period."""
    low = mention.low or 0
    first, last = PERIOD_MINUTES[period]
    if mention.stoppage is not None:
        if period == "2H":
            yield 0, 90, Reading(period), ""
        elif period == "ET1" and mention.stoppage <= 15:
            yield 0.1, 90 + mention.stoppage, Reading(period), ""
        return
    if first <= low <= last:
        yield 0, low, Reading(period), "on" if period == "2H" else ""
    elif period == "2H" and low <= 45:
        opened = state.opened or state.rested
        price = COUNTS_ANEW if opened else COUNTS_ANEW_UNOPENED
        if state.period == 1 and state.style:
            price = 0.0 if state.style == "anew" else MIXED_CLOCKS
        yield price, 45 + low, Reading(period, shift=45), "anew"
    elif period in ("ET1", "ET2") and low <= 15:
        yield 0.6, first - 1 + low, Reading(period, shift=first - 1), ""
    elif period == "1H" and live and 45 < low <= 56 and state.minute >= 35:
        yield 0.4, 45, Reading(period, stoppage=low - 45), ""
    if period == "2H" and 45 < low <= 56 and state.style == "anew" and state.minute >= 75:
        yield 0.2, 90, Reading(period, stoppage=low - 45), "anew"
