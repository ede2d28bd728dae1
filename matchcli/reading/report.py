"""A report as it was read: its decoded text and the blocks that it is laid out in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "live", "box"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands alone: sentences never cross its edges.

    ``start`` and ``end`` count characters of ``Report.text``, end exclusive; the stretch has no
    white space at its edges.  ``kind`` is told from the layout alone: ``title`` (the first line
    where it is a headline), ``heading`` (a short line without a full stop), ``live`` (a line of
    live text, it begins with a minute), ``box`` (a line of a box score), else ``paragraph``.
    """

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Report:
    """A decoded report.  All offsets in matchcli count characters of ``text``, from 0."""

    path: str
    text: str
    sha256: str
    encoding: str
    blocks: tuple[Block, ...]
