"""The published JSON Schema holds for what the program prints, and has the records' number."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from matchcli.record import SCHEMA_VERSION, json_schema

from .helpers import RECORD, run

ROOT = Path(__file__).parents[2]

#: Folders of reports with gold timelines beside the project; `.ci/run` names the place.
BENCHMARK = Path(os.environ.get("MATCHCLI_BENCHMARK") or ROOT.parent / "shared" / "benchmark")

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def complaints(folder):
    """What the schema has against the records of a folder's reports, explanations included."""
    done = run("summarize", "-f", "jsonl", "--explain", folder, timeout=600)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(records) >= len(list(folder.glob("*.txt")))
    return [error.message for record in records for error in VALIDATOR.iter_errors(record)]


def test_the_command_prints_the_schema_with_its_number():
    printed = json.loads(run("schema").stdout)
    assert printed == json_schema()
    assert printed["$id"] == f"urn:matchcli:record:{SCHEMA_VERSION}"
    assert printed["properties"]["schema"]["const"] == SCHEMA_VERSION
    assert set(printed["properties"]) == {"schema", "source", "match", "events", "summary", "warnings"}


def test_the_schema_is_one_that_validators_take():
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), 2),
        (("events",), None),
        (("match", "score", "home"), "two"),
        (("events", 0, "type"), "throw_in"),
        (("events", 0, "confidence"), 1.5),
        (("events", 0, "span"), [1]),
        (("events", 0, "weather"), "rain"),
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_record(place, value):
    record = json.loads(RECORD)
    assert VALIDATOR.is_valid(record)
    inner = record
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    assert not VALIDATOR.is_valid(record)


def test_every_record_of_the_samples_follows_the_schema():
    assert complaints(ROOT / "samples") == []


@pytest.mark.skipif(not (BENCHMARK / "dev").is_dir(), reason="no benchmark lies beside the project")
def test_every_record_of_dev_follows_the_schema():
    assert complaints(BENCHMARK / "dev") == []
