"""The timeline of a match: events placed on the clock, the running score, the checks, the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from matchcli.extraction.items import Row
from matchcli.extraction.mentions import Span, TimeMention
from matchcli.extraction.persons import Person
from matchcli.reading.report import Report
from matchcli.record import (
    PERIOD_MINUTES,
    Event,
    Match,
    Reason,
    Record,
    Reference,
    Source,
    Tally,
    Warning_,
)
from matchcli.timeline.clock import Placement, Telling, place
from matchcli.timeline.confidence import calibrated
from matchcli.timeline.finals import OpenResult, set_half_time
from matchcli.timeline.goals import decide_goals, settle_teams
from matchcli.timeline.merge import MatchEvent, absorb_shots
from matchcli.timeline.reasons import Why
from matchcli.timeline.sides import SideNetwork
from matchcli.timeline.teams import Sides

_PERIOD_ORDER = {"1H": 0, "2H": 1, "ET1": 2, "ET2": 3, None: 1}


def place_events(
    events: Sequence[MatchEvent], marks: Sequence[TimeMention], report: Report, match: Match
) -> tuple[dict[int, Placement], list]:
    """Each event's place on the clock, by its index."""
    tellings = []
    for key, event in enumerate(events):
        for evidence in event.evidence:
            tellings.append(
                Telling(
                    key=key,
                    position=evidence.span[0],
                    times=list(evidence.times),
                    out_of_order=not evidence.order,
                    score=evidence.score,
                    is_goal=event.type == "goal",
                    type=event.type,
                    fixed_order="after" if "rebound" in event.qualifiers and evidence.order else None,
                )
            )
    tellings.sort(key=lambda t: t.position)
    live = sum(b.kind == "live" for b in report.blocks) >= 4
    return place(
        tellings,
        list(marks),
        text=report.text,
        live=live,
        latest_first=live and _latest_first(tellings),
        extra_time=True if match.score.extra_time else None,
        last_minute=None,
    )


def _free_times(events: Sequence[MatchEvent], times: Sequence[TimeMention]) -> list[TimeMention]:
    """The time expressions that belong to no event."""
    used = {id(t) for e in events for v in e.evidence for t in v.times}
    return [t for t in times if id(t) not in used]


def _latest_first(tellings: Sequence[Telling]) -> bool:
    """Whether live text begins with the end: its stated minutes fall."""
    minutes = [
        (t.times[0].low or 0) + (0 if t.times[0].period in (None, "1H") else 45)
        for t in tellings
        if t.times and t.times[0].kind == "clock" and not t.out_of_order
    ]
    falls = sum(b < a for a, b in pairwise(minutes))
    rises = sum(b > a for a, b in pairwise(minutes))
    return falls > 2 * rises and falls >= 3


def order_key(placement: Placement | None, event: MatchEvent) -> tuple:
    """Match order: period, minute, stoppage, then where it is told."""
    if placement is None or (placement.period is None and placement.low is None):
        return (9, 999.0, 0, event.first)
    middle: float | None = placement.minute
    if middle is None:
        low, high = placement.low, placement.high
        if low is None or high is None:
            low, high = PERIOD_MINUTES[placement.period] if placement.period else (1, 90)
        middle = (low + high) / 2
    return (_PERIOD_ORDER[placement.period], middle, placement.stoppage or 0, event.first)


def to_records(
    report: Report,
    span: Span,
    match: Match,
    result: OpenResult,
    events: list[MatchEvent],
    dropped: list[MatchEvent],
    times: Sequence[TimeMention],
    rows: Sequence[Row],
    sides: Sides,
    network: SideNetwork,
) -> Record:
    """The record of one match from its merged events; ``result`` is what the goals are to settle."""
    placed, _ = place_events(events, _free_times(events, times), report, match)
    order = sorted(range(len(events)), key=lambda i: order_key(placed.get(i), events[i]))
    refused = decide_goals([(events[i], placed.get(i)) for i in order], match, network, result)
    if refused:
        dropped = [*dropped, *refused]
        events = [e for e in events if not any(e is r for r in refused)]
    events = absorb_shots(events)
    settle_teams(events, network)
    placed, problems = place_events(events, _free_times(events, times), report, match)
    warnings = [Warning_(code=p.code, message=p.message) for p in problems]
    order = sorted(range(len(events)), key=lambda i: order_key(placed.get(i), events[i]))
    _result(match, [(events[i], placed.get(i)) for i in order if events[i].type == "goal"], result)
    running = Tally(home=0, away=0)
    made: list[Event] = []
    for index in order:
        event = events[index]
        score = None
        if event.type == "goal" and event.team is not None:
            running = Tally(
                home=running.home + (event.team == "home"), away=running.away + (event.team == "away")
            )
            score = running
        reasons = _reasons(event, placed.get(index), report.text, events, placed)
        made.append(_event(event, placed.get(index), score, report.text, reasons))
    if match.score.home is not None and (running.home, running.away) != (match.score.home, match.score.away):
        warnings.append(
            Warning_(
                code="score_mismatch",
                message=f"goals found {running.home}-{running.away}, score told"
                f" {match.score.home}-{match.score.away}",
            )
        )
    record = Record(
        source=Source(path=report.path, sha256=report.sha256, span=span),
        match=match,
        events=made,
        warnings=warnings,
    )
    return record


