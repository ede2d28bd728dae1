"""``matchcli schema``: the JSON Schema of a record."""

from __future__ import annotations

import json

from matchcli.cli.options import output_stream

EPILOG = """[bold]Examples[/bold]

  matchcli schema > record.schema.json
  matchcli schema | jq '."$defs".Event.properties | keys'"""


def schema() -> None:
    """Print the JSON Schema of a record: one line of jsonl, one element of json."""
    from matchcli.record import json_schema

    with output_stream() as stream:
        stream.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
