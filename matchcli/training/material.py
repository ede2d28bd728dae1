"""The annotated reports of a folder, read and analysed as the program reads and analyses any report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matchcli.language.annotate import annotate
from matchcli.language.cache import AnnotationCache
from matchcli.reading.errors import UnreadableReport
from matchcli.reading.reader import read
from matchcli.reading.report import Report
from matchcli.timeline.match_text import WholeText, whole_text
from matchcli.training.checking import problems
from matchcli.training.reports import AnnotatedReport, parse_reports


@dataclass(frozen=True, slots=True)
class Material:
    """An annotated report and what is known of its text; ``file`` is ``/KIND/NN.txt``."""

    file: str
    annotated: AnnotatedReport
    whole: WholeText


def read_material(
    folder: Path, *, cache: AnnotationCache | None = None, say: Callable[[str], None] = print
) -> Iterator[Material]:
    """The reports of ``folder``/KIND/NN.txt, file by file; those that cannot be used are told of and left out."""
    usable = list(_usable(folder, say))
    say(f"{len(usable)} reports to analyse")
    analysed = annotate([report for _, _, report in usable], cache=cache)
    for (file, annotated, report), annotation in zip(usable, analysed, strict=True):
        yield Material(file, annotated, whole_text(report, annotation))


def _usable(folder: Path, say: Callable[[str], None]) -> Iterator[tuple[str, AnnotatedReport, Report]]:
    for path in sorted(folder.glob("*/*.txt")):
        file = f"/{path.parent.name}/{path.name}"
        for number, annotated in enumerate(parse_reports(path.read_text(encoding="utf-8")), 1):
            found = problems(annotated)
            if found:
                say(f"{file}, report {number} is left out: {found[0]}")
                continue
            try:
                report = read(annotated.text.encode(), path=f"{file}#{number}")
            except UnreadableReport as error:
                say(f"{file}, report {number} is left out: {error}")
                continue
            if report.text == annotated.text:
                yield file, annotated, report
            else:
                say(f"{file}, report {number} is left out: it is read as something else, as a web page")


def is_held(material: Material, fragments: Sequence[str]) -> bool:
    """Whether a report is kept out of training: its file's name has one of the fragments."""
    return any(fragment in material.file for fragment in fragments)
