"""From a report and its analysis to the records of its matches."""

from __future__ import annotations

from collections.abc import Container, Sequence

from matchcli.extraction.gazetteer import load
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import TimeMention
from matchcli.extraction.reader.context import text_states
from matchcli.extraction.reader.reading import load_reader
from matchcli.extraction.reader.sheet_reading import Sheet, load_sheet_reader
from matchcli.language.annotation import Annotation
from matchcli.reading.report import Report
from matchcli.record import Record
from matchcli.timeline.assemble import to_records
from matchcli.timeline.casting import Casting, Told
from matchcli.timeline.grouping import gather_events
from matchcli.timeline.header import name_coaches, read_header, share
from matchcli.timeline.match_text import WholeText, match_text, whole_text
from matchcli.timeline.matches import MatchSheet, find_matches
from matchcli.timeline.offices import find_offices
from matchcli.timeline.origins import tell_origins
from matchcli.timeline.staff import place_coaches


def build(report: Report, annotation: Annotation) -> list[Record]:
    """The records of the matches that a report tells, in text order; empty when it tells none."""
    whole = whole_text(report, annotation)
    sheet = load_sheet_reader().read(whole.encoded())
    records: list[Record] = []
    for match in find_matches(report.text, sheet, whole.fixtures, whole.hits, whole.gazetteer):
        records.append(_record(whole, sheet, match))
    records = [record for record in records if not is_in_passing(record, records)]
    for number, record in enumerate(records):
        record.source.match = number
    share(records)
    return records


def get_ready(text: str) -> None:
    """Load what `build` needs, and read the words of ``text`` in their context: what needs no analysis."""
    load()
    load_sheet_reader()
    load_reader()
    text_states(text)


def is_in_passing(record: Record, records: Sequence[Record]) -> bool:
    """Whether a text of several matches only touches on one: nothing of it is told, and one of its
    sides is not named, or plays in a match that is told; or both play in others of which more is told."""
    names = _sides(record)
    others = [other for other in records if other is not record and len(other.events) > len(record.events)]
    elsewhere = names & {name for other in others for name in _sides(other)}
    if record.events:
        return len(elsewhere) == 2 and all(_sides(other) != names for other in others)
    return len(records) > 1 and (None in names or bool(elsewhere))


def _sides(record: Record) -> set[str | None]:
    return {record.match.home.name, record.match.away.name}


def _record(whole: WholeText, sheet: Sheet, match: MatchSheet) -> Record:
    report = whole.report
    text = match_text(whole, match.spans, *match.names)
    staff = find_offices(sheet, text)
    encoded = text.encoded()
    reading = load_reader().read(encoded)
    text.meanings.describe(encoded, reading)
    casting = Casting(encoded, reading, text.meanings, text.network, staff=staff.people)
    tell_origins(text, staff.people)
    casting.settle_sides()
    told = casting.tellings(text.cues)
    casting.place_sides(told)
    _share_line_times(told, text.rows, {n for n, b in enumerate(report.blocks) if b.kind == "live"})
    header, result = read_header(text, match.fixture, sheet, referee=staff.referee)
    counts = {sum(final.goals) for final in result.finals}
    if header.score.home is not None and header.score.away is not None:
        counts = {header.score.home + header.score.away}
    events, dropped = gather_events(told, reading, text.box, text.people, text.network, counts, report)
    record = to_records(
        report, text.span, header, result, events, dropped, text.times, text.rows, text.sides, text.network
    )
    # only now the network knows on which side each company of players is
    coaches = place_coaches(staff.likeliest_coaches(), text.network, staff.near)
    name_coaches(record.match, coaches, text.box)
    return record


def _share_line_times(told: Sequence[Told], rows: Sequence[Row], live: Container[int]) -> None:
    """In live text the minute at the head of a line holds for all that the line tells."""
    heads: dict[int, TimeMention] = {}
    for row in rows:
        if row.block in live and row.block not in heads:
            first = next((i.reference for i in row.items[:8] if i.kind == "time"), None)
            if first is not None:
                heads[row.block] = first
    for event in told:
        if not event.times and event.row.block in heads:
            event.times = [heads[event.row.block]]
