"""JSON and JSON Lines: what programs read."""

from __future__ import annotations

import io
import json
import re

import pytest

from matchcli.record import Event, Match, Record
from matchcli.rendering import render

from . import records

ALL = [records.evening, records.busy, records.bare, records.hostile]


def written(format: str, given, **options) -> str:
    stream = io.StringIO()
    render(given, format, stream=stream, **options)
    return stream.getvalue()


def test_json_is_an_array_also_of_one_and_of_none():
    assert json.loads(written("json", [])) == []
    assert len(json.loads(written("json", [records.evening()]))) == 1
    assert len(json.loads(written("json", [make() for make in ALL]))) == 4


def test_jsonl_is_a_record_a_line():
    lines = written("jsonl", [make() for make in ALL]).split("\n")
    assert lines.pop() == "" and len(lines) == 4
    assert [json.loads(line)["schema"] for line in lines] == [1, 1, 1, 1]


@pytest.mark.parametrize("make", ALL)
def test_records_read_back_the_same(make):
    given = make()
    assert Record.model_validate_json(written("jsonl", [given], explain=True)) == given
    assert Record.model_validate(json.loads(written("json", [given], explain=True))[0]) == given


def test_keys_stand_in_the_order_of_the_contract_and_nulls_are_present():
    data = json.loads(written("json", [records.bare()]))[0]
    assert list(data) == ["schema", "source", "match", "events", "summary", "warnings"]
    assert list(data["match"]) == list(Match.model_fields)
    assert list(data["events"][0]) == [name for name in Event.model_fields if name != "explain"]
    assert data["events"][0]["player"] is None


def test_explain_stands_only_where_it_is_asked():
    assert "explain" not in written("jsonl", [records.evening()])
    events = json.loads(written("jsonl", [records.evening()], explain=True))["events"]
    assert [(step["kind"], step["minutes"]) for step in events[2]["explain"]] == [
        ("time", [53, 59]),
        ("offset", [11, 13]),
        ("window", [64, 72]),
    ]
    assert events[2]["explain"][1]["other"]["player"] == "Tommaso Ferrandi"
    assert events[0]["explain"] is None


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_no_control_character_of_the_text_is_written_raw(format):
    shown = written(format, [records.hostile()], explain=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown)


def test_letters_beyond_ascii_are_written_as_they_are():
    assert "Müller" in written("jsonl", [records.record([], home="Müller")])


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_each_record_is_flushed_as_soon_as_it_is_ready(format):
    class Counting(io.StringIO):
        flushed = ""

        def flush(self) -> None:
            self.flushed = self.getvalue()

    stream, seen = Counting(), []

    def slowly():
        for _ in range(2):
            yield records.bare()
            seen.append(stream.flushed.count('"schema"'))

    render(slowly(), format, stream=stream)
    assert seen == [1, 2]
