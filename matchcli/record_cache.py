"""Finished records of reports seen before: they need no analysis, no extraction and no timeline.

A record follows from the report's text, the models, the language of its summary, and the program:
whoever edits a rule or a line of the lexicon gets records made anew.  Which file the text came from,
and in which encoding, is not part of that; it is told anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from matchcli import __version__
from matchcli.cache import Cache, report_key

if TYPE_CHECKING:
    from matchcli.language.models import ModelSet
    from matchcli.reading.report import Report
    from matchcli.record import Record

KIND = "record"
PACKAGE = Path(__file__).resolve().parent


class RecordCache:
    """The records in a cache, made with ``models`` and with summaries in the language ``lang``."""

    def __init__(self, cache: Cache, models: ModelSet, lang: str) -> None:
        self.cache = cache
        self.facts = (__version__, program_fingerprint(), models.fingerprint(), lang)

    def get(self, report: Report) -> list[Record] | None:
        """The stored records of ``report``, or None; a report of no match has an empty list."""
        records = self.cache.get(KIND, report_key(report, *self.facts), decode)
        for record in records or ():
            record.source.path, record.source.sha256 = report.path, report.sha256
        return records

    def put(self, report: Report, records: list[Record]) -> None:
        """Store the records of ``report``; half characters, which JSON cannot carry, are not stored."""
        with contextlib.suppress(ValueError):
            self.cache.put(KIND, report_key(report, *self.facts), encode(records))


def encode(records: list[Record]) -> bytes:
    """Records as bytes: JSON, a record a line, compressed."""
    lines = (record.model_dump_json(by_alias=True) for record in records)
    return zlib.compress("\n".join(lines).encode(), 3)


def decode(value: bytes) -> list[Record]:
    """The records that `encode` wrote; raises one of `matchcli.cache.DAMAGE` for other bytes."""
    from matchcli.record import Record

    return [Record.model_validate_json(line) for line in zlib.decompress(value).splitlines()]


@lru_cache(maxsize=1)
def program_fingerprint(package: Path = PACKAGE) -> str:
    """A short name of this very program: its files by their names, sizes and times of change.

    Nothing is read, so that it takes two milliseconds; the models are among the files.
    """
    digest = hashlib.sha256("\n".join(sorted(_states(str(package)))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _states(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
            else:
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
