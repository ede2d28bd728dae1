"""Records stored earlier, as ``jsonl`` or ``json``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from matchcli.nearest import hint
from matchcli.record import Record

#: The name that stands for standard input.
STDIN = "-"


class BadRecord(ValueError):
    """A file or a line of it that holds no record; the message names the place and what is wrong."""


def read_records(name: str) -> Iterator[Record | BadRecord]:
    """The records of a file, or of standard input for ``-``, in order.

    A ``BadRecord`` stands where something could not be read; the other records follow all the same.
    """
    if name == STDIN:
        yield from _parse(sys.stdin.buffer, name)
        return
    try:
        with Path(name).open("rb") as lines:
            yield from _parse(lines, name)
    except FileNotFoundError:
        yield BadRecord(f"{name}: there is no such file{hint(Path(name))}")
    except OSError as error:
        yield BadRecord(f"{name}: it cannot be opened: {(error.strerror or str(error)).lower()}")


def _parse(lines: BinaryIO, name: str) -> Iterator[Record | BadRecord]:
    first = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if first and line.lstrip(b"\xef\xbb\xbf \t").startswith(b"["):
            yield from _array(line + lines.read(), name)
            return
        if first and not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
            yield BadRecord(f"{name}: it holds no records of matchcli (summarize -f jsonl makes them)")
            return
        first = False
        try:
            yield Record.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError as error:
            yield BadRecord(f"{name}, line {number}: {_reason(error)}")


def _array(data: bytes, name: str) -> Iterator[Record | BadRecord]:
    try:
        items = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield BadRecord(f"{name}: it is no JSON ({error})")
        return
    for index, item in enumerate(items):
        try:
            yield Record.model_validate(item)
        except ValidationError as error:
            yield BadRecord(f"{name}, record {index + 1}: {_reason(error)}")


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"no record of matchcli ({place + ': ' if place else ''}{first['msg']})"
