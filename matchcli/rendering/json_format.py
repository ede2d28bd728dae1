"""Records as JSON: an array, or a record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from matchcli.rendering.options import Options

if TYPE_CHECKING:
    from matchcli.record import Record

# JSON lets these stand as they are, but they would command a terminal (C1), turn the direction
# of a line, or could not be encoded: they are written as \uXXXX, which reads back the same.
_TO_ESCAPE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def write_json(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write an array of records, each as soon as it is ready."""
    opening = "[\n"
    for record in records:
        document = _dumps(as_data(record, explain=options.explain), indent=2)
        stream.write(opening + "  " + document.replace("\n", "\n  "))
        stream.flush()
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")
    stream.flush()


def write_jsonl(records: Iterable[Record], stream: TextIO, options: Options) -> None:
    """Write a record a line, flushed as each is ready."""
    for record in records:
        stream.write(_dumps(as_data(record, explain=options.explain)) + "\n")
        stream.flush()


def as_data(record: Record, *, explain: bool = False) -> dict[str, Any]:
    """Give a record as plain data, keys in the contract's order, nulls present."""
    exclude = None if explain else {"events": {"__all__": {"explain"}}}
    return record.model_dump(by_alias=True, exclude=exclude)


def _dumps(data: dict[str, Any], indent: int | None = None) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
