"""The clock: when each event of one match happened, from all that the text says of it.

Time expressions become minutes of the match by the period that is being told; they and the order
of telling become constraints of a temporal network, whose windows are the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.when import half_minutes
from matchcli.record import PERIOD_MINUTES, MinuteBasis, Period, ReasonKind
from matchcli.timeline.network import Constraint, Network, Window
from matchcli.timeline.reasons import Why
from matchcli.timeline.scenes import Telling, in_closed_brackets, share_times
from matchcli.timeline.thread import PERIODS, Reading, closes_first_half, opens_period, read_thread

# How much a constraint weighs against others that contradict it.
STATED = 10.0
EXACT_WORDS = 8.0
OFFSET = 6.0
ROUNDED = 5.0
PERIOD_WORDS = 7.0
SCORE_ORDER = 4.5
SOON = 4.0
PERIOD_TOLD = 3.0
GUESSED_HALF = 2.0
ORDER = 1.0
LENGTH_OF_MATCH = 100.0

#: How many characters on a loose time expression is still that of the event told next.
REACH = 400
#: The same where the text is not at hand to show the ends of sentences and paragraphs.
NEAR = 80

#: A bounded window wider than this has no minute; one that counts from another event may be wider.
WIDEST = 15
WIDEST_DERIVED = 25


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an event stands on the clock.

    ``low``..``high`` are the minutes that the text allows (1-45, 46-90, 91-105, 106-120, stoppage
    time in the last), None where it allows any; ``minute`` is the one to show, None where only
    order and period bound a window of more than 15 minutes; ``stoppage`` is n of 45+n.
    ``explain`` gives the reasons, in the order in which they lead to the window.
    """

    period: Period | None
    low: int | None
    high: int | None
    minute: int | None
    stoppage: int | None
    basis: MinuteBasis | None
    explain: list[Why]


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """Time expressions of one event that do not agree; ``key`` is the event's number."""

    code: str
    message: str
    key: int | None


@dataclass(frozen=True, slots=True)
class _Minutes:
    """A time expression on the clock of the match."""

    low: int
    high: int
    weight: float
    stoppage: int | None = None


@dataclass(slots=True)
class _Moment:
    """A telling, or a time expression that belongs to none, as a variable of the network."""

    name: int | str
    position: int
    times: list[TimeMention]
    telling: Telling | None
    in_order: bool
    #: The period being told here, None before the first word of one.
    period: Period | None = None
    #: How often the match was told from the start before.
    passage: int = 0
    absolute: list[tuple[TimeMention, _Minutes]] = field(default_factory=list)
    relative: list[TimeMention] = field(default_factory=list)
    #: Where the event has no time here: the one that another telling gives it.
    elsewhere: list[TimeMention] = field(default_factory=list)
    #: What the period being told leaves a moment without a time of its own, and by which words.
    told: tuple[int, int] | None = None
    told_by: Why | None = None

    @property
    def is_node(self) -> bool:
        """Whether the moment happens at some minute: not a word about a period alone."""
        return (
            self.telling is not None
            or bool(self.relative)
            or any(m.kind != "period" for m, _ in self.absolute)
        )

    def window(self) -> tuple[int, int] | None:
        """What the time expressions of this telling leave, the weighty ones first."""
        low, high = 0, 999
        for _, minutes in sorted(self.absolute, key=lambda pair: -pair[1].weight):
            if max(low, minutes.low) <= min(high, minutes.high):
                low, high = max(low, minutes.low), min(high, minutes.high)
        return None if high == 999 else (low, high)


def place(
    tellings: Sequence[Telling],
    marks: Iterable[TimeMention] = (),
    *,
    text: str = "",
    live: bool = False,
    latest_first: bool = False,
    extra_time: bool | None = None,
    last_minute: int | None = None,
) -> tuple[dict[int, Placement], list[ClockWarning]]:
    """The place of every event on the clock, by its key, and what did not agree.

    ``marks`` are the time expressions of the text that belong to no event; ``text`` is used to quote
    the words in the explanations.  ``live``: every line has its own clock; ``latest_first``: the
    text tells the match backwards.  ``extra_time``: whether it was played, None if not known.
    ``last_minute``: the minute at which an abandoned match ended.  Never raises on a contradiction:
    the weakest constraint gives way, and a warning tells of it where it was not weak in itself.
    """
    marks = list(marks)
    mentions = [*marks, *(mention for telling in tellings for mention in telling.times)]
    if extra_time is None:
        extra_time = any(mention.period in ("ET1", "ET2") for mention in mentions)
    timed = [mention.span for telling in tellings if telling.out_of_order for mention in telling.times]
    marks = [mark for mark in marks if not any(mark.span[0] < b and a < mark.span[1] for a, b in timed)]
    tellings, marks = share_times(tellings, marks, text, live=live)
    clock = _Clock(text, live, extra_time, last_minute or (120 if extra_time else 90))
    clock.gather(tellings, marks, latest_first)
    return clock.placements()


