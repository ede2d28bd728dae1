"""What the tests of the lexicon share."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest

from matchcli.extraction.gazetteer import load
from matchcli.extraction.items import Row, build_row
from matchcli.extraction.persons import cluster, gather_namings
from matchcli.extraction.references import find_references
from matchcli.extraction.rows import chunks_of
from matchcli.extraction.scores import find_scores
from matchcli.extraction.when import find_times
from matchcli.language.annotate import annotate
from matchcli.reading.reader import read


@pytest.fixture(scope="session")
def read_rows(tmp_path_factory) -> Callable[[Mapping[str, Collection[str]]], dict[str, list[Row]]]:
    """Reads the rows of texts with the real models, each text as a report of its own.

    What it is given says of each text which names are known to be persons.
    """

    def make(names: Mapping[str, Collection[str]]) -> dict[str, list[Row]]:
        texts = sorted(names)
        folder: Path = tmp_path_factory.mktemp("examples")
        reports = []
        for number, text in enumerate(texts):
            path = folder / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            reports.append(read(path, path=str(path)))
        gazetteer = load()
        rows: dict[str, list[Row]] = {}
        for wanted, report, annotation in zip(texts, reports, annotate(reports), strict=True):
            text = report.text
            hits = gazetteer.find(text)
            known = [m.span() for name in names[wanted] for m in re.finditer(re.escape(name), text)]
            _, places = cluster(gather_namings(text, annotation, known, []))
            references = find_references(text, hits, places, gazetteer, [])
            times = find_times(text, 0, len(text))
            chunks = chunks_of(references.persons, references.teams, times, list(find_scores(text)), 0)
            rows[wanted] = [build_row(s, n, text, chunks) for n, s in enumerate(annotation.sentences)]
        return rows

    return make
