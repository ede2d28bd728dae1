"""What is kept of reports seen before: values by kind and key, in one SQLite file.

The cache may be lost at any time: what cannot be read is computed anew, and an error of the disk
never reaches the user.  Who stores something says what its key is made of: the language room its
annotations, `matchcli.record_cache` the finished records.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from matchcli.reading.report import Report

Value = TypeVar("Value")

DEFAULT_LIMIT = 256 * 1024 * 1024
PRUNE_EVERY = 64

# A use is written down once an hour and no more: it is only there to tell old entries from others.
USE_IS_NOTED_EVERY = 3600

# What reading a damaged value may raise.
DAMAGE = (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError)


def default_path() -> Path:
    """The cache's file in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("matchcli", appauthor=False) / "reports.sqlite3"


def report_key(report: Report, *facts: object) -> bytes:
    """The key of what follows from a report's text, its layout in blocks, and ``facts``."""
    digest = hashlib.sha256(f"{' '.join(map(str, facts))}\n".encode())
    digest.update(" ".join(f"{block.start}-{block.end}" for block in report.blocks).encode())
    digest.update(report.text.encode("utf-8", "surrogatepass"))
    return digest.digest()


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What is in the cache: the number of entries of each kind, and sizes in bytes."""

    path: Path
    entries: dict[str, int]
    stored: int
    limit: int


class Cache:
    """Values on disk, safe for many processes at once.

    ``limit`` is the size in bytes of all stored values; the least recently used go first.
    """

    def __init__(self, path: Path | None = None, limit: int = DEFAULT_LIMIT) -> None:
        self.path = path or default_path()
        self.limit = limit
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._writes = 0
        self._usable = True

    def get(self, kind: str, key: bytes, decode: Callable[[bytes], Value]) -> Value | None:
        """What ``decode`` makes of the stored bytes, or None; damaged bytes are removed."""
        try:
            with self._open() as database:
                row = database.execute(
                    "SELECT value, used FROM entry WHERE kind = ? AND key = ?", (kind, key)
                ).fetchone()
                if row is None:
                    return None
                try:
                    found = decode(row[0])
                except DAMAGE:
                    database.execute("DELETE FROM entry WHERE kind = ? AND key = ?", (kind, key))
                    return None
                now = int(time.time())
                if now - row[1] > USE_IS_NOTED_EVERY:
                    database.execute("UPDATE entry SET used = ? WHERE kind = ? AND key = ?", (now, kind, key))
                return found
        except (OSError, sqlite3.Error) as error:
            self._failed(error)
            return None

    def put(self, kind: str, key: bytes, value: bytes) -> None:
        """Store a value; now and then remove the least recently used above the limit."""
        try:
            with self._open() as database:
                database.execute(
                    "INSERT OR REPLACE INTO entry (kind, key, value, size, used) VALUES (?, ?, ?, ?, ?)",
                    (kind, key, value, len(value), int(time.time())),
                )
            self._writes += 1
            if self._writes % PRUNE_EVERY == 1:
                self.prune()
        except (OSError, sqlite3.Error) as error:
            self._failed(error)

    def prune(self) -> None:
        """Remove the least recently used entries until the rest fits the limit."""
        with self._open() as database:
            database.execute(
                "DELETE FROM entry WHERE rowid IN (SELECT number FROM (SELECT rowid AS number,"
                " sum(size) OVER (ORDER BY used DESC, rowid DESC) AS total FROM entry) WHERE total > ?)",
                (self.limit,),
            )

    def clear(self) -> dict[str, int]:
        """Remove everything; the numbers of entries that were there, by kind."""
        entries = self.info().entries
        self.close()
        for path in (self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))):
            path.unlink(missing_ok=True)
        return entries

    def info(self) -> CacheInfo:
        """Number and size of what is stored."""
        entries: dict[str, int] = {}
        stored = 0
        if self.path.exists():
            with contextlib.suppress(OSError, sqlite3.Error), self._open() as database:
                totals = "SELECT kind, count(*), sum(size) FROM entry GROUP BY kind ORDER BY kind"
                for kind, count, size in database.execute(totals):
                    entries[kind] = count
                    stored += size
        return CacheInfo(self.path, entries, stored, self.limit)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if not self._usable:
            raise sqlite3.OperationalError("the cache could not be used before")
        if self._process != os.getpid():  # SQLite's connections must not be used after a fork
            self._connection, self._process = None, os.getpid()
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=10)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS entry (kind TEXT NOT NULL, key BLOB NOT NULL,"
                    " value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL,"
                    " PRIMARY KEY (kind, key))"
                )
                connection.commit()
            except sqlite3.Error:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _failed(self, error: Exception) -> None:
        """A file that is no database is removed once; any other trouble switches the cache off."""
        self.close()
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if damaged and self._usable:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
                return
        self._usable = False
