"""Scenes: which time expression is also that of an event told without one.

A sentence or a line of live text often gives its minute once and tells several events with it.
The event next to the words has them already; here the others of the same scene get them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from matchcli.extraction.mentions import Span, TimeMention


@dataclass(slots=True)
class Telling:
    """One place of the text that tells an event.

    ``key`` is the event's number: an event told twice has two tellings with one key.
    ``position`` is the offset in the text where it is told, ``times`` are the time expressions
    that belong to it.  ``out_of_order`` is true for a flashback, a title, a lead or a line of a
    box score: its place says nothing of its order.  ``score`` is the running score (home, away)
    after the event, where the text tells it.  ``fixed_order`` ties it to the telling before:
    "after" it at once, or at the "same" minute.
    """

    key: int
    position: int
    times: list[TimeMention] = field(default_factory=list)
    out_of_order: bool = False
    score: tuple[int, int] | None = None
    is_goal: bool = False
    type: str = ""
    fixed_order: Literal["after", "same"] | None = None


_STOP = re.compile(r"[.!?…]+[\s»”\"]|\n")
#: Words that part what one sentence tells at different times.
_LATER = re.compile(
    r"\b(?:poi|quindi|dopo|prima|più tardi|infine|successivamente|mentre|in mezzo|nel mezzo|in precedenza"
    r"|finché|fino a|intanto|nel frattempo|ancora)\b|;",
    re.I,
)
#: How far from the edge of a line of live text its clock may stand, and how many lines show the habit.
_LINE_CLOCK = 14
_LINE_END = 3
_FEWEST_LINES = 4
_EXACT = 3
_CLOSE = 25


def share_times(
    tellings: Iterable[Telling], marks: Iterable[TimeMention], text: str, *, live: bool
) -> tuple[list[Telling], list[TimeMention]]:
    """The tellings with the times of their scenes, and the marks that are still loose.

    Nothing changes where ``text`` is empty.  The tellings given are not altered.
    """
    shared = [replace(telling, times=list(telling.times)) for telling in sorted(tellings, key=_position)]
    loose = sorted(marks, key=lambda mark: mark.span)
    if not text:
        return shared, loose
    story = _Story(shared, loose, text, live)
    for telling in shared:
        story.keep_nearest(telling)
    for number, telling in enumerate(shared):
        if not telling.out_of_order:
            story.put_right(telling, shared[:number])
    for number, telling in enumerate(shared):
        if not telling.out_of_order:
            story.share(telling, shared[:number], shared[number + 1 :])
    return shared, story.loose()


class _Story:
    """The tellings of a text and its time expressions, with who has which."""

    def __init__(self, tellings: list[Telling], marks: list[TimeMention], text: str, live: bool) -> None:
        self.text = text
        self.live = live
        by_span = {mention.span: mention for mention in [*marks, *(m for t in tellings for m in t.times)]}
        self.mentions = [by_span[span] for span in sorted(by_span)]
        self.owners: dict[Span, list[Telling]] = {span: [] for span in by_span}
        for telling in tellings:
            for mention in telling.times:
                self.owners[mention.span].append(telling)
        line_ends = [m for m in self.mentions if m.kind == "clock" and self._ends_line(m)]
        self.clocks_at_ends = len(line_ends) >= _FEWEST_LINES

    def loose(self) -> list[TimeMention]:
        """The expressions that no telling has, in text order."""
        return [mention for mention in self.mentions if not self.owners[mention.span]]

    def give(self, mention: TimeMention, telling: Telling) -> None:
        telling.times.append(mention)
        self.owners[mention.span].append(telling)

    def take(self, mention: TimeMention, telling: Telling) -> None:
        telling.times.remove(mention)
        self.owners[mention.span].remove(telling)

    # -- what a telling should not have ----------------------------------------------------------

    def keep_nearest(self, telling: Telling) -> None:
        """Leave a telling one of the times that it cannot all have: the nearest."""
        for offset in [mention for mention in telling.times if mention.kind == "offset"]:
            for clock in [m for m in telling.times if m.kind == "clock" and m.span < offset.span]:
                beside = offset.span[0] - clock.span[1] <= 3 or clock == self._line_clock(telling)
                # "Al 51' un palo; sei minuti dopo la rete": the offset counts from that clock.
                self.take(offset if beside and clock.low == clock.high else clock, telling)
                break
        stated = [m for m in telling.times if m.kind == "clock" and m.rule.startswith("minute")]
        if len({(mention.low, mention.high) for mention in stated}) > 1:
            before = [mention for mention in stated if mention.span[0] <= telling.position]
            nearest = before[-1] if before else min(stated, key=lambda mention: mention.span)
            for mention in stated:
                if mention is not nearest:
                    self.take(mention, telling)
        self._prefer_nearer(telling)

    def _prefer_nearer(self, telling: Telling) -> None:
        """Change a borrowed time for a loose one that stands nearer in the sentence."""
        if len(telling.times) != 1 or telling.times[0] == self._line_clock(telling):
            return
        own = telling.times[0]
        start, end = self._sentence(telling.position)
        for mention in self.mentions:
            if self.owners[mention.span] or mention.kind == "period" or not own.span < mention.span:
                continue
            nearer = start <= own.span[0] and mention.span[0] <= telling.position and mention.kind == "offset"
            after = self.text[telling.position : mention.span[0]]
            borrowed = len(self.owners[own.span]) > 1 or "," in self.text[own.span[1] : telling.position]
            follows = (
                borrowed
                and own.span[0] < telling.position < mention.span[0] < end
                and len(after) <= _CLOSE
                and "," not in after
                and _is_exact(mention)
            )
            if nearer or follows:
                self.take(own, telling)
                self.give(mention, telling)
                return

    # -- what it should have -----------------------------------------------------------------------

    def put_right(self, telling: Telling, before: Sequence[Telling]) -> None:
        """Put right a sentence whose times stand after their events.

        In "sono la rete di Rossi, al 9', e quella di Bianchi a due dalla fine" the ninth minute
        stands nearest to Bianchi: where his own follows, it is that of Rossi.
        """
        if len(telling.times) != 1:
            return
        own = telling.times[0]
        start, end = self._sentence(telling.position)
        first = next((t for t in reversed(before) if not t.out_of_order and t.key != telling.key), None)
        follows = next((m for m in self.loose() if telling.position < m.span[0] < end and _is_exact(m)), None)
        if first is None or first.position < start or follows is None or not _untimed(first):
            return
        between = [m for m in self.mentions if first.position < m.span[0] < telling.position]
        if between == [own] and self.owners[own.span] == [telling]:
            self.take(own, telling)
            self.give(own, first)
            self.give(follows, telling)

    def share(self, telling: Telling, before: Sequence[Telling], after: Sequence[Telling]) -> None:
        """Give a telling without a time that of its line, or of its sentence."""
        if all(mention.kind in ("period", "simultaneous", "soon") for mention in telling.times):
            clock = self._line_clock(telling)
            if clock is not None:
                self.give(clock, telling)
                return
        if _untimed(telling) and telling.fixed_order is None:
            self._from_sentence(telling, before, after)

    def _line_clock(self, telling: Telling) -> TimeMention | None:
        """The minute at the edge of the telling's line, where the text is written so."""
        start = self.text.rfind("\n", 0, telling.position) + 1
        end = self.text.find("\n", telling.position)
        end = len(self.text) if end < 0 else end
        for mention in self.mentions:
            if mention.kind != "clock" or not start <= mention.span[0] < end:
                continue
            if self.live and mention.span[0] <= start + _LINE_CLOCK:
                return mention
            if self.clocks_at_ends and self._ends_line(mention):
                return mention
        return None

    def _ends_line(self, mention: TimeMention) -> bool:
        end = self.text.find("\n", mention.span[1])
        rest = self.text[mention.span[1] : len(self.text) if end < 0 else end]
        return (
            len(rest.strip()) <= _LINE_END
            and self.text[max(0, mention.span[0] - 2) : mention.span[0]].strip() != ""
        )

    def _from_sentence(self, telling: Telling, before: Sequence[Telling], after: Sequence[Telling]) -> None:
        """Give a telling the time that stands before it in its sentence, or a loose one after it."""
        start, end = self._sentence(telling.position)
        earlier = [m for m in self.mentions if start <= m.span[0] <= telling.position and m.kind != "period"]
        if earlier and not self._closed(earlier[-1]):
            self._from_before(telling, earlier[-1], before)
            return
        nearest = next((other.position for other in after if not other.out_of_order), end)
        for mention in self.mentions:
            if not telling.position < mention.span[0] < min(nearest, end) or mention.kind == "period":
                continue
            holders = self.owners[mention.span]
            own = not holders and (_is_exact(mention) or nearest >= end)
            same = (
                holders and _is_exact(mention) and all(h in before and start <= h.position for h in holders)
            )
            if (own or same) and not _LATER.search(self.text[telling.position : mention.span[0]]):
                self.give(mention, telling)
            return

    def _from_before(self, telling: Telling, mention: TimeMention, before: Sequence[Telling]) -> None:
        holders = self.owners[mention.span]
        if _LATER.search(self.text[mention.span[1] : telling.position]):
            return
        if any(holder.out_of_order for holder in holders):
            return
        if any(holder.type == "substitution" for holder in holders) and telling.type != "substitution":
            return
        if _is_exact(mention) or not holders:
            self.give(mention, telling)
        elif mention.kind == "offset" and before and before[-1] in holders:
            telling.fixed_order = "after"

    def _closed(self, mention: TimeMention) -> bool:
        """Whether a time in brackets ends what is told of its event: "la traversa di Rossi (33'),"."""
        return in_closed_brackets(mention, self.text) and bool(self.owners[mention.span])

    def _sentence(self, position: int) -> Span:
        """The bounds of the sentence that ``position`` lies in."""
        start = 0
        for match in _STOP.finditer(self.text, max(0, position - 1000), position):
            start = match.end()
        stop = _STOP.search(self.text, position)
        return start, stop.start() if stop else len(self.text)


def in_closed_brackets(mention: TimeMention, text: str) -> bool:
    """Whether a time stands in brackets that a stop or a comma follows."""
    before = text[max(0, mention.span[0] - 1) : mention.span[0] + 1]
    after = text[mention.span[1] - 1 : mention.span[1] + 2]
    return "(" in before and any(end in after for end in ("),", ");", ")."))


def _position(telling: Telling) -> int:
    return telling.position


def _untimed(telling: Telling) -> bool:
    return all(mention.kind == "period" for mention in telling.times)


def _is_exact(mention: TimeMention) -> bool:
    if mention.low is None or mention.high is None or mention.kind not in ("clock", "half", "from_end"):
        return False
    return mention.high - mention.low <= _EXACT and not mention.new_period
