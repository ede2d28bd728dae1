"""Reads short texts with the real models, up to the event mentions."""

from __future__ import annotations

from pathlib import Path

from matchcli.extraction.actions import EventMention
from matchcli.extraction.gazetteer import load
from matchcli.extraction.items import build_row
from matchcli.extraction.persons import cluster, gather_namings
from matchcli.extraction.references import PersonRef, find_references
from matchcli.extraction.scores import find_scores
from matchcli.extraction.telling import tell
from matchcli.extraction.when import find_times
from matchcli.language.annotate import annotate
from matchcli.reading.reader import read
from matchcli.timeline.build import _chunks


def events_of(folder: Path, texts: list[str]) -> dict[str, list[EventMention]]:
    """The event mentions of each text, each text read as a report of its own."""
    reports = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        reports.append(read(path, path=str(path)))
    gazetteer = load()
    told = {}
    for source, report, annotation in zip(texts, reports, annotate(reports), strict=True):
        text = report.text
        _, places = cluster(gather_namings(text, annotation, [], []))
        found = find_references(text, gazetteer.find(text), places, gazetteer, [])
        chunks = _chunks(
            found.persons, found.teams, find_times(text, 0, len(text)), list(find_scores(text)), 0
        )
        told[source] = tell(
            [build_row(s, n, text, chunks) for n, s in enumerate(annotation.sentences)]
        ).events
    return told


def names(event: EventMention) -> tuple[str, str | None, str | None]:
    """Type, player and other person of a mention, as named."""

    def name(reference: PersonRef | None) -> str | None:
        if reference is None:
            return None
        return reference.people[0].name if reference.people else "?"

    return event.type, name(event.player), name(event.other)
