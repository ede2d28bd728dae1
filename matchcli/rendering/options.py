"""How a rendering was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matchcli.record import Record


@dataclass(frozen=True, slots=True)
class Options:
    """What the formats may take into account.

    ``color`` None follows the terminal, ``width`` None too (no limit where there is none).
    ``texts`` gives source texts by the ``sha256`` or by the ``path`` of a record's source.
    """

    color: bool | None = None
    width: int | None = None
    lang: str = "it"
    texts: Mapping[str, str] = field(default_factory=dict)
    explain: bool = False

    def text_of(self, record: Record) -> str | None:
        """Give the report that ``record`` was read from, or None where it was not handed over."""
        text = self.texts.get(record.source.sha256)
        return self.texts.get(record.source.path) if text is None else text
