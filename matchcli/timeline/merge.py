"""One event, however often the text tells it: tellings are merged, the score decides what is left."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.persons import Person
from matchcli.record import Side

NEAR = 260  # characters between two tellings that may go on with each other


@dataclass(eq=False, slots=True)
class Evidence:
    """One telling of an event.  ``order`` is false where its place says nothing of its time."""

    span: Span
    times: list[TimeMention] = field(default_factory=list)
    order: bool = True
    source: str = "prose"  # prose, title, box
    weight: float = 1.0
    score: tuple[int, int] | None = None
    #: Descriptions ("il portoghese") and whom they mean.
    meant: list[tuple[Span, Person]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class MatchEvent:
    """An event of the match, with all that tells it."""

    type: str
    player: Person | None
    other: Person | None = None
    assist: Person | None = None
    team: Side | None = None
    outcome: str | None = None
    qualifiers: set[str] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    confidence: float = 0.8
    #: What the event is in the side network, a key for each telling.
    keys: list[Hashable] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The fullest telling."""
        prose = [e for e in self.evidence if e.source == "prose"] or self.evidence
        best = max(prose, key=lambda e: (e.weight, e.order, e.span[1] - e.span[0]))
        return best.span

    @property
    def first(self) -> int:
        ordered = [e.span[0] for e in self.evidence if e.order]
        return min(ordered) if ordered else min(e.span[0] for e in self.evidence)

    @property
    def score(self) -> tuple[int, int] | None:
        return next((e.score for e in self.evidence if e.score), None)

    @property
    def sources(self) -> set[str]:
        return {e.source for e in self.evidence}

    def clocks(self) -> list[tuple[int, int]]:
        """Stated minutes of its tellings, as (minute, stoppage); 0 where there is none."""
        return [
            (t.low, t.stoppage or 0)
            for e in self.evidence
            for t in e.times
            if t.kind == "clock" and t.low is not None and t.low == t.high
        ]


def same_minute(one: MatchEvent, other: MatchEvent) -> bool | None:
    """Whether the stated minutes of two events agree; None when one states none."""
    a, b = one.clocks(), other.clocks()
    if not a or not b:
        return None
    for low, _ in a:
        for high, _ in b:
            if abs(low - high) <= 1 or (min(low, high) <= 45 and abs(abs(low - high) - 45) <= 1):
                return True
    return False


def absorb(event: MatchEvent, other: MatchEvent) -> None:
    """Add the tellings of ``other`` to ``event``."""
    event.evidence += other.evidence
    event.keys += other.keys
    event.player = event.player or other.player
    event.other = event.other or other.other
    event.assist = event.assist or other.assist
    event.team = event.team or other.team
    event.outcome = event.outcome or other.outcome
    event.qualifiers |= other.qualifiers
    event.flags |= other.flags
    event.confidence = max(event.confidence, other.confidence) + 0.03


def may_be_one(one: MatchEvent, other: MatchEvent) -> float:
    """How likely two event mentions tell one event: 0 never, above 0 the likelier the higher."""
    if one.type != other.type:
        cards = {"second_yellow", "red_card"}
        if not {one.type, other.type} <= cards:
            return 0.0
    minute = same_minute(one, other)
    if minute is False:
        return 0.0
    if one.player is not None and other.player is not None and one.player is not other.player:
        return 0.0
    if one.team and other.team and one.team != other.team:
        return 0.0
    if one.type == "substitution":
        return _substitution(one, other, minute)
    named = one.player is not None and one.player is other.player
    distance = min(abs(a.span[0] - b.span[0]) for a in one.evidence for b in other.evidence)
    displaced = any(not e.order for e in [*one.evidence, *other.evidence])
    value = 0.0
    if minute and named:
        value = 3.0
    elif named and displaced:
        value = 1.5
    elif named and distance < NEAR:
        value = 1.0
    elif (minute and (one.player is None or other.player is None)) or (
        one.score and one.score == other.score
    ):
        value = 1.2
    elif not named and distance < NEAR / 2 and (one.player is None or other.player is None):
        value = 0.6
    if one.type in ("yellow_card", "red_card", "second_yellow", "injury") and named:
        value = max(value, 2.0)
    if one.type == "shot":
        if one.outcome and other.outcome and one.outcome != other.outcome:
            return 0.0
        if not minute and not displaced and value <= 1.0:
            value = 0.0 if distance > 60 else value * 0.5
    if value and one.score and other.score and one.score != other.score:
        return 0.0
    return value


