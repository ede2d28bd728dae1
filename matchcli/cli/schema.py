"""``matchcli schema``: the JSON Schema of a record."""

from __future__ import annotations

import json

from matchcli.cli.options import output_stream


def schema() -> None:
    """Print the JSON Schema of a record: one line of jsonl, one element of json."""
    from matchcli.record import Record

    with output_stream() as stream:
        stream.write(json.dumps(Record.model_json_schema(by_alias=True), ensure_ascii=False, indent=2) + "\n")
