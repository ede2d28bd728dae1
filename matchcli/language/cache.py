"""Annotations of reports seen before, in one SQLite file.

A key is made of the report's blocks and text, the models' fingerprint and `VERSION`; a value is
compact JSON, compressed.  The cache may be lost at any time: what cannot be read is computed anew,
and an error of the disk never reaches the user.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchcli.language.annotation import Annotation, Entity, Sentence, Word
from matchcli.language.models import ModelSet
from matchcli.reading.report import Report

# To be raised whenever the same models would give another annotation or another encoding.
VERSION = 4

DEFAULT_LIMIT = 256 * 1024 * 1024
PRUNE_EVERY = 64

# What `decode` may raise for a damaged value.
DAMAGE = (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError)


def default_path() -> Path:
    """The cache's file in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("matchcli", appauthor=False) / "annotations.sqlite3"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What is in the cache: sizes are bytes."""

    path: Path
    entries: int
    stored: int
    limit: int


class AnnotationCache:
    """Annotations on disk, safe for many processes at once.

    ``limit`` is the size in bytes of all stored annotations; the least recently used go first.
    """

    def __init__(self, path: Path | None = None, limit: int = DEFAULT_LIMIT) -> None:
        self.path = path or default_path()
        self.limit = limit
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._writes = 0
        self._usable = True

    def get(self, report: Report, models: ModelSet) -> Annotation | None:
        """The stored annotation of ``report`` by ``models``, or None."""
        key = entry_key(report, models)
        try:
            with self._open() as database:
                row = database.execute("SELECT value FROM annotation WHERE key = ?", (key,)).fetchone()
                if row is None:
                    return None
                try:
                    annotation = decode(row[0], report.text)
                except DAMAGE:
                    database.execute("DELETE FROM annotation WHERE key = ?", (key,))
                    return None
                database.execute("UPDATE annotation SET used = ? WHERE key = ?", (int(time.time()), key))
                return annotation
        except (OSError, sqlite3.Error) as error:
            self._failed(error)
            return None

    def put(self, report: Report, models: ModelSet, annotation: Annotation) -> None:
        """Store an annotation; now and then remove the least recently used above the limit."""
        value = encode(annotation, report.text)
        try:
            with self._open() as database:
                database.execute(
                    "INSERT OR REPLACE INTO annotation (key, value, size, used) VALUES (?, ?, ?, ?)",
                    (entry_key(report, models), value, len(value), int(time.time())),
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
                "DELETE FROM annotation WHERE key IN (SELECT key FROM (SELECT key,"
                " sum(size) OVER (ORDER BY used DESC, rowid DESC) AS total FROM annotation) WHERE total > ?)",
                (self.limit,),
            )

    def clear(self) -> int:
        """Remove everything; the number of entries that were there."""
        entries = self.info().entries
        self.close()
        for path in (self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))):
            path.unlink(missing_ok=True)
        return entries

    def info(self) -> CacheInfo:
        """Number and size of what is stored."""
        entries = stored = 0
        if self.path.exists():
            with contextlib.suppress(OSError, sqlite3.Error), self._open() as database:
                totals = "SELECT count(*), coalesce(sum(size), 0) FROM annotation"
                entries, stored = database.execute(totals).fetchone()
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
                    "CREATE TABLE IF NOT EXISTS annotation (key BLOB PRIMARY KEY,"
                    " value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL)"
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


def entry_key(report: Report, models: ModelSet) -> bytes:
    """The key of a report: its text, how it is laid out in blocks, models and version."""
    digest = hashlib.sha256(f"{VERSION} {models.fingerprint()}\n".encode())
    digest.update(" ".join(f"{block.start}-{block.end}" for block in report.blocks).encode())
    digest.update(report.text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def encode(annotation: Annotation, text: str) -> bytes:
    """An annotation as bytes; words that stand in ``text`` as they are give only their offsets."""
    features: dict[str, int] = {}
    sentences: list[Any] = []
    for sentence in annotation.sentences:
        rows: list[Any] = []
        for word in sentence.words:
            name = "|".join(f"{feature}={value}" for feature, value in word.feats.items())
            number = features.setdefault(name, len(features))
            surface = 0 if text[word.start : word.end] == word.text else word.text
            lemma = 0 if word.lemma == word.text else word.lemma
            rows.append([word.start, word.end, surface, lemma, word.upos, number, word.head, word.deprel])
        entities = [[entity.label, entity.start, entity.end] for entity in sentence.entities]
        sentences.append([sentence.start, sentence.end, sentence.block, rows, entities])
    content = json.dumps([list(features), sentences], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(content.encode("utf-8", "surrogatepass"), 3)


def decode(value: bytes, text: str) -> Annotation:
    """The annotation that `encode` wrote for this ``text``.

    Raises one of `DAMAGE` when the value is damaged.
    """
    names, rows = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    features = [dict(part.split("=", 1) for part in name.split("|")) if name else {} for name in names]
    sentences = []
    for start, end, block, word_rows, entity_rows in rows:
        words = []
        for word_start, word_end, surface, lemma, upos, number, head, deprel in word_rows:
            shown = surface or text[word_start:word_end]
            words.append(
                Word(shown, lemma or shown, upos, dict(features[number]), head, deprel, word_start, word_end)
            )
        entities = tuple(Entity(*row) for row in entity_rows)
        sentences.append(Sentence(start, end, block, tuple(words), entities))
    return Annotation(tuple(sentences))
