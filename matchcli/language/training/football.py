"""The annotated football lines of ``football/*.txt``.

One sentence a line; consecutive lines are a paragraph, a blank line ends it; a line that begins
with ``# `` (heading, box score, live text) stands alone.  Entities are written ``{PER:Rossi}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("football")

# The first part of each numbered file is for training, the rest for evaluation; the lines of the
# other files were written later, where the models erred, and are all for training.
TRAINED_SHARE = 0.88

MARKED = re.compile(r"\{(PER|ORG|LOC):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its text and its entities as (label, start, end)."""

    text: str
    entities: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that follow each other, or one line that stands alone."""

    lines: tuple[Line, ...]
    alone: bool


def parse_line(marked: str) -> Line:
    """Read the entities out of a marked line."""
    text, entities, position = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[position : match.start()]
        entities.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        position = match.end()
    return Line(text + marked[position:], tuple(entities))


def parse_paragraphs(content: str) -> Iterator[Paragraph]:
    """The paragraphs of a file's content."""
    lines: list[Line] = []
    for raw in [*content.splitlines(), ""]:
        marked = raw.strip()
        if lines and (not marked or marked.startswith("# ")):
            yield Paragraph(tuple(lines), alone=False)
            lines = []
        if marked.startswith("# "):
            yield Paragraph((parse_line(marked[2:].strip()),), alone=True)
        elif marked:
            lines.append(parse_line(marked))


def split_paragraphs(paragraphs: list[Paragraph], share: float, kept: bool) -> list[Paragraph]:
    """The first ``share`` of the lines, for training, or those ``kept`` for evaluation."""
    total = sum(len(paragraph.lines) for paragraph in paragraphs)
    cut = int(total * share)
    chosen, seen = [], 0
    for paragraph in paragraphs:
        lines = [line for number, line in enumerate(paragraph.lines, seen) if (number >= cut) == kept]
        seen += len(paragraph.lines)
        if lines:
            chosen.append(Paragraph(tuple(lines), paragraph.alone))
    return chosen


def read_football(kept: bool, folder: Path = FOLDER) -> list[list[Paragraph]]:
    """Each file's paragraphs for training (``kept`` false) or for evaluation (``kept`` true)."""
    files = []
    for path in sorted(folder.glob("*.txt")):
        share = TRAINED_SHARE if path.stem.isdigit() else 1.0
        paragraphs = list(parse_paragraphs(path.read_text(encoding="utf-8")))
        files.append(split_paragraphs(paragraphs, share, kept))
    return files
