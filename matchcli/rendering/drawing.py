"""The drawn timeline: where each event stands on a line of the match's minutes.

The home side's events stand above the line, the away side's below it.  An event whose minute is
only bounded is drawn as long as its window.  All lengths are in units of the drawing (SVG user
units), from its upper left corner.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchcli.record import PERIOD_MINUTES
from matchcli.rendering import describe
from matchcli.rendering.summary.times import window
from matchcli.rendering.words import words

if TYPE_CHECKING:
    from matchcli.record import Event, Period, Record

WIDTH = 1000.0
MARGIN = 16.0
#: Between two halves.
GAP = 14.0
#: Height of the line with the minutes, and of a lane of events.
AXIS = 26.0
LANE = 24.0
#: Half the width of an event's sign.
SIGN = 9.0
#: Half the width of the narrowest window.
RING = SIGN + 3
#: Average width of a character of a label, plain and bold (goals).
LETTER = 6.5
BOLD_LETTER = 7.4
#: Marks of minutes nearer to one another than this have no room for their numbers.
TICK_ROOM = 44.0
#: Of more events than this only the goals, penalties and sendings-off are drawn.
MOST = 300
_KEY = frozenset({"goal", "penalty_missed", "penalty_overturned", "red_card", "second_yellow"})
#: Longer names are shortened in the drawing alone; the list has them whole.
LONGEST = 26


@dataclass(frozen=True, slots=True)
class Tick:
    """A minute's mark; ``place`` is ``first``, ``middle`` or ``last`` in its half."""

    x: float
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Half:
    """A half on the line, with the marks of its minutes."""

    x: float
    width: float
    name: str
    ticks: tuple[Tick, ...]
    #: Where stoppage time begins, if any is known.
    stoppage: float | None


@dataclass(frozen=True, slots=True)
class Item:
    """An event in the drawing: its sign at ``x``, ``y``, its window from ``left`` to ``right``."""

    number: int
    type: str
    side: str
    x: float
    y: float
    left: float
    right: float
    label: str
    label_x: float
    anchor: str
    exact: bool
    told: str
    #: The stretch that a pointer can hit: the sign with its label.
    hit_x: float
    hit_width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the page draws; ``left_out`` counts the events that stand in the list alone.

    No time is known of these, or there are more than can be drawn.
    """

    height: float
    axis_y: float
    halves: tuple[Half, ...]
    items: tuple[Item, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """Minutes to places: each half has its own stretch of the line."""

    starts: dict[Period, float]
    lengths: dict[Period, float]
    unit: float

    def place(self, period: Period, minute: int, stoppage: int = 0) -> float:
        first, last = PERIOD_MINUTES[period]
        minute = min(max(minute, first - 1), last)
        return self.starts[period] + (minute - first + 1 + stoppage) * self.unit


def draw(record: Record, lang: str) -> Drawing:
    """Lay out the events of a record on a line of minutes."""
    scale = _scale(record)
    # An interval and an end say nothing that the line itself does not show.
    events = [
        (number, event) for number, event in enumerate(record.events, 1) if event.type not in describe.COURSE
    ]
    drawn = events if len(events) <= MOST else [one for one in events if one[1].type in _KEY][:MOST]
    lanes: dict[str, list[list[tuple[float, float]]]] = {"home": [], "away": []}
    laid: list[tuple[int, Event, int, _Places]] = []
    left_out = len(events) - len(drawn)
    for number, event in drawn:
        extent = _extent(event, scale)
        if extent is None:
            left_out += 1
            continue
        side = "away" if event.team == "away" else "home"
        places = _places(extent, _width(_label(event, lang), bold=event.type == "goal"))
        lane = _free_lane(lanes[side], *places.taken)
        laid.append((number, event, lane, places))
    above = max(len(lanes["home"]), 1) * LANE
    axis_y = MARGIN / 2 + above
    below = max(len(lanes["away"]), 1) * LANE
    items = tuple(
        _item(record, number, event, lane, places, axis_y, lang) for number, event, lane, places in laid
    )
    return Drawing(axis_y + AXIS + below + MARGIN / 2, axis_y, _halves(scale, lang), items, left_out)


def _scale(record: Record) -> _Scale:
    """Give each half that was played its stretch, with room for the stoppage time that is known."""
    stoppage: dict[Period, int] = {"1H": 0, "2H": 0}
    if record.match.score.extra_time or any(event.period in ("ET1", "ET2") for event in record.events):
        stoppage |= {"ET1": 0, "ET2": 0}
    for event in record.events:
        period = _period_of(event)
        if period in stoppage and event.stoppage:
            # A slip of the pen ("45+200") must not push the match off the page.
            stoppage[period] = max(stoppage[period], min(event.stoppage, 20))
    minutes = {
        period: PERIOD_MINUTES[period][1] - PERIOD_MINUTES[period][0] + 1 + extra
        for period, extra in stoppage.items()
    }
    room = WIDTH - 2 * MARGIN - GAP * (len(minutes) - 1)
    unit = room / sum(minutes.values())
    starts: dict[Period, float] = {}
    x = MARGIN
    for period, count in minutes.items():
        starts[period] = x
        x += count * unit + GAP
    return _Scale(starts, {period: count * unit for period, count in minutes.items()}, unit)


def _period_of(event: Event) -> Period | None:
    if event.period is not None:
        return event.period
    low, _ = window(event)
    return None if low is None else _period_at(low)


def _period_at(minute: int) -> Period | None:
    for period, (first, last) in PERIOD_MINUTES.items():
        if first <= minute <= last:
            return period
    return None


def _extent(event: Event, scale: _Scale) -> tuple[float, float, bool] | None:
    """Give where an event may have been and whether its minute is known; None where nothing is."""
    low, high = window(event)
    period = event.period
    if low is None or high is None:
        if period is None or period not in scale.starts:
            return None
        start = scale.starts[period]
        return start, start + scale.lengths[period], False
    first = period or _period_at(low)
    last = period or _period_at(high)
    if first not in scale.starts or last not in scale.starts or first is None or last is None:
        return None
    extra = min(event.stoppage or 0, 20)
    if extra:
        at = scale.place(first, PERIOD_MINUTES[first][1], extra)
        return at, at, True
    left, right = scale.place(first, low), scale.place(last, high)
    return min(left, right), max(left, right), low == high


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of an event stand on the line, side by side."""

    x: float
    left: float
    right: float
    exact: bool
    label_x: float
    to_left: bool
    #: From the sign to the end of the label.
    hit: tuple[float, float]

    @property
    def taken(self) -> tuple[float, float]:
        """The stretch that no other event of the lane may touch."""
        return min(self.hit[0], self.left), max(self.hit[1], self.right)


