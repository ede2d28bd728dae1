"""One match of a report, made ready for the event reader: rows, persons, sides, what is known so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matchcli.extraction.boxscore import find_boxscore
from matchcli.extraction.cues import Cue, find_cues
from matchcli.extraction.fixtures import Fixture, find_fixtures, split_matches
from matchcli.extraction.gazetteer import Gazetteer, GazetteerHit, load
from matchcli.extraction.items import Row
from matchcli.extraction.mentions import BoxScore, Span, TimeMention
from matchcli.extraction.persons import Person
from matchcli.extraction.reader.encoding import Encoded, encode
from matchcli.extraction.reader.sheet_encoding import SheetText, encode_text
from matchcli.extraction.rows import read_rows
from matchcli.extraction.when import find_times
from matchcli.language.annotation import Annotation
from matchcli.reading.report import Report
from matchcli.timeline.guess import guessed_places
from matchcli.timeline.lineups import box_persons
from matchcli.timeline.meanings import Meanings
from matchcli.timeline.result import all_scores
from matchcli.timeline.sides import SideNetwork
from matchcli.timeline.teams import Sides, fullest, identity


@dataclass(frozen=True, slots=True)
class WholeText:
    """A report with what is known of it before its matches are told apart."""

    report: Report
    annotation: Annotation
    gazetteer: Gazetteer
    hits: Sequence[GazetteerHit]
    fixtures: Sequence[Fixture]

    def encoded(self) -> SheetText:
        """The text as the sheet reader sees it."""
        text, blocks = self.report.text, self.report.blocks
        stretches = split_matches(text, blocks, self.fixtures)
        times = find_times(text, 0, len(text))
        scores = all_scores(text)
        guesses = guessed_places(text, self.hits, stretches, self.gazetteer)
        return encode_text(
            text, blocks, self.annotation, self.hits, self.fixtures, stretches, times, scores, guesses
        )


def whole_text(report: Report, annotation: Annotation) -> WholeText:
    """What the gazetteer and the layout say of a report."""
    gazetteer = load()
    fixtures = find_fixtures(report.text, report.blocks)
    return WholeText(report, annotation, gazetteer, gazetteer.find(report.text), fixtures)


@dataclass(slots=True)
class MatchText:
    """The stretches of a report that tell one match, and what stands there."""

    whole: WholeText
    spans: Sequence[Span]
    hits: list[GazetteerHit]
    box: BoxScore | None
    sides: Sides
    rows: list[Row]
    people: list[Person]
    times: list[TimeMention]
    network: SideNetwork
    meanings: Meanings
    cues: list[list[Cue]]

    @property
    def span(self) -> Span:
        """From the first character of the first stretch to the end of the last."""
        return self.spans[0][0], self.spans[-1][1]

    def encoded(self) -> Encoded:
        """The match as the event reader sees it."""
        kinds = [block.kind for block in self.whole.report.blocks]
        return encode(self.whole.report.text, self.rows, self.cues, kinds, self.meanings.side)


def match_text(whole: WholeText, spans: Sequence[Span], home: str, away: str) -> MatchText:
    """The match between ``home`` and ``away``, names as the text has them, that ``spans`` tell."""
    report = whole.report
    start, end = spans[0][0], spans[-1][1]

    def holds(position: int) -> bool:
        return any(first <= position < last for first, last in spans)

    hits = [hit for hit in whole.hits if holds(hit.start)]
    box = find_boxscore(report.text, report.blocks, start, end)
    if box is not None:  # between the stretches of a match others are told
        box.entries = [entry for entry in box.entries if holds(entry.span[0])]
    one, other = (fullest(identity(name, whole.gazetteer), hits) for name in (home, away))
    sides = Sides(one, other, whole.gazetteer)
    own_names = sides.name_spans(report.text, start, end)
    rows, people, times = read_rows(
        report, whole.annotation, holds, start, end, hits, box, own_names, whole.gazetteer
    )
    network = SideNetwork()
    for person in box_persons(box, people, network):
        person.trait("plays").add("line-up")
    return MatchText(
        whole=whole,
        spans=spans,
        hits=hits,
        box=box,
        sides=sides,
        rows=rows,
        people=people,
        times=times,
        network=network,
        meanings=Meanings(rows, sides, network),
        cues=[find_cues(row) for row in rows],
    )
