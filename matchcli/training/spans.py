"""Which stretches of an annotated text tell which of its matches: the marks say so, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from matchcli.extraction.mentions import Span
from matchcli.timeline.match_text import WholeText
from matchcli.training.reports import AnnotatedReport
from matchcli.training.sheet_labels import name_places


def match_spans(report: AnnotatedReport, whole: WholeText) -> dict[int, list[Span]]:
    """The stretches by the number of their match, the whole text for a single one.

    A unit belongs to the match that most of its marks tell, without marks to that whose sides it names,
    and goes on with the one before where neither tells; what stands before all belongs to the first.
    """
    text = whole.report.text
    if len(report.matches) == 1:
        return {number: [(0, len(text))] for number in report.matches}
    encoded = whole.encoded()
    starts = [encoded.tokens[unit].span[0] for unit in encoded.units[1:]]
    told: dict[int, list[Span]] = {}
    marks = [*_marks(report)]
    names = [(p.span[0], p.match) for p in name_places(report) if p.kind in ("home", "away") and p.match]
    last: int | None = None
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        votes = Counter(match for at, match in marks if start <= at < end) or Counter(
            match for at, match in names if start <= at < end
        )
        most = max(votes.values(), default=0)
        best = [match for match, count in votes.items() if count == most]
        number = last if not best or (last in best and len(best) > 1) else best[0]
        if number is None:
            continue
        spans = told.setdefault(number, [])
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((0 if last is None else start, end))
        last = number
    return told


def _marks(report: AnnotatedReport) -> Iterator[tuple[int, int]]:
    """Where something of a match is told, and which match."""
    match_of = {event.id: number for number in report.matches for event in report.events_of(number)}
    for telling in report.tellings:
        yield from ((telling.start, number) for number in {match_of[i] for i in telling.ids if i in match_of})
    for meaning in report.meanings:
        if meaning.match is not None:
            yield meaning.start, meaning.match
