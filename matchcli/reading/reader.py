"""One input to a ``Report``: bytes, decoding, web pages, blocks."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from matchcli.nearest import hint
from matchcli.reading.decoding import NotText, decode
from matchcli.reading.errors import UnreadableReport
from matchcli.reading.layout import blocks_of
from matchcli.reading.page import article, declared_encoding, is_page
from matchcli.reading.report import Report

#: Largest text that is read, in bytes.  The longest match report is a fiftieth of it.
LIMIT = 1_000_000

#: Most of a web page is markup: a page may be so many times larger than a text.
PAGE_FACTOR = 5

#: How a file of stored records begins.
_RECORDS = re.compile(r'\s*\[?\s*\{\s*"schema"\s*:\s*\d')

#: The path that stands for standard input.
STDIN = "-"


def read(source: Path | bytes, *, path: str, encoding: str | None = None, limit: int = LIMIT) -> Report:
    """Read one report from a file or from bytes.

    ``path`` names the input in the report and in messages.  ``encoding`` is used as given; without
    it UTF-8, UTF-16 and the older encodings of Italian are told apart.  A web page is reduced to
    its article, and the report's offsets count the characters of the article; else they count the
    decoded input, in which nothing is changed.  ``sha256`` is the hash of the input's bytes.

    Raises ``UnreadableReport`` for an input that is missing, empty, binary, or larger than
    ``limit`` bytes (for a web page, five times that).
    """
    data = source if isinstance(source, bytes) else _bytes_of(source, path, limit * PAGE_FACTOR)
    page_like = is_page(data[:8192].decode("latin-1").removeprefix("ï»¿"))
    _refuse_larger(len(data), limit * PAGE_FACTOR if page_like else limit, path)
    try:
        text, name = decode(data, encoding)
        if encoding is None and page_like and not name.startswith("utf"):
            text, name = _as_declared(data, text, name)
    except NotText as error:
        raise UnreadableReport(path, str(error)) from None
    if not text.strip("\x00 \t\r\n\f\v"):
        raise UnreadableReport(path, "it is empty")
    if _RECORDS.match(text):
        raise UnreadableReport(path, "it holds records, not a report; matchcli render prints them")
    if is_page(text):
        found = article(text)
        if found is None:
            raise UnreadableReport(path, "no article was found in this web page")
        text = found
    if len(text) > limit:
        _refuse_larger(len(text.encode("utf-8")), limit, path)
    blocks = blocks_of(text)
    if not blocks:
        raise UnreadableReport(path, "there is no text in it")
    return Report(path, text, hashlib.sha256(data).hexdigest(), name, blocks)


def read_stdin(*, encoding: str | None = None, limit: int = LIMIT) -> Report:
    """Read one report from standard input; raises ``UnreadableReport`` as ``read`` does."""
    data = sys.stdin.buffer.read(limit * PAGE_FACTOR + 1)
    return read(data, path=STDIN, encoding=encoding, limit=limit)


def _bytes_of(file: Path, path: str, most: int) -> bytes:
    """The file's bytes, and of a larger file no more than shows that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError:
        raise UnreadableReport(path, f"there is no such file{hint(file)}") from None
    except IsADirectoryError:
        raise UnreadableReport(path, "this folder holds no *.txt, *.md or *.html file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableReport(path, f"it cannot be opened: {reason[:1].lower()}{reason[1:]}") from None


def _refuse_larger(size: int, limit: int, path: str) -> None:
    if size > limit:
        raise UnreadableReport(
            path, f"it is larger than the limit of {limit / 1e6:g} MB (--max-size sets another)"
        )


def _as_declared(data: bytes, text: str, name: str) -> tuple[str, str]:
    """A page that is not UTF-8, read in the encoding that it names, where that fits."""
    declared = declared_encoding(data)
    if declared is None:
        return text, name
    try:
        return decode(data, declared)
    except NotText:
        return text, name
