"""Scenes: which time expression is also that of an event told without one.

A sentence or a line of live text often gives its minute once and tells several events with it.
The event next to the words has them already; here the others of the same scene get them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from matchcli.extraction.mentions import TimeMention


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
#: How far from the start of a line of live text its clock may stand.
_LINE_CLOCK = 14
_EXACT = 3


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
    owners: dict[tuple[int, int], list[Telling]] = {}
    for telling in shared:
        for mention in telling.times:
            owners.setdefault(mention.span, []).append(telling)
    mentions = sorted(
        {mention.span: mention for mention in [*loose, *(m for t in shared for m in t.times)]}.values(),
        key=lambda mention: mention.span,
    )
    for telling in shared:
        _drop_borrowed(telling, owners)
    for number, telling in enumerate(shared):
        _shift(telling, shared[:number], mentions, loose, owners, text)
    for number, telling in enumerate(shared):
        if telling.out_of_order:
            continue
        if live and (clock := _line_clock(telling, mentions, text)) is not None:
            if all(mention.kind in ("period", "simultaneous", "soon") for mention in telling.times):
                telling.times.append(clock)
        elif _untimed(telling) and telling.fixed_order is None:
            _from_sentence(telling, shared[:number], shared[number + 1 :], mentions, owners, text)
    taken = {mention.span for telling in shared for mention in telling.times}
    return shared, [mark for mark in loose if mark.span not in taken]


def _untimed(telling: Telling) -> bool:
    return all(mention.kind == "period" for mention in telling.times)


def _shift(
    telling: Telling,
    before: Sequence[Telling],
    mentions: Sequence[TimeMention],
    loose: list[TimeMention],
    owners: dict[tuple[int, int], list[Telling]],
    text: str,
) -> None:
    """Put right a sentence whose times stand after their events.

    In "sono la rete di Rossi, al 9', e quella di Bianchi a due dalla fine" the ninth minute stands
    nearest to Bianchi: where his own follows, it is that of Rossi.
    """
    if len(telling.times) != 1 or telling.out_of_order:
        return
    own = telling.times[0]
    start, end = _sentence(text, telling.position)
    first = next(
        (t for t in reversed(before) if not t.out_of_order and start <= t.position and t.key != telling.key),
        None,
    )
    follows = next((m for m in loose if telling.position < m.span[0] < end and _is_exact(m)), None)
    if first is None or follows is None or not _untimed(first):
        return
    between = [m for m in mentions if first.position < m.span[0] < telling.position]
    if between == [own] and owners[own.span] == [telling]:
        first.times.append(own)
        telling.times[:] = [follows]
        owners[own.span] = [first]
        owners[follows.span] = [telling]
        loose.remove(follows)


def _position(telling: Telling) -> int:
    return telling.position


def _drop_borrowed(telling: Telling, owners: dict[tuple[int, int], list[Telling]]) -> None:
    """ "Al 12' entra Rossi, e sei minuti dopo segna": the twelfth minute is not that of the goal."""
    offsets = [mention for mention in telling.times if mention.kind == "offset"]
    for mention in list(telling.times):
        earlier = any(
            owner.key != telling.key and owner.position <= telling.position for owner in owners[mention.span]
        )
        if mention.kind == "clock" and earlier and any(mention.span < offset.span for offset in offsets):
            telling.times.remove(mention)


def _line_clock(telling: Telling, mentions: Sequence[TimeMention], text: str) -> TimeMention | None:
    """The minute at the start of the telling's line."""
    start = text.rfind("\n", 0, telling.position) + 1
    for mention in mentions:
        if mention.kind == "clock" and start <= mention.span[0] <= start + _LINE_CLOCK:
            return (
                mention
                if mention.span[0] < telling.position or "\n" not in text[start : mention.span[0]]
                else None
            )
    return None


def _from_sentence(
    telling: Telling,
    before: Sequence[Telling],
    after: Sequence[Telling],
    mentions: Sequence[TimeMention],
    owners: dict[tuple[int, int], list[Telling]],
    text: str,
) -> None:
    """Give a telling the exact time that stands before it in its sentence, or a loose one after it."""
    start, end = _sentence(text, telling.position)
    earlier = [m for m in mentions if start <= m.span[0] <= telling.position and m.kind != "period"]
    if earlier:
        mention = earlier[-1]
        if _LATER.search(text[mention.span[1] : telling.position]):
            return
        holders = owners.get(mention.span, [])
        if any(holder.out_of_order for holder in holders):
            return
        if any(holder.type == "substitution" for holder in holders) and telling.type != "substitution":
            return
        if _is_exact(mention) or not holders:
            telling.times.append(mention)
            owners.setdefault(mention.span, []).append(telling)
        elif mention.kind == "offset" and before and before[-1] in holders:
            telling.fixed_order = "after"
        return
    nearest = next((other.position for other in after if not other.out_of_order), end)
    for mention in mentions:
        if not telling.position < mention.span[0] < min(nearest, end) or mention.kind == "period":
            continue
        holders = owners.get(mention.span, [])
        own = not holders and (_is_exact(mention) or nearest >= end)
        same = holders and _is_exact(mention) and all(h in before and start <= h.position for h in holders)
        if (own or same) and not _LATER.search(text[telling.position : mention.span[0]]):
            telling.times.append(mention)
            owners.setdefault(mention.span, []).append(telling)
        return


def _is_exact(mention: TimeMention) -> bool:
    if mention.low is None or mention.high is None or mention.kind not in ("clock", "half", "from_end"):
        return False
    return mention.high - mention.low <= _EXACT and not mention.new_period


def _sentence(text: str, position: int) -> tuple[int, int]:
    """The bounds of the sentence that ``position`` lies in."""
    start = 0
    for match in _STOP.finditer(text, max(0, position - 1000), position):
        start = match.end()
    stop = _STOP.search(text, position)
    return start, stop.start() if stop else len(text)