def _name(person: Person | None) -> str | None:
    return person.name if person is not None else None


def _event(
    event: MatchEvent, placement: Placement | None, score: Tally | None, text: str, reasons: list[Reason]
) -> Event:
    start, end = event.span
    fields: dict[str, Any] = {}
    if placement is not None:
        fields["period"] = placement.period
        fields["minute"] = placement.minute
        fields["stoppage"] = placement.stoppage
        if placement.low is not None and placement.high is not None:
            fields["minute_range"] = (placement.low, placement.high)
        fields["minute_basis"] = placement.basis
    fields["explain"] = reasons or None
    names: dict[str, Any] = {
        "assist": _name(event.assist) if event.type == "goal" else None,
        "player_off": _name(event.other) if event.type == "substitution" else None,
        "player2": _name(event.other) if event.type not in ("goal", "substitution") else None,
    }
    return Event(
        type=event.type,  # type: ignore[arg-type]
        team=event.team,
        player=_name(event.player),
        outcome=event.outcome if event.type == "shot" else None,  # type: ignore[arg-type]
        qualifiers=sorted(event.qualifiers),  # type: ignore[arg-type]
        score=score,
        text=text[start:end],
        span=(start, end),
        confidence=round(calibrated(event.confidence), 2),
        **names,
        **fields,
    )


def _reasons(
    event: MatchEvent,
    placement: Placement | None,
    text: str,
    events: Sequence[MatchEvent] = (),
    placed: Mapping[int, Placement] | None = None,
) -> list[Reason]:
    """Why an event was read so: its clock, whom descriptions mean, and where else it is told."""
    reasons: list[Reason] = []
    if placement is not None:
        reasons = [_reason(why, events, placed or {}) for why in placement.explain]
        if len(reasons) > 1 and placement.low is not None and placement.high is not None:
            reasons.append(Reason(kind="window", minutes=(placement.low, placement.high)))
    for evidence in event.evidence:
        for span, person in evidence.meant:
            reasons.append(Reason(kind="meant", words=_words(span, text), name=person.name))
    known = [event.span]
    # The longest first: what stands inside of another telling, or of the event's own, is no telling more.
    for evidence in sorted(event.evidence, key=lambda one: (one.span[0] - one.span[1], one.span)):
        start, end = evidence.span
        if all(end <= low or high <= start for low, high in known):
            known.append(evidence.span)
            reasons.append(Reason(kind="told_too", words=_words(evidence.span, text)))
    return [reason for number, reason in enumerate(reasons) if reason not in reasons[:number]]


def _reason(why: Why, events: Sequence[MatchEvent], placed: Mapping[int, Placement]) -> Reason:
    """A reason of the clock for the record: the event that it refers to by type, player and window."""
    other: Reference | None = None
    if isinstance(why.other, int):
        event, place = events[why.other], placed.get(why.other)
        known = place is not None and place.low is not None and place.high is not None
        other = Reference(
            type=event.type,  # type: ignore[arg-type]
            player=_name(event.player),
            minute_range=(place.low, place.high) if known else None,  # type: ignore[union-attr,arg-type]
        )
    elif why.other is not None:
        other = Reference(words=why.other)
    return Reason(
        kind=why.kind, words=why.words or None, minutes=why.minutes, stoppage=why.stoppage, other=other
    )


def _words(span: Span, text: str) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _result(match: Match, goals: Sequence[tuple[MatchEvent, Placement | None]], result: OpenResult) -> None:
    """Final and half-time score from the goals where the text gives no figures, or no sure ones."""
    sided = [(g, p) for g, p in goals if g.team is not None]
    home = sum(g.team == "home" for g, _ in sided)
    away = len(sided) - home
    if match.score.home is None:
        match.score.home, match.score.away = home, away
    complete = (home, away) == (match.score.home, match.score.away)
    if match.score.half_time is None and complete and all(p is not None and p.period for _, p in sided):
        match.score.half_time = Tally(
            home=sum(g.team == "home" and p is not None and p.period == "1H" for g, p in sided),
            away=sum(g.team == "away" and p is not None and p.period == "1H" for g, p in sided),
        )
    if match.score.half_time is None and result.half_time is not None:
        set_half_time(match.score, result.half_time)
    if any(p is not None and p.period in ("ET1", "ET2") for _, p in goals):
        match.score.extra_time = True
