"""An annotated match as the event reader sees it, with whom its nodes mean and which tokens tell its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchcli.extraction.mentions import Span
from matchcli.extraction.reader.encoding import Encoded, Node, tokens_in
from matchcli.record import Side
from matchcli.timeline.match_text import WholeText, match_text
from matchcli.training.names import best_fit
from matchcli.training.reports import AnnotatedReport, GoldEvent, GoldMatch, MeaningMark, TellingMark
from matchcli.training.spans import match_spans


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a node means, by the name in the annotation's head, and the side; ``known`` is false where nothing tells.

    Neither name nor side, and known: somebody or some club outside the match.
    """

    who: str | None = None
    side: Side | None = None
    known: bool = False


@dataclass(slots=True)
class MarkedTelling:
    """Tokens, by their numbers, that tell events; ``ids`` are all that the mark has, ``events`` those of this match."""

    tokens: list[int]
    ids: tuple[int, ...]
    events: list[GoldEvent]


@dataclass(slots=True)
class MarkedMatch:
    """A match: its encoding, whom each of the nodes means, the tellings, and the events in match order.

    ``lost`` are marks of this match that no token has, in a box score's lines.
    """

    encoded: Encoded
    meant: list[Meant]
    tellings: list[MarkedTelling]
    events: list[GoldEvent]
    lost: list[TellingMark] = field(default_factory=list)


def marked_matches(report: AnnotatedReport, whole: WholeText) -> list[MarkedMatch]:
    """The matches of a report; one of several of which no unit tells is left out."""
    matches = []
    for number, spans in match_spans(report, whole).items():
        match = report.matches[number]
        encoded = match_text(whole, spans, match.home, match.away).encoded()
        matches.append(_marked(report, number, encoded, spans))
    return matches


def _holds(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)


def _marked(report: AnnotatedReport, number: int, encoded: Encoded, spans: Sequence[Span]) -> MarkedMatch:
    events = report.events_of(number)
    match = MarkedMatch(encoded, _meant(report, number, encoded), [], events)
    of_id = {event.id: event for event in events}
    for mark in report.tellings:
        told = [of_id[number] for number in mark.ids if number in of_id]
        if not told or not _holds(spans, mark.start):
            continue
        tokens = tokens_in((mark.start, mark.end), encoded.tokens)
        if tokens:
            match.tellings.append(MarkedTelling(tokens, mark.ids, told))
        else:
            match.lost.append(mark)
    return match


def _meant(report: AnnotatedReport, number: int, encoded: Encoded) -> list[Meant]:
    cast = _Cast(report, report.matches[number], number)
    meant = []
    for node in encoded.nodes:
        start, end = encoded.tokens[node.token].span
        mark = next((m for m in report.meanings if m.start < end and start < m.end), None)
        if node.kind == "person":
            meant.append(cast.person(node, mark))
        elif node.kind == "team":
            meant.append(cast.team(node, mark))
        else:
            meant.append(Meant())
    return meant


class _Cast:
    """Who is named in the head of a match: players with their sides, officials, all others."""

    def __init__(self, report: AnnotatedReport, match: GoldMatch, number: int) -> None:
        self.number = number
        players: tuple[tuple[Side, list[str]], ...] = tuple(match.players.items())
        self.people = [*match.everyone(), *match.officials(), *report.others]
        self.sides: dict[str, Side] = {coach: side for side, coach in match.coaches.items()}
        # who plays on both sides is the home side's, whose names come first
        for side, names in reversed(players):
            self.sides.update(dict.fromkeys(names, side))

    def person(self, node: Node, mark: MeaningMark | None) -> Meant:
        """A name means who bears it, a description whom its mark names; without a mark nobody knows whom."""
        if node.person is not None:
            return self._of(node.person.name)  # type: ignore[attr-defined]
        if mark is None:
            return Meant()
        return self._of(mark.person) if mark.person is not None else Meant(known=True)

    def team(self, node: Node, mark: MeaningMark | None) -> Meant:
        """The side that the mark tells, else the one that its name tells."""
        if mark is not None and mark.person is None:
            if mark.side is None:
                return Meant(known=True)
            own = mark.match in (None, self.number)
            return Meant(side=mark.side, known=True) if own else Meant()
        return Meant(side=node.side, known=node.side is not None)

    def _of(self, name: str) -> Meant:
        who = best_fit(name, self.people)
        return Meant(who, None if who is None else self.sides.get(who), known=True)
