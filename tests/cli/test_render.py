"""Stored records are printed again in any format."""

import json

import pytest

from .helpers import RECORD, run


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text(f"{RECORD}\n")
    return path


def events(done):
    return [event["type"] for event in json.loads(done.stdout)["events"]]


def test_records_come_from_a_file_or_a_pipe(records):
    assert (
        run("render", "-f", "jsonl", records).stdout
        == run("render", "-f", "jsonl", input=RECORD).stdout
        != ""
    )


def test_an_array_of_records_is_read_too(tmp_path):
    (tmp_path / "records.json").write_text(f"[\n{RECORD},\n{RECORD}\n]")
    done = run("render", "-f", "jsonl", tmp_path / "records.json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


def test_a_jsonl_record_is_printed_as_it_was_read(records):
    printed = json.loads(run("render", "-f", "jsonl", records).stdout)
    stored = json.loads(RECORD)
    assert printed["source"] == stored["source"]
    assert printed["events"][0]["text"] == "segna Ferri"


def test_only_the_events_asked_for_are_kept(records):
    assert events(run("render", "-f", "jsonl", "--only", "goals", records)) == ["goal"]
    assert events(run("render", "-f", "jsonl", "--only", "cards,injury", records)) == ["yellow_card"]
    assert events(run("render", "-f", "jsonl", "--only", "penalties", records)) == ["goal"]


def test_only_confident_events_are_kept(records):
    assert events(run("render", "-f", "jsonl", "--min-confidence", "0.8", records)) == ["goal"]


def test_the_output_file_tells_the_format(records, tmp_path):
    assert run("render", "-o", tmp_path / "out.json", records).returncode == 0
    assert len(json.loads((tmp_path / "out.json").read_text())) == 1


def test_strict_fails_where_a_record_has_warnings(records):
    done = run("render", "--strict", "-f", "jsonl", records)
    assert done.returncode == 1
    assert done.stdout


@pytest.mark.parametrize("line", ["{}", "[1, 2]", "nonsense", '{"schema": 2}', "\x00"])
def test_a_line_that_is_no_record_is_named_and_the_rest_is_printed(records, line):
    records.write_text(f"{RECORD}\n{line}\n{RECORD}\n")
    done = run("render", "-f", "jsonl", records)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "records.jsonl, line 2: no record of matchcli" in done.stderr


def test_a_file_that_holds_no_records_is_named_once_with_the_way_out(tmp_path):
    (tmp_path / "gara.txt").write_text("Portalba-Monteverde 1-0\n\nDecide Ferri.\n")
    done = run("render", tmp_path / "gara.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("gara.txt: it holds no records of matchcli (summarize -f jsonl makes them)\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["render -f jsonl", "summarize"])
def test_a_file_that_is_read_is_never_the_one_that_is_written(records, command):
    before = records.read_bytes()
    done = run(*command.split(), records, "-o", records.parent / "." / records.name)
    assert done.returncode == 2
    assert "is also read" in " ".join(done.stderr.replace("│", " ").split())
    assert records.read_bytes() == before


def test_a_missing_file_is_named():
    done = run("render", "nowhere.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "matchcli: nowhere.jsonl: there is no such file\n"


def test_a_misspelled_file_gets_the_nearest_as_a_hint(records):
    done = run("render", records.with_suffix(".jsnl"))
    assert done.stderr.endswith(f"there is no such file; did you mean {records.name}?\n")


@pytest.mark.parametrize("name", ["goals.xlsx", "goals.pdf", "goals.xml"])
def test_an_output_file_whose_name_tells_no_format_is_refused_with_the_way_out(records, name):
    done = run("render", records, "-o", records.parent / name)
    assert done.returncode == 2
    told = " ".join(done.stderr.replace("│", " ").split())
    assert "no format is told by" in told and ".csv" in told and "-f" in told
    assert not (records.parent / name).exists()


def test_any_output_file_takes_the_format_asked_for(records):
    assert run("render", "-f", "csv", records, "-o", records.parent / "goals.dat").returncode == 0
    assert (records.parent / "goals.dat").read_text().startswith("path,")


def test_reasons_are_told_in_the_language_of_the_output_and_are_data_in_json(records):
    offset = {
        "kind": "offset",
        "words": "dopo due minuti",
        "minutes": [2, 2],
        "other": {"type": "injury", "player": "Moro", "minute_range": [10, 10]},
    }
    stored = json.loads(records.read_text().splitlines()[0])
    stored["events"][0]["explain"] = [offset]
    given = json.dumps(stored)
    italian, english, data = (
        run("render", "--explain", *options, input=given).stdout
        for options in ([], ["--lang", "en"], ["-f", "jsonl"])
    )
    assert "«dopo due minuti»: 2 minuti dopo l'infortunio di Moro (10')" in italian
    assert "«dopo due minuti»: 2 minutes after the injury of Moro (10')" in english
    (reason,) = json.loads(data)["events"][0]["explain"]
    assert (reason["kind"], reason["words"], reason["minutes"]) == ("offset", "dopo due minuti", [2, 2])
    assert (reason["other"]["type"], reason["other"]["player"]) == ("injury", "Moro")


def test_warnings_are_told_in_the_language_of_the_output(records):
    stored = records.read_text().replace("i gol non tornano", "goals found 2-1, score told 3-1")
    records.write_text(stored)
    assert "gol trovati 2-1, risultato detto 3-1 [score_mismatch]" in run("render", records).stdout
    assert "goals found 2-1, score told 3-1" in run("render", "--lang", "en", records).stdout


def test_messages_carry_no_escape_sequences():
    assert "\x1b" not in run("render", "no\x1b[31mwhere.jsonl").stderr