def absorb_shots(events: list[MatchEvent]) -> list[MatchEvent]:
    """A shot that ends in a goal is the goal alone.

    The same player's shot at the goal's stated minute, or a shot without an end told right beside the
    goal by its scorer or by who served him, is a telling of the goal.
    """
    goals = [e for e in events if e.type in ("goal", "disallowed_goal")]
    kept = []
    for event in events:
        goal = next((g for g in goals if _is_telling_of(event, g)), None) if event.type == "shot" else None
        if goal is None:
            kept.append(event)
        elif goal.player is event.player:
            absorb(goal, event)
            goal.outcome = None
    return kept


def _is_telling_of(shot: MatchEvent, goal: MatchEvent) -> bool:
    if shot.player is None or shot.outcome in ("saved", "blocked", "cleared"):
        return False
    minute = same_minute(goal, shot)
    if shot.player is goal.player and minute:
        return True
    if shot.outcome is not None or minute is False or shot.player not in (goal.player, goal.assist):
        return False
    return any(
        abs(a.span[0] - b.span[1]) < 120 or abs(b.span[0] - a.span[1]) < 120
        for a in shot.evidence
        for b in goal.evidence
        if b.source == "prose"
    )


def _substitution(one: MatchEvent, other: MatchEvent, minute: bool | None) -> float:
    on = one.player is not None and one.player is other.player
    off = one.other is not None and one.other is other.other
    if on and (one.other is None or other.other is None or off):
        return 3.0
    if off and (one.player is None or other.player is None):
        return 2.5
    distance = min(abs(a.span[1] - b.span[0]) for a in one.evidence for b in other.evidence)
    distance = min(distance, min(abs(b.span[1] - a.span[0]) for a in one.evidence for b in other.evidence))
    # "richiama Rossi. Dentro Bianchi": two halves of one change
    if (
        distance < 45
        and (one.player is None) != (other.player is None)
        and (one.other is None) != (other.other is None)
    ):
        return 1.5
    return 0.0


def merge(events: Sequence[MatchEvent]) -> list[MatchEvent]:
    """Events with their tellings put together, likeliest pairs first."""
    merged = list(events)
    while True:
        best: tuple[float, int, int] | None = None
        for i, one in enumerate(merged):
            for j in range(i + 1, len(merged)):
                value = may_be_one(one, merged[j])
                if value >= 1.0 and (best is None or value > best[0]):
                    best = (value, i, j)
        if best is None:
            return merged
        _, i, j = best
        absorb(merged[i], merged[j])
        del merged[j]


def merge_goals(
    events: Sequence[MatchEvent], *, complete_box: bool
) -> tuple[list[MatchEvent], list[MatchEvent]]:
    """The goals that may be, and those tellings that a complete list of scorers leaves no room for.

    With a complete list of scorers every telling must be one of its goals; without, the running
    score decides later.
    """
    goals = list(events)
    dropped: list[MatchEvent] = []
    if complete_box:
        listed = [g for g in goals if "box" in g.sources]
        loose = [g for g in goals if "box" not in g.sources]
        for goal in loose:
            twin = max(listed, key=lambda g: _twin(g, goal), default=None)
            if twin is not None and _twin(twin, goal) > 0:
                absorb(twin, goal)
            else:
                dropped.append(goal)
        return listed, dropped
    return goals, dropped


def _twin(one: MatchEvent, other: MatchEvent) -> float:
    """How well a loose telling fits a goal, once one of the two is too many."""
    minute = same_minute(one, other)
    if minute is False:
        return 0.0
    if one.player and other.player and one.player is not other.player:
        return 0.0
    value = 0.5
    if one.player is not None and one.player is other.player:
        value += 2
    if minute:
        value += 2
    if one.score and one.score == other.score:
        value += 1
    if one.player is None or other.player is None:
        distance = min(abs(a.span[0] - b.span[0]) for a in one.evidence for b in other.evidence)
        if distance > 3 * NEAR and not minute:
            return 0.0
    return value


def strength(goal: MatchEvent) -> float:
    """How well a goal is told."""
    value = goal.confidence
    if goal.clocks():
        value += 1
    if goal.player is not None:
        value += 1
    if goal.score:
        value += 0.7
    if "aside" in goal.flags:
        value -= 2
    if all(e.source == "title" for e in goal.evidence):
        value -= 1.5
    value += 0.4 * len(goal.evidence)
    return value + sum(e.weight for e in goal.evidence) * 0.3
