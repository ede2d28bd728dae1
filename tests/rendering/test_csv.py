"""CSV and TSV: an event a line, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

import pytest

from matchcli.rendering import render
from matchcli.rendering.csv_format import safe

from . import records


def rows(format: str, *given, **options) -> list[dict[str, str]]:
    stream = io.StringIO()
    render(given, format, stream=stream, **options)
    stream.seek(0)
    return list(csv.DictReader(stream, delimiter="\t" if format == "tsv" else ","))


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_an_event_is_a_line_and_the_match_is_repeated(format):
    read = rows(format, records.evening(), records.busy())
    assert len(read) == 4 + 30
    assert {row["home"] for row in read[:4]} == {"Vallescura"}
    assert [row["event"] for row in read[:4]] == ["1", "2", "3", "4"]
    third = read[2]
    assert (third["type"], third["team"], third["team_name"]) == ("goal", "home", "Vallescura")
    assert (third["minute"], third["minute_low"], third["minute_high"]) == ("68", "64", "72")
    assert (third["home_score"], third["away_score"], third["qualifiers"]) == ("2", "1", "penalty")
    assert records.EVENING_TEXT[int(third["start"]) : int(third["end"])] == third["text"]


def test_what_is_not_known_is_an_empty_cell():
    row = rows("csv", records.bare())[0]
    assert (row["home"], row["home_goals"], row["minute"], row["player"], row["team_name"]) == ("",) * 5


def test_a_match_without_events_is_still_a_row():
    (row,) = rows("csv", records.record([], score=(0, 0)))
    assert row["home"] == "Vallescura" and row["type"] == ""


def test_no_records_give_the_column_names_alone():
    stream = io.StringIO()
    render([], "csv", stream=stream)
    assert stream.getvalue().startswith("path,match,home,") and stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_no_cell_begins_as_a_formula(format):
    read = rows(format, records.hostile())
    assert not any((value or "").startswith(("=", "+", "-", "@")) for row in read for value in row.values())
    assert read[1]["player"] == '\'=HYPERLINK("http://esempio.invalid")'
    assert read[0]["away"] == "'@Sporting Tab Riga"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n@", " =", "\u200f=", "＝"])
def test_every_beginning_of_a_formula_is_made_safe(start):
    assert safe(start + "1+1")[0] == "'"


def test_numbers_stay_numbers():
    row = rows("csv", records.evening())[0]
    assert row["attendance"] == "12450" and row["confidence"] == "0.9"


def test_tsv_lines_split_at_tabs_alone_where_there_are_no_quotes():
    stream = io.StringIO()
    render([records.evening()], "tsv", stream=stream)
    lines = stream.getvalue().splitlines()
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_no_control_character_is_written(format):
    stream = io.StringIO()
    render([records.hostile()], format, stream=stream, explain=True)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", stream.getvalue())


def test_explain_adds_a_column():
    read = rows("csv", records.evening(), explain=True)
    assert read[2]["explain"] == (
        "«poco prima dell'ora di gioco»: 53-59'; «dodici minuti più tardi»: 11-13 minuti dopo"
        " il gol di Tommaso Ferrandi (53-59'); dunque 64-72'"
    )
    assert "explain" not in rows("csv", records.evening())[0]