def _places(extent: tuple[float, float, bool], label_width: float) -> _Places:
    """Place sign, window and label; the label turns left near the right edge.

    A label stands inside its window or outside of it, so that no border runs through its words.
    """
    left, right, exact = extent
    x = (left + right) / 2
    if not exact:
        # A window of a minute or two would hide behind its sign: it becomes a ring around it.
        left, right = min(left, x - RING), max(right, x + RING)
    label_x, to_left = x + SIGN + 4, False
    if not exact and label_x + label_width > right - 4:
        label_x = max(label_x, right + 4)
    if label_x + label_width > WIDTH - 2:
        label_x, to_left = x - SIGN - 4, True
        if not exact and label_x - label_width < left + 4:
            label_x = min(label_x, left - 4)
    hit = (label_x - label_width, x + SIGN) if to_left else (x - SIGN, label_x + label_width)
    return _Places(x, left, right, exact, label_x, to_left, hit)


def _free_lane(lanes: list[list[tuple[float, float]]], begin: float, end: float) -> int:
    """Take the lane nearest to the line that has room, or open a new one."""
    for number, taken in enumerate(lanes):
        if all(end + 6 < other_begin or other_end + 6 < begin for other_begin, other_end in taken):
            taken.append((begin, end))
            return number
    lanes.append([(begin, end)])
    return len(lanes) - 1


def _item(
    record: Record, number: int, event: Event, lane: int, places: _Places, axis_y: float, lang: str
) -> Item:
    above = event.team != "away"
    y = axis_y - LANE * (lane + 0.5) if above else axis_y + AXIS + LANE * (lane + 0.5)
    told = describe.event_sentence(record.match, event, lang)
    return Item(
        number=number,
        type=event.type,
        side=event.team or "nobody",
        x=_round(places.x),
        y=_round(y),
        left=_round(places.left),
        right=_round(places.right),
        label=_label(event, lang),
        label_x=_round(places.label_x),
        anchor="end" if places.to_left else "start",
        exact=places.exact,
        told=f"{describe.minute_label(event, lang)} {told}",
        hit_x=_round(places.hit[0] - 2),
        hit_width=_round(places.hit[1] - places.hit[0] + 4),
    )


def _round(value: float) -> float:
    return round(value, 1)


def _label(event: Event, lang: str) -> str:
    """Give what stands beside the sign: minute, player and, for a goal, the score."""
    player = describe.player_label(event)
    if len(player) > LONGEST:
        player = f"{player[: LONGEST - 1].rstrip()}…"
    parts = (describe.minute_label(event, lang), player, describe.running_score(event))
    return " ".join(part for part in parts if part)


def _width(text: str, *, bold: bool = False) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return (len(text) + wide) * (BOLD_LETTER if bold else LETTER)


def _halves(scale: _Scale, lang: str) -> tuple[Half, ...]:
    names, short = words(lang, "periods"), words(lang, "short_periods")
    halves = []
    for period, start in scale.starts.items():
        whole = scale.lengths[period]
        end = scale.place(period, PERIOD_MINUTES[period][1])
        fits = _width(names[period]) < whole
        halves.append(
            Half(
                x=_round(start),
                width=_round(whole),
                name=names[period] if fits else short[period],
                ticks=_ticks(scale, period),
                stoppage=_round(end) if start + whole - end > 1 else None,
            )
        )
    return tuple(halves)


def _ticks(scale: _Scale, period: Period) -> tuple[Tick, ...]:
    first, last = PERIOD_MINUTES[period]
    start, end = scale.place(period, first - 1), scale.place(period, last)
    ticks = [Tick(_round(start), f"{first - 1}'", "first")]
    for minute in range(first - 1 + 15, last, 15):
        x = scale.place(period, minute)
        text = f"{minute}'" if x - start > TICK_ROOM and end - x > TICK_ROOM else ""
        ticks.append(Tick(_round(x), text, "middle"))
    return (*ticks, Tick(_round(end), f"{last}'", "last"))