class _Clock:
    """The moments of one match in the order of telling, and the network of their minutes."""

    def __init__(self, text: str, live: bool, extra_time: bool, end: int) -> None:
        self.text = text
        self.live = live
        self.extra_time = extra_time
        self.end = end
        self.moments: list[_Moment] = []
        self.network = Network()
        #: Constraints that place a moment by another one.
        self.links: list[tuple[int | str, Constraint]] = []
        #: Moments that are told as one scene with another: its name.
        self.scenes: dict[int | str, int | str] = {}

    # -- the order of telling ------------------------------------------------------------------

    def gather(self, tellings: Sequence[Telling], marks: list[TimeMention], latest_first: bool) -> None:
        """Take in all tellings and loose time expressions, in the order in which the match is told."""
        if latest_first:
            # The heading of a half stands above its lines: after them, read backwards.
            marks = [
                mark for mark in marks if not mark.rule.startswith("heading_") or closes_first_half(mark)
            ]
        self.moments = [
            _Moment(t.key, t.position, list(t.times), t, not t.out_of_order and not _looks_back(t.times))
            for t in tellings
        ]
        self.moments += [
            _Moment(f"mark {mark.span[0]}", mark.span[0], [mark], None, not _looks_back([mark]))
            for mark in marks
        ]
        self.moments.sort(key=lambda moment: moment.position)
        if latest_first:
            # From the last line to the first, each line forwards.
            lines = [
                self.text.count("\n", 0, moment.position) if self.text else moment.position
                for moment in self.moments
            ]
            order = sorted(range(len(lines)), key=lambda number: (-lines[number], number))
            self.moments = [self.moments[number] for number in order]
        self._give_to_goals()
        for moment in self.moments:
            # Words that name the period first: they say how the others are to be read.
            moment.times.sort(key=lambda mention: (mention.period is None, mention.span))
        self._read()

    def _give_to_goals(self) -> None:
        """ "L'equilibrio dura dodici minuti" is about the next goal, whatever is told in between."""
        for number, moment in enumerate(self.moments):
            if moment.telling is not None and moment.telling.is_goal:
                continue
            for mention in [mention for mention in moment.times if mention.anchor == "goal"]:
                for other in self.moments[number + 1 :]:
                    if other.telling is not None and other.telling.is_goal and other.in_order:
                        if abs(other.position - moment.position) < REACH and mention not in other.times:
                            other.times.append(mention)
                        moment.times.remove(mention)
                        break
        self.moments = [moment for moment in self.moments if moment.telling is not None or moment.times]

    def _read(self) -> None:
        """Follow the thread of the telling and give every time expression its minutes."""
        for moment in self.moments:
            moment.elsewhere = self._told_elsewhere(moment) if moment.in_order else []
        entries = [
            (number, mention)
            for number, moment in enumerate(self.moments)
            if moment.in_order
            for mention in [*moment.times, *moment.elsewhere]
        ]
        told = [mention for _, mention in entries]
        breaks = () if self.live else self._breaks(told)
        readings = read_thread(told, live=self.live, extra_time=self.extra_time, breaks=breaks)
        by_place = {
            (number, id(mention)): reading
            for (number, mention), reading in zip(entries, readings, strict=True)
        }
        self._tell_periods(by_place)
        for number, moment in enumerate(self.moments):
            aside = 0
            for mention in moment.times:
                reading = by_place.get((number, id(mention)))
                if mention.kind in _RELATIVE and mention.anchor != "period_start":
                    moment.relative.append(mention)
                    continue
                minutes = self._minutes(mention, reading, moment)
                if minutes is not None:
                    moment.absolute.append((mention, minutes))
                aside += reading is not None and reading.aside
            aside += sum(by_place[number, id(mention)].aside for mention in moment.elsewhere)
            if aside and aside == len(moment.times) + len(moment.elsewhere):
                moment.in_order = False

    def _told_elsewhere(self, moment: _Moment) -> list[TimeMention]:
        """The minute that a box score gives an event which is told here without one.

        It shows how far the story has come, so that the times around it are read aright.
        """
        if moment.telling is None or any(mention.kind != "period" for mention in moment.times):
            return []
        for other in self.moments:
            if other.name != moment.name or other is moment:
                continue
            for mention in other.times:
                if mention.kind == "clock" and mention.low is not None and mention.low == mention.high:
                    period = mention.period or _period_of(mention.low, mention.low)
                    place = (moment.position, moment.position)
                    return [
                        replace(mention, span=place, period=period, new_period=False, rule="told_elsewhere")
                    ]
        return []

    def _breaks(self, mentions: Sequence[TimeMention]) -> set[int]:
        """The numbers of the expressions that are the first of a paragraph."""
        return {
            number
            for number, (one, other) in enumerate(pairwise(mentions), 1)
            if "\n" in self.text[one.span[1] : other.span[0]]
        }

    def _tell_periods(self, readings: dict[tuple[int, int], Reading]) -> None:
        """Which period is being told at each moment, and what it leaves those without a time."""
        period: Period | None = None
        low, rested, passage = 1, -1, 0
        by: Why | None = None
        bounds: list[tuple[int, int, Why | None]] = []
        openings: list[tuple[int, int]] = []
        for number, moment in enumerate(self.moments):
            for mention in [*moment.times, *moment.elsewhere]:
                reading = readings.get((number, id(mention)))
                if reading is None:
                    continue
                if reading.passage > passage:
                    passage, period, low, by, rested = reading.passage, None, 1, None, -1
                if reading.aside:
                    continue
                first = PERIOD_MINUTES[reading.period][0]
                if closes_first_half(mention) and reading.period == "1H":
                    rested = mention.span[1]
                    openings.append((number, 46))
                if period is None or PERIODS.index(reading.period) > PERIODS.index(period):
                    by, low = Why("period", self._words(mention)), first
                    if opens_period(mention) and first > 1:
                        openings.append((number, first))
                if reading.told or period is not None or reading.period != "1H":
                    period = reading.period
            moment.period, moment.passage = period, passage
            first, why = low, by
            if low == 1 and rested >= 0 and self._sentence_ends(rested, moment.position):
                first, why = 46, Why("after_first_half")
            bounds.append((number, first, why))
        for number, first, why in bounds:
            high = self.end
            for place, opening in openings:
                if (
                    place > number
                    and opening > first
                    and self.moments[place].passage == self.moments[number].passage
                ):
                    high = min(high, opening - 1)
                    break
            self.moments[number].told = (first, max(first, high))
            self.moments[number].told_by = why

    def _sentence_ends(self, start: int, end: int) -> bool:
        return any(stop in self.text[start:end] for stop in (". ", "\n", "! ", "? "))

    # -- one expression ------------------------------------------------------------------------

    def _minutes(self, mention: TimeMention, reading: Reading | None, moment: _Moment) -> _Minutes | None:
        """The minutes of one expression by the period it was read in, None for a period that only ends."""
        low, high = mention.low, mention.high
        period = reading.period if reading is not None and not reading.aside else None
        if mention.kind == "period":
            if mention.period is None or closes_first_half(mention):
                return None
            first, last = PERIOD_MINUTES[mention.period]
            return _Minutes(first, 120 if mention.rule == "extra_time" else last, PERIOD_WORDS)
        if low is None or high is None:
            return None
        exact = low == high
        if mention.kind == "clock":
            return self._clock_minutes(mention, reading, moment)
        if mention.kind == "half":
            return self._half_minutes(mention, period, moment)
        if mention.kind == "from_end":
            return self._end_minutes(mention, period, moment)
        start = PERIOD_MINUTES[mention.period or period or moment.period or "1H"][0] - 1
        return _Minutes(start + max(1, low), start + max(1, high), EXACT_WORDS if exact else OFFSET)

    def _clock_minutes(self, mention: TimeMention, reading: Reading | None, moment: _Moment) -> _Minutes:
        low, high = mention.low or 0, mention.high or 0
        weight = ROUNDED if low != high else EXACT_WORDS if mention.rule in _ROUND_WORDS else STATED
        if mention.rule in _INTERVAL and not _is_substitution(moment):
            # Only changes are made at the interval; what else is told with it comes after.
            return _Minutes(46, 90, PERIOD_WORDS)
        if mention.period is not None:
            if reading is not None and not reading.aside and reading.shift:
                return _Minutes(low + reading.shift, high + reading.shift, weight, mention.stoppage)
            return _Minutes(low, high, weight, mention.stoppage)
        if reading is not None and not reading.aside and reading.shift:
            low, high = low + reading.shift, high + reading.shift
        if reading is not None and not reading.aside and reading.stoppage is not None:
            last = PERIOD_MINUTES[reading.period][1]
            return _Minutes(last, last, weight, reading.stoppage)
        if mention.stoppage is not None:
            # "al 95'": stoppage time, or extra time where that is being told.
            minute = (mention.low or 0) + mention.stoppage
            told = reading.period if reading is not None and not reading.aside else moment.period
            in_extra = told in ("ET1", "ET2") or (not moment.in_order and self.extra_time and told is None)
            if in_extra and minute <= 105:
                return _Minutes(minute, minute, weight)
            return _Minutes(90, 90, weight, mention.stoppage)
        return _Minutes(low, high, weight)

    def _half_minutes(self, mention: TimeMention, period: Period | None, moment: _Moment) -> _Minutes:
        low, high = mention.low or 1, mention.high or 1
        weight = STATED if mention.stoppage is not None else EXACT_WORDS if low == high else ROUNDED
        if mention.period is not None:
            if (
                mention.rule in _RESTARTS
                and moment.telling is not None
                and moment.telling.type == "substitution"
            ):
                return _Minutes(46, 46, EXACT_WORDS)
            return _Minutes(low, high, weight, mention.stoppage)
        near_end = high == 45 and low >= 40
        if period is None:
            # A title or a flashback: where the words do not say it, the end is that of the match.
            period = moment.period if moment.period in ("ET1", "ET2") else "2H" if near_end else "1H"
            weight = weight if mention.stoppage is not None else GUESSED_HALF
        elif near_end and period == "1H" and not self._second_half_after(moment):
            period = "2H"
        first, last = half_minutes(period, low, high)
        return _Minutes(first, last, weight, mention.stoppage)

    def _end_minutes(self, mention: TimeMention, period: Period | None, moment: _Moment) -> _Minutes:
        low, high = mention.low or 0, mention.high or 0
        ends: Period = mention.period or "2H"
        if mention.period is None:
            told = period or moment.period
            if told in ("ET1", "ET2") and high <= 15:
                ends = "ET2"
            elif (
                told == "1H"
                and not mention.rule.startswith("minutes_from")
                and self._second_half_after(moment)
            ):
                ends = "1H"
        first, last = PERIOD_MINUTES[ends]
        return _Minutes(
            max(first, last - high), max(first, last - low), EXACT_WORDS if low == high else ROUNDED
        )

    def _second_half_after(self, moment: _Moment) -> bool:
        """Whether the second half is still to be told."""
        after = self.moments[self.moments.index(moment) + 1 :]
        return any(m.in_order and m.period not in (None, "1H") for m in after)

    # -- the network ---------------------------------------------------------------------------

    def placements(self) -> tuple[dict[int, Placement], list[ClockWarning]]:
        """Solve the network and say what came out."""
        nodes = [moment for moment in self.moments if moment.is_node]
        for moment in nodes:
            self.network.bound(moment.name, 1, self.end, LENGTH_OF_MATCH, "")
            for mention, minutes in moment.absolute:
                low, high = min(minutes.low, self.end), min(minutes.high, self.end)
                why = Why("time", self._words(mention), (low, high), minutes.stoppage)
                self.network.bound(moment.name, low, high, minutes.weight, why)
        for number, moment in enumerate(self.moments):
            if moment.is_node:
                self._link(moment, self.moments[:number])
                self._lead_to_penalty(moment, self.moments[number + 1 :])
        self._add_scores()
        self._add_order(self.network.solve().windows)
        solution = self.network.solve()
        lost = {id(constraint) for constraint in solution.dropped}
        linked = {name for name, constraint in self.links if id(constraint) not in lost}
        keys = dict.fromkeys(m.name for m in self.moments if m.telling is not None)
        placements = {int(key): self._placement(key, solution.windows, key in linked) for key in keys}
        return placements, _warnings(solution.dropped)

    def _constrain(
        self, one: _Moment, other: _Moment, low: int, high: int | None, weight: float, why: Why
    ) -> None:
        """Say that ``other`` comes so many minutes after ``one``, and why, to whoever asks at either end."""
        back = replace(why, kind=_BACK.get(why.kind, "before"))
        self.network.add(
            one.name, other.name, low, high, weight, self._from(one, why), self._from(other, back)
        )

    def _tie(
        self, one: _Moment, other: _Moment, low: int, high: int, weight: float, why: Why, scene: bool = True
    ) -> None:
        """Place ``other`` by ``one``; ``scene``: the text tells them as one."""
        if one.name == other.name:
            return
        self._constrain(one, other, low, high, weight, why)
        self.links.append((other.name, self.network.constraints[-1]))
        if scene:
            self.scenes[other.name] = one.name

    def _link(self, moment: _Moment, before: Sequence[_Moment]) -> None:
        """Constraints with another moment: so many minutes later, at once, in the same minute."""
        for mention in moment.relative:
            low, high = mention.low or 0, mention.high or 0
            weight = SOON if mention.kind == "soon" else OFFSET
            anchor = self._anchor(mention, moment, before)
            words = self._words(mention)
            twin = next((m for m in before if mention in m.relative and m.name != moment.name), None)
            if twin is not None:
                # "Dieci minuti dopo" told once of two events counts once.
                self._tie(twin, moment, 0, 1, weight, Why("with"))
            elif anchor is None:
                self._count_from_start(mention, moment, before)
            elif mention.kind == "offset_before":
                self._constrain(moment, anchor, low, high, weight, Why("offset", words, (low, high)))
                self.links.append((moment.name, self.network.constraints[-1]))
            else:
                if mention.rule == "after_minutes":
                    low = max(0, low - 1)
                self._tie(anchor, moment, low, high, weight, Why("offset", words, (low, high)), scene=False)
        telling = moment.telling
        told = [m for m in before if m.in_order and m.name != moment.name]
        untimed = telling is not None and all(mention.kind == "period" for mention in moment.times)
        if untimed and moment.in_order and self._in_between(moment, [m for m in told if m.is_node]):
            return
        if _is_substitution(moment) and any(closes_first_half(mention) for mention in moment.times):
            why = Why("time", self._words(moment.times[0]), (46, 46))
            self.network.bound(moment.name, 46, 46, SOON, why)
            return
        if telling is None or moment.absolute or moment.relative:
            if telling is None and moment.times[0].rule == "it_was":
                self._date_back(moment, before)
            return
        if not told or not moment.in_order:
            return
        if _is_substitution(moment) and self._at_interval(told[-1], moment):
            why = Why("time", self._words(told[-1].times[0]), (46, 46))
            self.network.bound(moment.name, 46, 46, SOON, why)
            return
        last = next((m for m in reversed(told) if m.is_node), None)
        if last is None:
            return
        if telling.fixed_order is not None:
            high = 0 if telling.fixed_order == "same" else 1
            self._tie(last, moment, 0, high, SOON, Why("right_after"))
        elif last.telling is None and self._sets_scene(last, moment):
            self._tie(last, moment, 0, 1, SOON, Why("with"))
        elif last.telling is not None:
            self._follow(last, last.telling, moment, telling)

    def _in_between(self, moment: _Moment, told: Sequence[_Moment]) -> bool:
        """ "In mezzo, un palo di Rossi": after the last event but one, before the last."""
        start = max((match.end() for match in _SENTENCE.finditer(self.text, 0, moment.position)), default=0)
        if len(told) < 2 or not _IN_BETWEEN.match(self.text[start : moment.position].strip()):
            return False
        self._constrain(told[-2], moment, 0, None, SOON, Why("after"))
        self._constrain(moment, told[-1], 0, None, SOON, Why("after"))
        moment.in_order = False
        return True

    def _follow(self, last: _Moment, one: Telling, moment: _Moment, other: Telling) -> None:
        """Tie an event without a time to the one told before, where they are one scene."""
        between = self.text[last.position : moment.position]
        if not 0 <= moment.position - last.position < REACH or "\n" in between:
            return
        if one.type == "penalty_awarded" and (other.is_goal or other.type == "penalty_missed"):
            self._tie(last, moment, 0, 2, SOON, Why("penalty_taken"))
        elif one.type == "penalty_missed" and (other.is_goal or other.type == "penalty_missed"):
            self._tie(last, moment, 0, 3, SOON, Why("penalty_retaken"))
        elif one.type in ("penalty_awarded", "penalty_overturned") and other.type in _CARDS:
            self._tie(last, moment, 0, 2, SOON, Why("card_for_foul"))
        elif one.type == "substitution" and other.type != "substitution":
            # "entra al 70' e decide": later. "La ripresa si apre con Rossi e con un tiro": at once.
            if any(mention.rule in _RESTARTS for mention in last.times):
                self._tie(last, moment, 0, 4, SOON, Why("with"), scene=False)
        elif any(in_closed_brackets(mention, self.text) for mention in last.times):
            # "la traversa di Rossi (33'), poi il tiro di Bianchi": the bracket closes the scene.
            return
        elif self.text and last.window() is not None and not _LATER.search(between):
            self._tie(last, moment, 0, 1, SOON, Why("with"))

    def _lead_to_penalty(self, moment: _Moment, after: Sequence[_Moment]) -> None:
        """A penalty is given at most two minutes before it is taken, where that minute is told."""
        if moment.telling is None or moment.telling.type != "penalty_awarded" or moment.absolute:
            return
        for other in after:
            if other.telling is None or not other.in_order or other.name == moment.name:
                continue
            taken = other.telling.type == "penalty_missed" or other.telling.is_goal
            if taken and other.absolute and moment.in_order and other.position - moment.position < REACH:
                self._constrain(moment, other, 0, 2, SOON, Why("penalty_taken"))
                self.links.append((moment.name, self.network.constraints[-1]))
            return

    def _at_interval(self, last: _Moment, moment: _Moment) -> bool:
        """Whether a change told without a time was made at the interval that was told before."""
        if last.telling is not None or moment.position - last.position > REACH:
            return False
        rule = last.times[0].rule
        words = self.text[last.times[0].span[1] : moment.position]
        return rule in _RESTARTS or (closes_first_half(last.times[0]) and len(_SENTENCE.findall(words)) <= 2)

    def _sets_scene(self, mark: _Moment, moment: _Moment) -> bool:
        """Whether a loose time ("Al 42' il pasticcio.") is that of the event told next."""
        if (
            mark.times[0].rule == "it_was"
            or not mark.in_order
            or not 0 <= moment.position - mark.position < (REACH if self.text else NEAR)
        ):
            return False
        if "\n" in self.text[mark.position : moment.position]:
            return False
        window = mark.window()
        return bool(mark.relative) or (window is not None and window[1] - window[0] <= 5)

    def _date_back(self, mark: _Moment, before: Sequence[_Moment]) -> None:
        """ "Era l'86'." after an event is its minute."""
        told = [m for m in before if m.telling is not None and m.in_order]
        if told and not told[-1].absolute and 0 <= mark.position - told[-1].position < REACH:
            self._tie(mark, told[-1], 0, 0, SOON, Why("with"))

    def _count_from_start(self, mention: TimeMention, moment: _Moment, before: Sequence[_Moment]) -> None:
        """An offset with nothing before it counts from the start of the half being told."""
        if mention.kind not in ("offset", "soon") or not (moment.in_order or mention.kind == "offset"):
            return
        low, high = mention.low or 0, mention.high or 0
        first = PERIOD_MINUTES[moment.period or "1H"][0] - 1
        if mention.kind == "soon":
            if mention.rule == "no_time_to":
                why = Why("from_start", self._words(mention), (first + 1, first + 5))
                self.network.bound(moment.name, first + 1, first + 5, SOON, why)
            return
        nominal = first + max(1, low if mention.rule == "after_minutes" else (low + high) // 2)
        why = Why("from_start", self._words(mention), (nominal, nominal + 1))
        self.network.bound(moment.name, nominal, nominal + 1, OFFSET, why)
        self.links.append((moment.name, self.network.constraints[-1]))

    def _anchor(self, mention: TimeMention, moment: _Moment, before: Sequence[_Moment]) -> _Moment | None:
        """The moment that an offset counts from, None for the start of the period."""
        for other in reversed(before):
            if other.name == moment.name:
                continue
            if mention.anchor == "goal":
                if (
                    other.telling is not None
                    and other.telling.is_goal
                    and (other.in_order or not moment.in_order)
                ):
                    return other
                continue
            if any(opens_period(time) or closes_first_half(time) for time in other.times) and other.in_order:
                return other if other.is_node and other.telling is not None else None
            if not other.is_node or (
                moment.in_order and _out_of_order(other) and not self._close(other, moment)
            ):
                continue
            return None if mention.rule == "after_minutes" and _counts_from_start(mention, other) else other
        return None

    def _close(self, one: _Moment, other: _Moment) -> bool:
        """Whether a time counts from a flashback: it is told right after it, in the same paragraph."""
        between = self.text[one.position : other.position]
        return 0 < other.position - one.position < REACH / 2 and "\n" not in between and bool(self.text)

    def _add_order(self, windows: dict[Hashable, Window]) -> None:
        """Moments told in order come one after the other, except where their minutes go back."""
        told: dict[int | str, list[_Moment]] = {}
        for moment in self.moments:
            if moment.in_order and moment.is_node:
                told.setdefault(moment.name, []).append(moment)
        sizes = Counter(moment.passage for moments in told.values() for moment in moments)
        # An event told several times stands in the longest passage, where its time is told.
        places = [
            min(moments, key=lambda m: (-sizes[m.passage], not m.times, self.moments.index(m)))
            for moments in told.values()
        ]
        for passage in sizes:
            chain = [moment for moment in places if moment.passage == passage]
            chain.sort(key=self.moments.index)
            self._chain(_without_flashbacks(chain, windows))

    def _chain(self, chain: list[_Moment]) -> None:
        for moment in chain:
            if moment.told and moment.window() is None:
                why = moment.told_by if moment.told[0] > 1 else None
                self.network.bound(moment.name, *moment.told, PERIOD_TOLD, why)
        for one, other in pairwise(chain):
            self._constrain(one, other, 0, None, ORDER, Why("order"))

    def _add_scores(self) -> None:
        """The running score orders goals, and what is told at a score stands between two of them."""
        tellings = [moment.telling for moment in self.moments if moment.telling is not None]
        goals: dict[int, int] = {}
        for telling in tellings:
            if telling.is_goal and telling.score:
                goals.setdefault(sum(telling.score), telling.key)
        totals = sorted(goals)
        for one, other in pairwise(totals):
            self._by_score(goals[one], goals[other])
        for telling in tellings:
            if telling.is_goal or not telling.score:
                continue
            total = sum(telling.score)
            if total in goals:
                self._by_score(goals[total], telling.key)
            if total + 1 in goals:
                self._by_score(telling.key, goals[total + 1])

    def _by_score(self, one: int, other: int) -> None:
        """Put an event after another, because the score of the moment says so."""
        if one != other:
            why, back = Why("running_score", other=one), Why("running_score", other=other)
            self.network.add(one, other, 0, None, SCORE_ORDER, why, back)

    # -- the answer ----------------------------------------------------------------------------

    def _placement(self, key: int | str, windows: dict[Hashable, Window], linked: bool) -> Placement:
        window = windows[key]
        low = 1 if window.low is None else window.low
        high = self.end if window.high is None else window.high
        stated = [
            minutes
            for moment in self.moments
            if moment.name == key
            for mention, minutes in moment.absolute
            if mention.kind != "period" and max(low, minutes.low) <= min(high, minutes.high)
        ]
        basis: MinuteBasis = "stated" if stated else "derived" if linked else "bounded"
        explain = list(dict.fromkeys([*window.why_low, *window.why_high]))
        if basis == "bounded" and low <= 1 and high >= self.end:
            return Placement(None, None, None, None, None, None, explain)
        period = _period_of(low, high)
        minute: int | None = self._likely(key, windows) if basis == "derived" else (low + high) // 2
        if (basis == "bounded" and (high - low > WIDEST or period is None)) or high - low > WIDEST_DERIVED:
            minute = None
        stoppage = next(
            (
                minutes.stoppage
                for minutes in sorted(stated, key=lambda minutes: -minutes.weight)
                if minutes.stoppage is not None and minutes.low == low == high
            ),
            None,
        )
        return Placement(period, low, high, minute, stoppage, basis, explain)

    def _likely(self, name: int | str, windows: dict[Hashable, Window]) -> int:
        """The minute to show: the middle of the window, or that of the scene that it belongs to."""
        window = windows[name]
        low, high = window.low or 1, window.high or self.end
        seen = {name}
        while name in self.scenes and self.scenes[name] not in seen:
            name = self.scenes[name]
            seen.add(name)
        other = windows[name]
        return min(max(((other.low or 1) + (other.high or self.end)) // 2, low), high)

    def _words(self, mention: TimeMention) -> str:
        """The words of a time expression in one line; its rule where the text is not at hand."""
        words = " ".join(self.text[mention.span[0] : mention.span[1]].split())
        return words or mention.rule or mention.kind

    def _from(self, moment: _Moment, why: Why) -> Why:
        """A reason that leads from a moment."""
        other = self._words(moment.times[0]) if moment.telling is None else moment.telling.key
        return replace(why, other=other)


#: What a reason is, told from its other end; where it is not here, one event is "before" the other.
_BACK: dict[ReasonKind, ReasonKind] = {"offset": "offset_before", "with": "with", "order": "order_before"}

_RELATIVE = ("soon", "simultaneous", "offset", "offset_before")
_RESTARTS = ("restart", "restart_begins", "at_interval", "early_in_half", "left_in_the_dressing_room")
_INTERVAL = ("at_interval", "left_in_the_dressing_room")
#: Words that part what one sentence tells at different times.
_LATER = re.compile(
    r"\b(?:poi|quindi|dopo|prima|più tardi|infine|successivamente|mentre|altr[oiae]|ancora)\b|[;\n]|[.!?]\s"
)
_SENTENCE = re.compile(r"[.!?:]\s|\n")
_IN_BETWEEN = re.compile(r"(?:e |ma )?(?:(?:in|nel) mezzo|(?:fra|tra) l'un[oa] e l'altr[oa])\b", re.I)
_CARDS = ("yellow_card", "second_yellow", "red_card")
_ROUND_WORDS = ("hour", "after_ninety")


def _looks_back(times: Iterable[TimeMention]) -> bool:
    """Whether the words themselves send the event back behind the one told before."""
    return any(mention.kind == "offset_before" for mention in times)


def _is_substitution(moment: _Moment) -> bool:
    return moment.telling is not None and moment.telling.type == "substitution"


def _out_of_order(moment: _Moment) -> bool:
    return moment.telling is not None and moment.telling.out_of_order


def _counts_from_start(mention: TimeMention, other: _Moment) -> bool:
    """Whether "dopo venti minuti" counts from the start and not from an early moment told before."""
    window = other.window()
    period = _period_of(*window) if window else None
    if window is None or period is None:
        return False
    elapsed = window[0] - PERIOD_MINUTES[period][0] + 1
    return (mention.low or 0) >= 10 and elapsed < (mention.low or 0)


def _without_flashbacks(chain: list[_Moment], windows: dict[Hashable, Window]) -> list[_Moment]:
    """The longest part of the chain whose known minutes never go back; the others stay all the same."""
    known: list[tuple[int, int, int]] = []
    for number, moment in enumerate(chain):
        window = windows.get(moment.name)
        if (
            window
            and window.low is not None
            and window.high is not None
            and window.high - window.low < WIDEST
        ):
            known.append((number, window.low, window.high))
    best: list[tuple[int, int]] = []
    for place, (_, _, high) in enumerate(known):
        length, link = 1, -1
        for earlier in range(place):
            if known[earlier][1] <= high and best[earlier][0] + 1 > length:
                length, link = best[earlier][0] + 1, earlier
        best.append((length, link))
    keep: set[int] = set()
    place = max(range(len(best)), key=lambda place: (best[place][0], -place), default=-1)
    while place >= 0:
        keep.add(known[place][0])
        place = best[place][1]
    told_back = {number for number, _, _ in known} - keep
    return [moment for number, moment in enumerate(chain) if number not in told_back]


def _warnings(dropped: Iterable[Constraint]) -> list[ClockWarning]:
    return [
        ClockWarning(
            "time_contradiction",
            f"set aside, other times contradict it: {_show(constraint.label)}",
            constraint.after if isinstance(constraint.after, int) else None,
        )
        for constraint in dropped
        if ROUNDED <= constraint.weight < LENGTH_OF_MATCH
    ]


def _period_of(low: int, high: int) -> Period | None:
    """The period that the minutes low..high lie in, None where they lie in several."""
    for period, (first, last) in PERIOD_MINUTES.items():
        if first <= low and high <= last:
            return period
    return None


def _show(why: Why | None) -> str:
    """The words of the text that a reason has, and the minutes that they were taken for."""
    if why is None or not why.words:
        return "?"
    low, high = why.minutes or (None, None)
    minutes = "" if low is None else f": {low}" if low == high else f": {low}-{high}"
    stoppage = "" if why.stoppage is None else f"+{why.stoppage}"
    return f"«{why.words}»{minutes}{stoppage}"
